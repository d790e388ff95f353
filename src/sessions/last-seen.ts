import type { Clock } from '../lib/clock.ts'
import type { SessionStore } from './session-store.ts'
import type { Session } from './session.ts'

/** Remembers when sessions were last named by a request, and writes that down now and then instead of each time. */
export interface LastSeen {
  /** When the session was last named, as far as this process or the store knows. */
  of(session: Session): number
  touch(token: string): void
  /** Writes what has come together since the last call. */
  flush(): Promise<void>
}

/** What is not yet flushed is lost when the process dies: a session may then end earlier by the time between flushes. */
export function createLastSeen({ sessions, clock }: { sessions: SessionStore; clock: Clock }): LastSeen {
  let seen = new Map<string, number>()
  let beingWritten: ReadonlyMap<string, number> = new Map()

  return {
    of: ({ token, lastSeenAt }) => Math.max(lastSeenAt, seen.get(token) ?? beingWritten.get(token) ?? 0),
    touch: (token) => {
      seen.set(token, clock())
    },
    flush: async () => {
      if (seen.size === 0) return
      beingWritten = seen
      seen = new Map()
      try {
        await sessions.recordSeen(beingWritten)
      } catch (error) {
        seen = new Map([...beingWritten, ...seen])
        throw error
      } finally {
        beingWritten = new Map()
      }
    },
  }
}
