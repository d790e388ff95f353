import { randomUUID } from 'node:crypto'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../lib/errors.ts'
import type { Metrics } from './metrics.ts'
import { readTraceparent } from './traceparent.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route is answered however much is under way: who asks after a busy process must not take it for dead. */
    isAlwaysAnswered?: boolean
  }
}

const REQUEST_ID = /^[\w.:-]{1,100}$/

/** Names a request by its `X-Request-Id`, where the caller or a proxy sent one that can stand in a log. */
export function createRequestIds(): (request: { headers: Record<string, string | string[] | undefined> }) => string {
  const prefix = randomUUID().slice(0, 8)
  let count = 0
  return ({ headers }) => {
    const given = headers['x-request-id']
    return typeof given === 'string' && REQUEST_ID.test(given) ? given : `${prefix}-${(++count).toString(36)}`
  }
}

/**
 * The logger of one request: each line has the request's id, and that of the trace it belongs to where it came with a
 * `traceparent` after W3C Trace Context. Made for the few requests that have something to log, which `request.log`
 * would be for each.
 */
export function logOf({ server, id, headers }: FastifyRequest): FastifyBaseLogger {
  const traceId = readTraceparent(headers)?.traceId
  return server.log.child({ reqId: id, ...(traceId !== undefined && { traceId }) })
}

/**
 * Watches over all requests: turns away what is beyond `maxUnderWay` with 503 before it costs anything, names each answer with
 * `X-Request-Id`, counts it where there are metrics, and logs it at level `debug`, by its route: paths hold tokens.
 */
export function observeRequests(server: FastifyInstance, metrics: Metrics | undefined, maxUnderWay: number): void {
  const underWay = new Map<FastifyRequest, FastifyReply>()
  const logsAnswers = server.log.level === 'debug'
  let isClosing = false

  server.addHook('preClose', (done) => {
    isClosing = true
    for (const reply of underWay.values()) endConnection(reply)
    done()
  })
  server.addHook('onRequest', (request, reply, done) => {
    underWay.set(request, reply)
    reply.header('X-Request-Id', request.id)
    if (isClosing) endConnection(reply)
    if (underWay.size <= maxUnderWay || request.routeOptions.config.isAlwaysAnswered === true) {
      done()
      return
    }
    reply.header('Retry-After', 1)
    done(new AppError('overloaded', 'Too many requests are being answered at this moment. Try again in a second.'))
  })
  server.addHook('onResponse', (request, reply, done) => {
    underWay.delete(request)
    metrics?.observeRequest(routeOf(request), request.method, reply)
    if (logsAnswers) logOf(request).debug(describe(request, reply), 'answered')
    done()
  })
  // An answer that the caller did not wait for has no onResponse.
  server.addHook('onRequestAbort', (request, done) => {
    underWay.delete(request)
    if (logsAnswers) logOf(request).debug(nameRoute(request), 'caller left')
    done()
  })
}

/** What a log line may say of a request: its route's pattern, since paths hold tokens. */
export function nameRoute(request: FastifyRequest): { method: string; route: string } {
  return { method: request.method, route: routeOf(request) }
}

/** Lets a connection end with its answer: one that is kept, busy or idle, would keep a stopping server from ending. */
function endConnection(reply: FastifyReply): void {
  if (!reply.raw.headersSent) reply.header('Connection', 'close')
}

function routeOf(request: FastifyRequest): string {
  return request.is404 ? 'none' : (request.routeOptions.url ?? 'none')
}

function describe(request: FastifyRequest, reply: FastifyReply): object {
  return {
    ...nameRoute(request),
    status: reply.statusCode,
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
  }
}
