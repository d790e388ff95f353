import type { FastifyInstance, FastifyReply } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Counts what the server does, for Prometheus. No label holds an address, a token or a caller. */
export interface Metrics {
  observe(route: string, method: string, reply: FastifyReply): void
  readonly registry: Registry
}

/** Seconds: from what a local look-up takes to the longest wait that a caller can ask for. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5, 10, 30]

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'hum_' })
  const requests = new Histogram({
    name: 'hum_request_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  })
  return {
    registry,
    observe: (route, method, reply) => {
      requests.observe({ route, method, status: reply.statusCode }, reply.elapsedTime / 1000)
    },
  }
}

/** Serves the metrics at `/metrics`, without a token: let only your own network reach it. */
export function routeMetrics(server: FastifyInstance, { registry }: Metrics): void {
  server.get('/metrics', { config: { access: 'open' }, schema: { hide: true } }, async (_request, reply) =>
    reply.header('content-type', registry.contentType).send(await registry.metrics()),
  )
}
