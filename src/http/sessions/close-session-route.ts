import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { closeSession } from '../../sessions/close-session.ts'
import { errorAnswers, SessionPath, successAnswer } from '../answer-schemas.ts'
import { renderEnvelope } from '../envelope.ts'
import { renderMeta } from './session-presenter.ts'
import { sendJson } from '../send-json.ts'
import { echoSessionToken } from './session-routes.ts'
import type { SessionRequest, SessionRouteNeeds } from './session-routes.ts'

/** `DELETE /sessions/{token}`: stops the agents and drops what they found. It cannot be undone. */
export function routeCloseSession(server: FastifyInstance, needs: SessionRouteNeeds): void {
  const { lookUps, gate, clock } = needs
  server.delete(
    '/sessions/:token',
    {
      schema: {
        operationId: 'closeSession',
        tags: ['Sessions'],
        summary: 'Close Session',
        description: 'Stops the agents and drops what they found. The token answers 410 from then on.',
        params: SessionPath,
        response: {
          200: successAnswer('The session is closed.', Type.Object({})),
          ...errorAnswers(400, 401, 404, 406, 410, 422, 429, 500, 503),
        },
      },
    },
    async (request: SessionRequest, reply) => {
      const session = await closeSession(needs, gate.callerOf(request).accountId, echoSessionToken(request, reply))
      return sendJson(
        reply,
        200,
        renderEnvelope({
          message: 'Session closed successfully',
          requestStatus: 'ok',
          data: '{}',
          meta: renderMeta(session, lookUps(gate.kindOf(request)), clock()),
        }),
      )
    },
  )
}
