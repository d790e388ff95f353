import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { ApiToken } from '../../access/api-token.ts'
import type { ApiTokenStore } from '../../access/api-token-store.ts'
import {
  changeApiToken,
  createApiToken,
  revokeApiToken,
  rotateApiToken,
  tokenNotFound,
} from '../../access/create-api-token.ts'
import { AppError } from '../../lib/errors.ts'
import type { CallerGate } from '../caller-gate.ts'
import {
  ADMIN_ROUTE,
  describeAdminOperation,
  logAdminChange,
  PageQuery,
  sendAdminAnswer,
  sendAdminPage,
} from './admin-operation.ts'
import type { AdminAnswerNeeds } from './admin-operation.ts'
import { CreatedTokenSchema, presentToken, TokenSchema } from './token-presenter.ts'

/** How long a replaced token goes on working where the request does not say. */
const OVERLAP_SECONDS = 86_400

const DAY_SECONDS = 86_400

const TokenPath = Type.Object({ id: Type.String({ description: 'The id of the token.' }) })

const Name = Type.String({ minLength: 1, maxLength: 100, description: 'What to know the token by.' })
const Origin = Type.String({ maxLength: 300 })
const RateLimit = Type.Integer({ minimum: 1, maximum: 1_000_000_000 })
const RateWindow = Type.Integer({ minimum: 1, maximum: DAY_SECONDS })
const Time = Type.String({ format: 'date-time' })

const Wishes = Type.Object(
  {
    name: Name,
    kind: Type.Optional(
      Type.Enum(['live', 'test'], {
        description: 'live, if not given: answered from your data. test: answered from the sandbox.',
      }),
    ),
    origins: Type.Optional(
      Type.Array(Origin, {
        maxItems: 100,
        description: 'Makes the token publishable: for pages of these origins, to look addresses up.',
      }),
    ),
    rate_limit: Type.Optional(RateLimit),
    rate_window_seconds: Type.Optional(RateWindow),
    expires_at: Type.Optional(Time),
  },
  { additionalProperties: false },
)

const Changes = Type.Object(
  {
    name: Type.Optional(Name),
    origins: Type.Optional(
      Type.Array(Origin, {
        minItems: 1,
        maxItems: 100,
        description: 'In the place of those before; publishable tokens.',
      }),
    ),
    rate_limit: Type.Optional(
      Type.Union([RateLimit, Type.Null()], { description: 'null: the limit of the server, HUM_RATE_LIMIT.' }),
    ),
    rate_window_seconds: Type.Optional(Type.Union([RateWindow, Type.Null()], { description: 'null: a minute.' })),
    expires_at: Type.Optional(Type.Union([Time, Type.Null()], { description: 'null: never.' })),
  },
  { additionalProperties: false },
)

const Rotation = Type.Object(
  {
    overlap_seconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 365 * DAY_SECONDS,
        description: 'How long the old token goes on working; a day if not given.',
      }),
    ),
  },
  { additionalProperties: false, nullable: true },
)

/**
 * `/admin/tokens`: lists, creates, changes, replaces and revokes API tokens. Admin tokens are listed, but made, changed,
 * replaced and revoked on the command line alone, so that one that leaked can neither renew itself nor lock the operator out.
 */
export function routeAdminTokens(
  server: FastifyInstance,
  needs: AdminAnswerNeeds & { tokens: ApiTokenStore; gate: CallerGate },
): void {
  const { tokens, gate, clock } = needs
  const typed = server.withTypeProvider<TypeBoxTypeProvider>()

  async function findToken(id: string): Promise<ApiToken> {
    const token = await tokens.find(id)
    if (token === undefined) throw tokenNotFound()
    return token
  }

  async function findChangeable(id: string): Promise<ApiToken> {
    const token = await findToken(id)
    if (token.scope === 'admin') {
      throw new AppError('invalid_params', 'Admin tokens are changed on the command line, with `hum tokens`.')
    }
    return token
  }

  typed.get(
    '/admin/tokens',
    {
      config: ADMIN_ROUTE,
      schema: {
        querystring: Type.Object(PageQuery, { additionalProperties: false }),
        ...describeAdminOperation({
          operationId: 'listTokens',
          summary: 'List Tokens',
          description: 'All API tokens, the oldest first, those that are revoked or have expired among them.',
          data: Type.Array(TokenSchema),
          isPaged: true,
          refusals: [422],
        }),
      },
    },
    async ({ query }, reply) => {
      const items = (await tokens.list()).map(presentToken)
      return sendAdminPage(reply, needs, { message: 'API tokens.', items, query })
    },
  )

  typed.get(
    '/admin/tokens/:id',
    {
      config: ADMIN_ROUTE,
      schema: {
        params: TokenPath,
        ...describeAdminOperation({
          operationId: 'getToken',
          summary: 'Get Token',
          description: 'One API token.',
          data: TokenSchema,
          refusals: [404],
        }),
      },
    },
    async ({ params }, reply) =>
      sendAdminAnswer(reply, needs, { message: 'API token.', data: presentToken(await findToken(params.id)) }),
  )

  typed.post(
    '/admin/tokens',
    {
      config: ADMIN_ROUTE,
      schema: {
        body: Wishes,
        ...describeAdminOperation({
          operationId: 'createToken',
          summary: 'Create Token',
          description: 'Creates a token with an account of its own. The answer holds its secret, which is not kept.',
          status: 201,
          data: CreatedTokenSchema,
          refusals: [422],
        }),
      },
    },
    async (request, reply) => {
      const { name, kind = 'live', origins, rate_limit, rate_window_seconds, expires_at } = request.body
      const { token, secret } = await createApiToken(needs, {
        name,
        kind,
        origins,
        rateLimit: rate_limit,
        rateWindowMs: rate_window_seconds === undefined ? undefined : rate_window_seconds * 1000,
        expiresAt: expires_at === undefined ? undefined : Date.parse(expires_at),
      })
      logAdminChange(request, gate.callerOf(request).id, 'token created', token.id)
      const data = { ...presentToken(token), secret }
      return sendAdminAnswer(reply.header('Location', `/admin/tokens/${token.id}`), needs, {
        status: 201,
        message: 'Token created. Its secret is not shown again.',
        data,
      })
    },
  )

  typed.patch(
    '/admin/tokens/:id',
    {
      config: ADMIN_ROUTE,
      schema: {
        params: TokenPath,
        body: Changes,
        ...describeAdminOperation({
          operationId: 'changeToken',
          summary: 'Change Token',
          description:
            'Changes what the body names of a token that is not revoked; every server goes by it within a second. A later expires_at brings an expired one back.',
          data: TokenSchema,
          refusals: [404, 422],
        }),
      },
    },
    async (request, reply) => {
      const { id } = await findChangeable(request.params.id)
      const { name, origins, rate_limit, rate_window_seconds: seconds, expires_at: end } = request.body
      const token = await changeApiToken(needs, id, {
        name,
        origins,
        rateLimit: rate_limit,
        rateWindowMs: typeof seconds === 'number' ? seconds * 1000 : seconds,
        expiresAt: typeof end === 'string' ? Date.parse(end) : end,
      })
      logAdminChange(request, gate.callerOf(request).id, 'token changed', id)
      return sendAdminAnswer(reply, needs, { message: 'Token changed.', data: presentToken(token) })
    },
  )

  typed.post(
    '/admin/tokens/:id/rotate',
    {
      config: ADMIN_ROUTE,
      schema: {
        params: TokenPath,
        body: Rotation,
        ...describeAdminOperation({
          operationId: 'rotateToken',
          summary: 'Rotate Token',
          description:
            'Replaces a token by a new one of the same account and settings. The old one ends after an overlap.',
          status: 201,
          data: CreatedTokenSchema,
          refusals: [404, 422],
        }),
      },
    },
    async (request, reply) => {
      const { id } = await findChangeable(request.params.id)
      const { overlap_seconds = OVERLAP_SECONDS } = request.body ?? {}
      const overlapMs = overlap_seconds * 1000
      const { token, secret } = await rotateApiToken(needs, { id, overlapMs })
      logAdminChange(request, gate.callerOf(request).id, 'token rotated', id)
      const data = { ...presentToken(token), secret }
      return sendAdminAnswer(reply.header('Location', `/admin/tokens/${token.id}`), needs, {
        status: 201,
        message: 'Token replaced. The new secret is not shown again.',
        data,
      })
    },
  )

  typed.delete(
    '/admin/tokens/:id',
    {
      config: ADMIN_ROUTE,
      schema: {
        params: TokenPath,
        ...describeAdminOperation({
          operationId: 'revokeToken',
          summary: 'Revoke Token',
          description: 'Ends a token at once; every server refuses it within a second.',
          data: TokenSchema,
          refusals: [404, 422],
        }),
      },
    },
    async (request, reply) => {
      const { id } = await findChangeable(request.params.id)
      await revokeApiToken({ tokens, clock }, id)
      logAdminChange(request, gate.callerOf(request).id, 'token revoked', id)
      return sendAdminAnswer(reply, needs, { message: 'Token revoked.', data: presentToken(await findToken(id)) })
    },
  )
}
