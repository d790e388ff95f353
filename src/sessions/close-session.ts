import type { AgentDesk } from './agent-desk.ts'
import { getSession, sessionClosed } from './get-session.ts'
import type { Session } from './session.ts'

/**
 * Closes a session for good: its agents stop, what they found is dropped, the token is remembered as closed.
 *
 * @throws AppError as `getSession` does; a session that is closed already is `session_closed`.
 */
export async function closeSession(
  needs: Parameters<typeof getSession>[0] & { desk: AgentDesk },
  accountId: string,
  token: string,
): Promise<Session> {
  const session = await getSession(needs, accountId, token)
  const now = needs.clock()
  needs.desk.halt(token)
  if (!(await needs.sessions.end(token, now, needs.announcer?.announce('session.closed', session, now))))
    throw sessionClosed()
  return { ...session, updatedAt: now, endedAt: now }
}
