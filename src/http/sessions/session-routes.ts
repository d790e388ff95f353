import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
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

/**
 * Sends JSON that is written already. Answers about sessions hold an address, so that no cache may keep them.
 *
 * Pieces go to the connection as they are: putting them together first would copy tens of kilobytes for each answer.
 */
export function sendJson(
  reply: FastifyReply,
  status: number,
  json: string | readonly (string | Buffer)[],
): FastifyReply {
  reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'private, no-store')
  if (typeof json === 'string') sendText(reply, json)
  else sendPieces(reply, json)
  return reply
}

/** Text of ASCII alone, which most answers are, needs no encoding: it is the same bytes in Latin-1. */
function sendText(reply: FastifyReply, text: string): void {
  const length = Buffer.byteLength(text)
  beginAnswer(reply, length).end(text, length === text.length ? 'latin1' : 'utf8')
}

function sendPieces(reply: FastifyReply, pieces: readonly (string | Buffer)[]): void {
  let length = 0
  for (const piece of pieces) length += Buffer.byteLength(piece)
  const answer = beginAnswer(reply, length)
  answer.cork()
  for (const piece of pieces) answer.write(piece)
  answer.end()
  answer.uncork()
}

function beginAnswer(reply: FastifyReply, length: number): ServerResponse {
  const { raw } = reply.header('content-length', length).hijack()
  return raw.writeHead(reply.statusCode, reply.getHeaders() as OutgoingHttpHeaders)
}
