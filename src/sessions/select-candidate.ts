import { AppError } from '../lib/errors.ts'
import type { AgentDesk } from './agent-desk.ts'
import { BUDGET_MS } from './create-session.ts'
import { getSession, sessionClosed } from './get-session.ts'
import type { LookUps } from './look-ups.ts'
import type { Session } from './session.ts'

/**
 * Settles a session whose address fits several places, and lets its agents go on with the candidate chosen.
 *
 * Choosing again what is chosen already changes nothing, so that a request that got lost may be repeated.
 *
 * @throws AppError as `getSession` does; `invalid_params` when the session has no such candidate to choose.
 */
export async function selectCandidate(
  needs: Parameters<typeof getSession>[0] & { desk: AgentDesk; lookUps: LookUps },
  accountId: string,
  token: string,
  candidateId: string,
): Promise<Session> {
  const session = await getSession(needs, accountId, token)
  const { geocoding } = session
  if (geocoding?.outcome === 'matched' && geocoding.candidate.id === candidateId) return session
  if (geocoding?.outcome !== 'multiple') {
    throw new AppError('invalid_params', 'This session has no candidates to choose from: see its agent_status.')
  }
  const candidate = geocoding.candidates.find(({ id }) => id === candidateId)
  if (candidate === undefined) {
    throw new AppError('invalid_params', 'This session has no such candidate. Give the id of one of its `candidates`.')
  }
  const chosen = await needs.desk.choose(session, candidate, BUDGET_MS, needs.lookUps)
  if (chosen !== undefined) return chosen
  // Another request closed the session or chose in the meantime; the second look says which.
  const now = await needs.sessions.find(token)
  if (now?.geocoding?.outcome === 'matched' && now.geocoding.candidate.id === candidateId) return now
  throw now?.endedAt === undefined
    ? new AppError('invalid_params', 'Another candidate of this session has been chosen already.')
    : sessionClosed()
}
