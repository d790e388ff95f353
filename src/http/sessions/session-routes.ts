import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../lib/errors.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Announcer } from '../../sessions/announcer.ts'
import type { AgentDesk } from '../../sessions/agent-desk.ts'
import type { IdempotencyStore } from '../../sessions/idempotency-store.ts'
import type { LastSeen } from '../../sessions/last-seen.ts'
import type { CurrentLookUps } from '../../sessions/look-ups.ts'
import type { SessionStore } from '../../sessions/session-store.ts'
import type { CallerGate } from '../caller-gate.ts'
import type { RenderProviders } from '../providers/provider-renderer.ts'

/** What the routes about sessions work with. */
export interface SessionRouteNeeds {
  readonly sessions: SessionStore
  readonly idempotency: IdempotencyStore
  readonly lastSeen: LastSeen
  readonly desk: AgentDesk
  readonly announcer?: Announcer | undefined
  readonly lookUps: CurrentLookUps
  readonly gate: CallerGate
  readonly clock: Clock
  readonly renderProviders: RenderProviders
}

/** A request whose path names a session. */
export type SessionRequest = FastifyRequest<{ Params: { token: string } }>

/** What can stand in a header; a token that Hum made always can. */
const ECHOABLE = /^[\w-]{1,100}$/

/** Names the session in the `session_token` header, whatever becomes of the request, and gives its token. */
export function echoSessionToken(request: SessionRequest, reply: FastifyReply): string {
  const { token } = request.params
  if (token === '') throw new AppError('bad_request', 'Missing session token')
  if (ECHOABLE.test(token)) reply.header('session_token', token)
  return token
}
