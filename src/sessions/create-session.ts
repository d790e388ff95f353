import type { Clock } from '../lib/clock.ts'
import type { AgentDesk } from './agent-desk.ts'
import type { LookUps } from './look-ups.ts'
import type { Session } from './session.ts'
import { createSessionToken } from './session-token.ts'

/** How long a caller waits for agents before the answer goes out with what is ready. */
export const BUDGET_MS = 2000

/** Opens a session for an address and lets its agents begin; see `AgentDesk.open` for what comes back when. */
export function createSession(
  { desk, lookUps, clock }: { desk: AgentDesk; lookUps: LookUps; clock: Clock },
  { accountId, kind, params, token }: Pick<Session, 'accountId' | 'kind' | 'params'> & { token?: string },
  budgetMs = BUDGET_MS,
): Promise<Session> {
  const now = clock()
  const session = {
    token: token ?? createSessionToken(now),
    accountId,
    kind,
    params,
    createdAt: now,
    updatedAt: now,
    lastSeenAt: now,
  }
  return desk.open(session, budgetMs, lookUps)
}
