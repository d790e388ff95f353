import type { Clock } from '../lib/clock.ts'
import type { Eventual } from '../lib/when-there.ts'
import type { SessionStore } from './session-store.ts'
import type { Session } from './session.ts'

/** Remembers when sessions were last named by a request, and writes that down now and then instead of each time. */
export interface LastSeen {
  /** When the session ends unless a request names it, as far as this process or the store knows. */
  idleUntil(session: Session): number
  /** A session that was not named since then, as far as the store knows, has ended. */
  idleSince(): number
  /**
   * Comes back at once where the store knows of a request not long ago; else when it knows of this one, so that no other
   * process takes the session for idle, nor this one after a crash.
   */
  touch(session: Session): Eventual<void>
  /** Writes what has come together since the last call. */
  flush(): Promise<void>
}

/** A session ends after so long without a request that names it. */
export const IDLE_MS = 30 * 60_000

/** The store has to know of a request this long before the session would end. */
const WRITE_AT_ONCE_AFTER_MS = 15 * 60_000

/**
 * What is not yet flushed is lost when the process dies: a session may then end earlier by the time between flushes.
 *
 * `jumpAhead` is how far the clock has jumped ahead within the last `IDLE_MS`: sessions have that much longer, since those
 * that were named before the jump seem idle by so much more than they are, and after `IDLE_MS` there are none of these.
 */
export function createLastSeen({
  sessions,
  clock,
  jumpAhead,
}: {
  sessions: SessionStore
  clock: Clock
  jumpAhead: () => number
}): LastSeen {
  let seen = new Map<string, number>()
  let beingWritten: ReadonlyMap<string, number> = new Map()

  let writing: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
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
  }

  function flush(): Promise<void> {
    writing = writing.then(write, write)
    return writing
  }

  return {
    idleUntil: ({ token, lastSeenAt }) =>
      Math.max(lastSeenAt, seen.get(token) ?? beingWritten.get(token) ?? 0) + IDLE_MS + jumpAhead(),
    idleSince: () => clock() - IDLE_MS - jumpAhead(),
    touch: ({ token, lastSeenAt }) => {
      const now = clock()
      seen.set(token, now)
      // A write that fails is tried again, and told of, with the next flush.
      if (now - lastSeenAt > WRITE_AT_ONCE_AFTER_MS) return flush().catch(() => {})
      return undefined
    },
    flush,
  }
}
