import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { TSchema } from 'typebox'
import type { Clock } from '../../lib/clock.ts'
import type { CurrentLookUps } from '../../sessions/look-ups.ts'
import { errorAnswers, RATE_HEADERS, Timestamp } from '../answer-schemas.ts'
import { toTimestamp } from '../timestamp.ts'
import { logOf } from '../operations/observe-requests.ts'
import { sendJson } from '../send-json.ts'

/** The name that the served document has for admin tokens. */
export const ADMIN_SECURITY = 'adminAuth'

/** What each route below `/admin` has in common. */
export const ADMIN_ROUTE = { access: 'admin' } as const

/** What the answers of admin routes are made with. */
export interface AdminAnswerNeeds {
  readonly lookUps: CurrentLookUps
  readonly clock: Clock
}

/** Describes an operation in the served document. `refusals` are statuses beside those of every admin route. */
export function describeAdminOperation({
  status = 200,
  data,
  isPaged = false,
  refusals = [],
  ...about
}: {
  operationId: string
  summary: string
  description: string
  status?: 200 | 201
  data: TSchema
  isPaged?: boolean
  refusals?: readonly number[]
}) {
  const schema = Type.Object({
    message: Type.String(),
    request_status: Type.Ref('request_status'),
    data,
    meta: Type.Object({
      responded_at: Timestamp,
      hum_data_set: Type.String(),
      ...(isPaged && { total: Type.Integer(), limit: Type.Integer(), offset: Type.Integer() }),
    }),
  })
  const described = about.summary
  return {
    ...about,
    tags: ['Admin'],
    security: [{ [ADMIN_SECURITY]: [] }],
    response: {
      [status]: { description: described, headers: RATE_HEADERS, content: { 'application/json': { schema } } },
      ...errorAnswers(400, 401, 406, 429, 500, 503, ...refusals),
    },
  }
}

/** The part of a list that a request asks for. */
export const PageQuery = {
  limit: Type.Optional(
    Type.String({ pattern: '^(1000|[1-9][0-9]{0,2})$', description: 'How many to list: 1 to 1000, 100 if not given.' }),
  ),
  offset: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$', description: 'How many to leave out before.' })),
}

/** Answers a request for a part of a list, with how long the whole list is. */
export function sendAdminPage(
  reply: FastifyReply,
  needs: AdminAnswerNeeds,
  {
    message,
    items,
    query: { limit: asked = '100', offset: skipped = '0' },
  }: { message: string; items: readonly object[]; query: { limit?: string; offset?: string } },
): FastifyReply {
  const [limit, offset] = [Number(asked), Number(skipped)]
  const data = items.slice(offset, offset + limit)
  return sendAdminAnswer(reply, needs, { message, data, page: { total: items.length, limit, offset } })
}

/** Answers a request in the form of all answers. */
export function sendAdminAnswer(
  reply: FastifyReply,
  { lookUps, clock }: AdminAnswerNeeds,
  { status = 200, message, data, page }: { status?: number; message: string; data: object; page?: object },
): FastifyReply {
  const meta = { responded_at: toTimestamp(clock()), hum_data_set: lookUps('live').version, ...page }
  return sendJson(reply, status, JSON.stringify({ message, request_status: 'ok', data, meta }))
}

/** Writes down who changed what: both by the ids of tokens, which open nothing. */
export function logAdminChange(request: FastifyRequest, adminTokenId: string, what: string, tokenId: string): void {
  logOf(request).info({ adminTokenId, tokenId }, what)
}
