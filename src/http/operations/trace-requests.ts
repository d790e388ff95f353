import type { FastifyInstance } from 'fastify'
import { nameRoute } from './observe-requests.ts'
import type { Traces } from './traces.ts'

/** Makes a span of each request, from its arrival to the end of its answer. Register it before other hooks. */
export function traceRequests(server: FastifyInstance, traces: Traces): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.raw.once('close', () => {
      traces.end(request, nameRoute(request).route, reply.raw.writableEnded ? reply : undefined)
    })
    traces.begin(request, done)
  })
  server.addHook('preValidation', (request, _reply, done) => traces.resume(request, done))
}
