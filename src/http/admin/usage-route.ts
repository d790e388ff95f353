import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { ApiTokenStore } from '../../access/api-token-store.ts'
import { listUsage } from '../../sessions/list-usage.ts'
import type { UsageStore } from '../../sessions/usage-store.ts'
import { withSnakeCaseNames } from '../snake-case.ts'
import { ADMIN_ROUTE, describeAdminOperation, PageQuery, sendAdminPage } from './admin-operation.ts'
import type { AdminAnswerNeeds } from './admin-operation.ts'

const day = (description: string) =>
  Type.Optional(Type.String({ description: `${description}, such as 2026-11-01, in UTC.`, maxLength: 10 }))

const UsageQuerySchema = Type.Object(
  {
    from: day('First day; 30 days before the last if not given'),
    to: day('Last day; today if not given'),
    token: Type.Optional(
      Type.String({
        maxLength: 100,
        description: 'The id of a token: usage of its account. sandbox and page are ids too.',
      }),
    ),
    campaign: Type.Optional(Type.String({ maxLength: 100, description: 'A campaign_id; empty for what has none.' })),
    by: Type.Optional(
      Type.String({
        maxLength: 100,
        description:
          'What to tell apart: day, token, campaign, and either outcome (of sessions) or provider (of clicks). day,token,campaign if not given.',
      }),
    ),
    ...PageQuery,
  },
  { additionalProperties: false },
)

const UsageSchema = Type.Object({
  day: Type.Optional(Type.String({ format: 'date' })),
  account_id: Type.Optional(Type.String()),
  token_name: Type.Optional(Type.String({ description: 'The name of the newest token of the account.' })),
  campaign_id: Type.Optional(Type.String({ description: 'Empty where none was given.' })),
  outcome: Type.Optional(
    Type.String({ description: 'open; answered; multiple; unfinished; or the reason why there is no answer.' }),
  ),
  provider_id: Type.Optional(Type.Integer({ description: 'FCC provider id.' })),
  sessions: Type.Integer(),
  clicks: Type.Integer(),
})

/** `GET /admin/usage`: sessions and clicks by day, token, campaign, outcome or provider. */
export function routeAdminUsage(
  server: FastifyInstance,
  needs: AdminAnswerNeeds & { usage: UsageStore; tokens: ApiTokenStore },
): void {
  server.withTypeProvider<TypeBoxTypeProvider>().get(
    '/admin/usage',
    {
      config: ADMIN_ROUTE,
      schema: {
        querystring: UsageQuerySchema,
        ...describeAdminOperation({
          operationId: 'listUsage',
          summary: 'List Usage',
          description: 'Sessions and followed links. A row has the members that it was asked to be told apart by.',
          data: Type.Array(UsageSchema),
          isPaged: true,
          refusals: [404, 422],
        }),
      },
    },
    async ({ query }, reply) => {
      const items = (await listUsage(needs, query)).map(withSnakeCaseNames) as object[]
      return sendAdminPage(reply, needs, { message: 'Usage.', items, query })
    },
  )
}
