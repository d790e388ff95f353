import type { FastifyInstance } from 'fastify'
import type { ApiTokenStore } from '../../access/api-token-store.ts'
import type { UsageStore } from '../../sessions/usage-store.ts'
import type { CallerGate } from '../caller-gate.ts'
import { ADMIN_ROUTE } from './admin-operation.ts'
import type { AdminAnswerNeeds } from './admin-operation.ts'
import { routeAdminDataSet } from './data-set-route.ts'
import { routeAdminTokens } from './token-routes.ts'
import { routeAdminUsage } from './usage-route.ts'
import { routeAdminWebhooks } from './webhook-routes.ts'
import type { AdminWebhookNeeds } from './webhook-routes.ts'

/** What the admin routes work with. */
export interface AdminNeeds extends AdminAnswerNeeds, AdminWebhookNeeds {
  readonly tokens: ApiTokenStore
  readonly usage: UsageStore
  readonly gate: CallerGate
}

/**
 * The paths below `/admin`, for programs of the operator. They open for admin tokens alone, so that they are shut until
 * one was made; pages of other origins cannot call them.
 */
export function routeAdmin(server: FastifyInstance, needs: AdminNeeds): void {
  server.options('/admin/*', { config: ADMIN_ROUTE, schema: { hide: true } }, (_request, reply) => reply.callNotFound())
  routeAdminTokens(server, needs)
  routeAdminUsage(server, needs)
  routeAdminWebhooks(server, needs)
  routeAdminDataSet(server, needs)
}
