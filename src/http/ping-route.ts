import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../lib/clock.ts'
import { errorAnswers, Timestamp } from './answer-schemas.ts'
import { toTimestamp } from './timestamp.ts'

/** `GET /ping`: whether the API answers, and whether a token is valid if one is sent. */
export function routePing(server: FastifyInstance, { clock }: { clock: Clock }): void {
  server.get(
    '/ping',
    {
      config: { access: 'optional' },
      schema: {
        operationId: 'ping',
        tags: ['Health Check'],
        summary: 'API Health Check',
        description: 'Needs no token; checks the one that is sent.',
        security: [{}, { bearerAuth: [] }],
        response: {
          200: Type.Object({
            message: Type.String(),
            request_status: Type.Ref('request_status'),
            data: Type.Object({}),
            timestamp: Timestamp,
          }),
          ...errorAnswers(401, 406, 429, 500, 503),
        },
      },
    },
    () => ({ message: "🎤 We're humming along!", request_status: 'ok', data: {}, timestamp: toTimestamp(clock()) }),
  )
}
