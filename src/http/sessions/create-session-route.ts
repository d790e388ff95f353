import type { FastifyInstance } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { createSessionOnce } from '../../sessions/create-session-once.ts'
import { readPreferredWait } from './prefer-wait.ts'
import { readSessionParams, SessionParamsSchema } from './session-params.ts'
import { errorAnswers, successAnswer, WaitHeaders } from '../answer-schemas.ts'
import { sendSessionAnswer } from './session-answer.ts'
import type { SessionRouteNeeds } from './session-routes.ts'

const CreationHeaders = Type.Object({
  ...WaitHeaders.properties,
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'Your own name for this request. Sent again with it within 24 hours, it gives the same session.',
    }),
  ),
})

/** `POST /sessions`: opens a session, and answers with the providers as far as they are known within two seconds. */
export function routeCreateSession(server: FastifyInstance, needs: SessionRouteNeeds): void {
  const { lookUps, gate } = needs
  server.withTypeProvider<TypeBoxTypeProvider>().post(
    '/sessions',
    {
      schema: {
        operationId: 'createSession',
        tags: ['Sessions'],
        summary: 'Create New Session',
        description:
          'Looks an address up. The answer holds the providers, or what is ready of them within two seconds; the rest follows behind, see GET /sessions/{token}.',
        headers: CreationHeaders,
        body: SessionParamsSchema,
        response: {
          201: successAnswer('The session was created.', Type.Array(Type.Ref('provider'))),
          ...errorAnswers(400, 401, 406, 409, 410, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      // Taken once: a data set that is swapped in meanwhile must not mix into the answer.
      const current = lookUps(gate.kindOf(request))
      const { session, isRepeated } = await createSessionOnce(
        { ...needs, lookUps: current },
        {
          accountId: gate.callerOf(request).accountId,
          kind: gate.kindOf(request),
          params: readSessionParams(request.body),
          budgetMs: readPreferredWait(request, reply),
          idempotencyKey: request.headers['idempotency-key'],
        },
      )
      if (isRepeated) reply.header('Idempotency-Replayed', 'true')
      reply.header('session_token', session.token).header('Location', `/sessions/${session.token}`)
      const done = 'Session created successfully.'
      return sendSessionAnswer(reply, needs, { status: 201, done, session, lookUps: current })
    },
  )
}
