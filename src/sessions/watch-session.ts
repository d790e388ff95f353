import { setTimeout as sleep } from 'node:timers/promises'
import { isUnavailable } from '../lib/errors.ts'
import type { SessionStore } from './session-store.ts'
import { isPending, nameState } from './session.ts'
import type { Session } from './session.ts'

/** How often another process's progress is looked for. */
const LOOK_EVERY_MS = 250

/** What happened to a session: an agent reported, all have, or it ended. */
export interface SessionEvent {
  readonly kind: 'agent.updated' | 'session.completed' | 'session.closed'
  /** Names the state that the event tells of; the same for every watcher in every process. */
  readonly id: string
  readonly session: Session
}

/**
 * Follows a session until all agents have reported or it ends: first its state now, unless that is the one that the
 * watcher has seen already, then each change. `undefined` stands for nothing new, several times a second.
 */
export async function* watchSession(
  sessions: SessionStore,
  session: Session,
  { lastSeenId, signal }: { lastSeenId?: string | undefined; signal: AbortSignal },
): AsyncGenerator<SessionEvent | undefined> {
  let lastId = lastSeenId
  let current: Session | undefined = session
  while (!signal.aborted) {
    const event = describe(current ?? { ...session, endedAt: session.updatedAt })
    if (event.id === lastId) yield undefined
    else yield event
    if (event.kind !== 'agent.updated') return
    lastId = event.id
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
    try {
      current = await sessions.find(session.token)
    } catch (error) {
      // Whoever watches waits until the store is back; nothing is missed, since each state is told of as a whole.
      if (!isUnavailable(error)) throw error
    }
  }
}

function describe(session: Session): SessionEvent {
  if (session.endedAt !== undefined) return { kind: 'session.closed', id: 'closed', session }
  return { kind: isPending(session) ? 'agent.updated' : 'session.completed', id: nameState(session), session }
}
