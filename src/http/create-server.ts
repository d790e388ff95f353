import { fastify } from 'fastify'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { routeAdmin } from './admin/admin-routes.ts'
import type { AdminNeeds } from './admin/admin-routes.ts'
import { acceptJsonOnly } from './accept-json-only.ts'
import { serveApiDocument } from './api-document.ts'
import { routeCloseSession } from './sessions/close-session-route.ts'
import { createConnectionFailureHandler } from './connection-failure.ts'
import { allowCrossOrigin } from './cors.ts'
import { routeCreateSession } from './sessions/create-session-route.ts'
import { describeFailure, renderFailure } from './error-answer.ts'
import { routeEvidence } from './sessions/evidence-route.ts'
import { routeGetInternetServices } from './sessions/get-internet-services-route.ts'
import { routeGetSession } from './sessions/get-session-route.ts'
import { routeHealth } from './operations/health-routes.ts'
import { routeMetrics } from './operations/metrics.ts'
import type { Metrics } from './operations/metrics.ts'
import { createRequestIds, logOf, nameRoute, observeRequests } from './operations/observe-requests.ts'
import type { Log } from './operations/open-log.ts'
import { routeMap } from './page/map-route.ts'
import { routePage } from './page/page-routes.ts'
import type { PageNeeds } from './page/page-routes.ts'
import { routeParseAddress } from './page/parse-route.ts'
import { routeLogos } from './providers/logo-route.ts'
import { routeLinks } from './providers/link-route.ts'
import type { LinkNeeds } from './providers/link-route.ts'
import { routePing } from './ping-route.ts'
import { sendJson } from './send-json.ts'
import { routeSelectCandidate } from './sessions/select-candidate-route.ts'
import type { ServerLimits } from './server-limits.ts'
import type { SessionRouteNeeds } from './sessions/session-routes.ts'
import { routeSessionEvents } from './sessions/session-events-route.ts'
import { routeSuggest } from './suggest-route.ts'
import { traceRequests } from './operations/trace-requests.ts'
import type { Traces } from './operations/traces.ts'

/** An address and its parameters take well under a kilobyte. */
const MAX_BODY_BYTES = 65_536

/** When to try again: while the state is unavailable, and while the same request is still being answered. */
const RETRY_SECONDS: Readonly<Record<number, number>> = { 503: 5, 409: 1 }

/** Builds the server of the Hum API; it listens once its `listen` is called. */
export async function createServer(
  needs: SessionRouteNeeds &
    PageNeeds &
    LinkNeeds &
    AdminNeeds & {
      log: Log
      logos?: string | undefined
      metrics?: Metrics | undefined
      traces?: Traces | undefined
      trustedProxies?: readonly string[] | undefined
      limits: ServerLimits
    },
): Promise<FastifyInstance> {
  const { gate, lookUps, clock, log, metrics, traces, limits } = needs
  const server = fastify({
    frameworkErrors: (error, request, reply) => {
      void answerOutsideRoutes(error, request, reply)
    },
    genReqId: createRequestIds(),
    clientErrorHandler: createConnectionFailureHandler(needs),
    trustProxy: needs.trustedProxies === undefined ? false : [...needs.trustedProxies],
    return503OnClosing: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.silenceMs,
    http: {
      headersTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(1000, limits.requestMs),
      // Most requests have no body. Without a stream for it a read costs a quarter less; see `acceptJsonOnly`.
      optimizeEmptyRequests: true,
    },
    ajv: { customOptions: { allErrors: true, coerceTypes: false, removeAdditional: false, useDefaults: false } },
  })

  /** The router refuses some paths before any hook runs. */
  async function answerOutsideRoutes(error: Error, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      await gate.admit(request, reply)
      throw error
    } catch (refusal) {
      const failure = describeFailure(refusal as Error, request.headers['content-type'])
      sendJson(reply, failure.status, renderFailure(failure, lookUps(gate.kindOf(request)), clock))
    }
  }

  // Schemas describe answers, which are written as text; making writers of them would take half of the start.
  server.setSerializerCompiler(() => JSON.stringify)
  server.decorateRequest('caller', undefined)
  allowCrossOrigin(server)
  if (traces) traceRequests(server, traces)
  observeRequests(server, { log, metrics, maxUnderWay: limits.underWay })
  server.addHook('onRequest', (request, reply, done) => {
    // A promise goes to the framework; none is made unless the gate has to wait for the state.
    const admitted = gate.admit(request, reply)
    if (admitted === undefined) done()
    return admitted
  })
  acceptJsonOnly(server)
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const failure = describeFailure(error, request.headers['content-type'])
    if (failure.status >= 500) logOf(request).error({ ...nameRoute(request), err: error }, 'request failed')
    const retryAfter = RETRY_SECONDS[failure.status]
    if (retryAfter !== undefined && !reply.hasHeader('Retry-After')) reply.header('Retry-After', retryAfter)
    return sendJson(reply, failure.status, renderFailure(failure, lookUps(gate.kindOf(request)), clock))
  })
  server.setNotFoundHandler((request, reply) => {
    const message = `There is no ${request.method} at this path. The API is described at /docs.`
    return sendJson(reply, 404, renderFailure({ status: 404, message }, lookUps(gate.kindOf(request)), clock))
  })

  await serveApiDocument(server)
  routeCreateSession(server, needs)
  routeGetSession(server, needs)
  routeGetInternetServices(server, needs)
  routeSelectCandidate(server, needs)
  routeSessionEvents(server, needs)
  routeEvidence(server, needs)
  routeCloseSession(server, needs)
  routePing(server, needs)
  routeHealth(server, needs)
  if (metrics) routeMetrics(server, metrics)
  routeLogos(server, needs)
  routeLinks(server, needs)
  routeMap(server, needs)
  routeParseAddress(server)
  routeSuggest(server, needs)
  routeAdmin(server, needs)
  await routePage(server, needs)
  return server
}
