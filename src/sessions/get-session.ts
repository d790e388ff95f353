import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
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
export async function getSession(
  {
    sessions,
    lastSeen,
    clock,
    announcer,
  }: { sessions: SessionStore; lastSeen: LastSeen; clock: Clock; announcer?: Announcer | undefined },
  accountId: string,
  token: string,
): Promise<Session> {
  const session = await sessions.find(token)
  if (session?.accountId !== accountId) {
    throw new AppError('session_not_found', SESSION_NOT_FOUND)
  }
  const idleUntil = lastSeen.idleUntil(session)
  if (session.endedAt === undefined && clock() >= idleUntil) {
    await sessions.end(token, idleUntil, announcer?.announce('session.expired', session, idleUntil))
  }
  if (session.endedAt !== undefined || clock() >= idleUntil) throw sessionClosed()
  await lastSeen.touch(session)
  return session
}

/** What a session that was closed or has expired answers. */
export function sessionClosed(): AppError {
  return new AppError(
    'session_closed',
    'The requested resource is no longer available. The session was closed or was idle for 30 minutes: create a new one with POST /sessions.',
  )
}
