import type { Session } from '../sessions/session.ts'

/** About what a busy minute opens; a session takes some kilobytes. */
const MAX_KEPT = 10_000

/** The open sessions that were last written or read, for a store that nobody else writes to. */
export interface OpenSessionCache {
  get(token: string): Session | undefined
  /** Keeps a session as the store has it now, if it is open; the oldest goes when there are too many. */
  keep(session: Session): void
  /** Forgets a session that is changing in the store. */
  drop(token: string): void
  /** Forgets those that were last named before a time. */
  dropIdle(idleSince: number): void
}

export function createOpenSessionCache(): OpenSessionCache {
  const kept = new Map<string, Session>()
  // One iterator for good: a new one would look for the first again among those that were dropped.
  const oldestFirst = kept.keys()
  return {
    get: (token) => kept.get(token),
    keep: (session) => {
      if (session.endedAt !== undefined) return
      kept.set(session.token, session)
      if (kept.size > MAX_KEPT) kept.delete(oldestFirst.next().value!)
    },
    drop: (token) => {
      kept.delete(token)
    },
    dropIdle: (idleSince) => {
      for (const { token, lastSeenAt } of kept.values()) if (lastSeenAt < idleSince) kept.delete(token)
    },
  }
}
