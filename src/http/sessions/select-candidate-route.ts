import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { selectCandidate } from '../../sessions/select-candidate.ts'
import { errorAnswers, SessionPath, successAnswer } from '../answer-schemas.ts'
import { sendSessionAnswer } from './session-answer.ts'
import { echoSessionToken } from './session-routes.ts'
import type { SessionRouteNeeds } from './session-routes.ts'

/** `POST /sessions/{token}/select`: says which of several candidates was meant, and answers like `POST /sessions`. */
export function routeSelectCandidate(server: FastifyInstance, needs: SessionRouteNeeds): void {
  const { desk, lookUps, gate } = needs
  server.withTypeProvider<TypeBoxTypeProvider>().post(
    '/sessions/:token/select',
    {
      schema: {
        operationId: 'selectCandidate',
        tags: ['Sessions'],
        summary: 'Select Candidate',
        description:
          'Where the address fits several places (`geocoding` is `multiple`), chooses the one that was meant. The agents go on from there.',
        params: SessionPath,
        body: Type.Object({
          candidate_id: Type.String({
            minLength: 1,
            maxLength: 200,
            description: 'The `id` of one of the `candidates`.',
          }),
        }),
        response: {
          200: successAnswer('The candidate was chosen.', Type.Array(Type.Ref('provider'))),
          ...errorAnswers(400, 401, 404, 406, 410, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const current = lookUps(gate.kindOf(request))
      const session = await selectCandidate(
        { ...needs, desk, lookUps: current },
        gate.callerOf(request).accountId,
        echoSessionToken(request, reply),
        request.body.candidate_id,
      )
      return sendSessionAnswer(reply, needs, { status: 200, done: 'Candidate selected.', session, lookUps: current })
    },
  )
}
