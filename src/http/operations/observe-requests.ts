import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../lib/errors.ts'
import type { Metrics } from './metrics.ts'
import type { Log } from './open-log.ts'
import { readTraceparent } from './traceparent.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Where Hum logs; the framework's own `log` is silent. */
    readonly journal: Log
  }
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
 * `traceparent` after W3C Trace Context. Made for the few requests that have something to log.
 */
export function logOf({ server, id, headers }: FastifyRequest): Log {
  const traceId = readTraceparent(headers)?.traceId
  return server.journal.child({ reqId: id, ...(traceId !== undefined && { traceId }) })
}

/**
 * Watches over all requests: turns away what is beyond `maxUnderWay` with 503 before it costs anything, names each answer with
 * `X-Request-Id`, counts it where there are metrics, and logs it at level `debug`, by its route: paths hold tokens.
 */
export function observeRequests(
  server: FastifyInstance,
  { log, metrics, maxUnderWay }: { log: Log; metrics: Metrics | undefined; maxUnderWay: number },
): void {
  const underWay = new Set<FastifyReply>()
  const logsAnswers = log.level === 'debug'
  const isTimed = logsAnswers || metrics !== undefined
  let isClosing = false

  function observeEnd(request: FastifyRequest, reply: FastifyReply, begun: number): void {
    underWay.delete(reply)
    if (!isTimed) return
    const hasLeft = !reply.raw.writableEnded
    if (hasLeft) {
      if (logsAnswers) logOf(request).debug(nameRoute(request), 'caller left')
      return
    }
    const milliseconds = performance.now() - begun
    metrics?.observeRequest(routeOf(request), request.method, reply.statusCode, milliseconds)
    if (logsAnswers) logOf(request).debug(describe(request, reply, milliseconds), 'answered')
  }

  server.decorate('journal', log)
  server.addHook('preClose', (done) => {
    isClosing = true
    for (const reply of underWay) endConnection(reply)
    done()
  })
  server.addHook('onRequest', (request, reply, done) => {
    const begun = isTimed ? performance.now() : 0
    underWay.add(reply)
    // Comes once for each answer, whether it was sent, the caller left, or its turn on the connection never came.
    reply.raw.once('close', () => observeEnd(request, reply, begun))
    reply.header('x-request-id', request.id)
    if (isClosing) endConnection(reply)
    if (underWay.size <= maxUnderWay || request.routeOptions.config.isAlwaysAnswered === true) {
      done()
      return
    }
    reply.header('Retry-After', 1)
    done(new AppError('overloaded', 'Too many requests are being answered at this moment. Try again in a second.'))
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

function describe(request: FastifyRequest, { statusCode }: FastifyReply, milliseconds: number): object {
  return { ...nameRoute(request), status: statusCode, milliseconds: Math.round(milliseconds * 10) / 10 }
}
