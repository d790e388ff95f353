import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { whenThere } from '../lib/when-there.ts'
import type { Eventual } from '../lib/when-there.ts'
import type { Announcer } from './announcer.ts'
import type { LastSeen } from './last-seen.ts'
import type { SessionStore } from './session-store.ts'
import type { Session } from './session.ts'

export const SESSION_NOT_FOUND = 'Session not found. Create one with POST /sessions.'

/**
 * Gets an open session on behalf of an account, which counts as activity and keeps it open.
 *
 * @throws AppError `session_not_found` when nobody or another account has it, told apart for nobody;
 *   `session_closed` when it was closed or was idle for 30 minutes.
 */
export function getSession(
  {
    sessions,
    lastSeen,
    clock,
    announcer,
  }: { sessions: SessionStore; lastSeen: LastSeen; clock: Clock; announcer?: Announcer | undefined },
  accountId: string,
  token: string,
): Eventual<Session> {
  function take(session: Session | undefined): Eventual<Session> {
    if (session?.accountId !== accountId) throw new AppError('session_not_found', SESSION_NOT_FOUND)
    if (session.endedAt !== undefined) throw sessionClosed()
    const idleUntil = lastSeen.idleUntil(session)
    if (clock() >= idleUntil) return endIdle(session, idleUntil)
    return whenThere(lastSeen.touch(session), () => session)
  }

  async function endIdle(session: Session, idleUntil: number): Promise<never> {
    await sessions.end(token, idleUntil, announcer?.announce('session.expired', session, idleUntil))
    throw sessionClosed()
  }

  return whenThere(sessions.find(token), take)
}

/** What a session that was closed or has expired answers. */
export function sessionClosed(): AppError {
  return new AppError(
    'session_closed',
    'The requested resource is no longer available. The session was closed or was idle for 30 minutes: create a new one with POST /sessions.',
  )
}
