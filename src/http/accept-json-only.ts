import type { FastifyInstance } from 'fastify'
import { AppError } from '../lib/errors.ts'
import { describeContentType } from './error-answer.ts'

const JSON_TYPE = /^application\/json *(?:;|$)/i

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes what an HTML form sends, and brings the parser for it. */
    takesForms?: boolean
  }
}

/**
 * Takes bodies as JSON alone, and refuses a request without a body too when it says that it is something else. An empty
 * body is none: clients that label every request as JSON can close a session.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null)
    else void parseJson(request, String(body), done)
  })
  server.addHook('preParsing', (request, _reply, _payload, done) => {
    const contentType = request.headers['content-type']
    const isTaken = contentType === undefined || JSON_TYPE.test(contentType)
    if (isTaken || request.routeOptions.config.takesForms === true) done()
    else done(new AppError('not_acceptable', describeContentType(contentType)))
  })
}
