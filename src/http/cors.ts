import type { FastifyInstance, FastifyReply } from 'fastify'

const EXPOSED = [
  'session_token',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Retry-After',
  'Location',
  'ETag',
  'X-Request-Id',
  'Idempotency-Replayed',
  'Preference-Applied',
  'RateLimit',
  'RateLimit-Policy',
].join(', ')

/**
 * Lets pages of any origin call the API: a token is needed in any case, and cookies play no part. Preflight requests
 * are answered for every path, without a token. Pages have no business with admin routes, and are told nothing there.
 *
 * Only a browser asks in the name of an `Origin`; others are spared the headers. See `allowAnyOrigin` for what is cached.
 */
export function allowCrossOrigin(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (request.headers.origin !== undefined && request.routeOptions.config.access !== 'admin') {
      reply.header('Access-Control-Allow-Origin', '*')
      reply.header('Access-Control-Expose-Headers', EXPOSED)
    }
    done()
  })
  server.options('/*', { config: { access: 'open' }, schema: { hide: true } }, (_request, reply) =>
    reply
      .code(204)
      .header('Access-Control-Allow-Methods', 'GET, POST, DELETE, OPTIONS')
      .header(
        'Access-Control-Allow-Headers',
        'Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Prefer',
      )
      .header('Access-Control-Max-Age', '86400')
      .send(),
  )
}

/** For an answer that caches keep: they give it to pages of other origins than whoever asked first. */
export function allowAnyOrigin(reply: FastifyReply): FastifyReply {
  return reply.header('Access-Control-Allow-Origin', '*')
}
