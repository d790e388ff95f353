import type { FastifyInstance } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { createSession } from '../sessions/create-session.ts'
import { readPreferredWait } from './prefer-wait.ts'
import { readSessionParams, SessionParamsSchema } from './session-params.ts'
import { errorAnswers, successAnswer, WaitHeaders } from './answer-schemas.ts'
import { sendSessionAnswer } from './session-answer.ts'
import type { SessionRouteNeeds } from './session-routes.ts'

/** `POST /sessions`: opens a session, and answers with the providers as far as they are known within two seconds. */
export function routeCreateSession(server: FastifyInstance, needs: SessionRouteNeeds): void {
  const { desk, lookUps, gate, clock } = needs
  server.withTypeProvider<TypeBoxTypeProvider>().post(
    '/sessions',
    {
      schema: {
        operationId: 'createSession',
        tags: ['Sessions'],
        summary: 'Create New Session',
        description:
          'Looks an address up. The answer holds the providers, or what is ready of them within two seconds; the rest follows behind, see GET /sessions/{token}.',
        headers: WaitHeaders,
        body: SessionParamsSchema,
        response: {
          201: successAnswer('The session was created.', Type.Array(Type.Ref('provider'))),
          ...errorAnswers(400, 401, 406, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      // Taken once: a data set that is swapped in meanwhile must not mix into the answer.
      const current = lookUps()
      const session = await createSession(
        { desk, lookUps: current, clock },
        gate.accountOf(request),
        readSessionParams(request.body),
        readPreferredWait(request, reply),
      )
      reply.header('session_token', session.token).header('Location', `/sessions/${session.token}`)
      const done = 'Session created successfully.'
      return sendSessionAnswer(reply, needs, { status: 201, done, session, lookUps: current })
    },
  )
}
