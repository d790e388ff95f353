import type { IncomingHttpHeaders } from 'node:http'
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
    const { headers } = request.raw
    const contentType = headers['content-type']
    if (contentType === undefined) {
      done()
    } else if (!JSON_TYPE.test(contentType) && request.routeOptions.config.takesForms !== true) {
      done(new AppError('not_acceptable', describeContentType(contentType)))
    } else {
      // The framework would wait for the end of a body that is announced by nothing but this label.
      if (!hasBody(headers)) delete headers['content-type']
      done()
    }
  })
}

function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}
