import type { FastifyInstance } from 'fastify'
import { nameRoute } from './observe-requests.ts'
import type { Traces } from './traces.ts'

/** Makes a span of each request, from its arrival to the end of its answer. Register it before other hooks. */
export function traceRequests(server: FastifyInstance, traces: Traces): void {
  server.addHook('onRequest', (request, _reply, done) => traces.begin(request, done))
  server.addHook('preValidation', (request, _reply, done) => traces.resume(request, done))
  server.addHook('onResponse', (request, reply, done) => {
    traces.end(request, nameRoute(request).route, reply)
    done()
  })
  server.addHook('onRequestAbort', (request, done) => {
    traces.end(request, nameRoute(request).route)
    done()
  })
}
