import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { parseRankingWeights } from '../../internet/ranking-weights.ts'
import { groundSession } from '../../sessions/ground-session.ts'
import { findPlace } from '../../sessions/session.ts'
import { waitForSession } from '../../sessions/wait-for-session.ts'
import { errorAnswers, NOT_MODIFIED, PollingHeaders, SessionPath, successAnswer } from '../answer-schemas.ts'
import { renderEnvelope } from '../envelope.ts'
import { renderGeocoding } from './place-presenter.ts'
import { markForPolling, sendNotModified } from './polling.ts'
import { readPreferredWait } from './prefer-wait.ts'
import { judgeOutcome } from './session-outcome.ts'
import { renderMeta, presentServiceAddress } from './session-presenter.ts'
import { sendJson } from '../send-json.ts'
import { echoSessionToken } from './session-routes.ts'
import type { SessionRouteNeeds } from './session-routes.ts'

const Data = Type.Object({ internet: Type.Array(Type.Ref('provider')) })

/** `GET /sessions/{token}/services/internet`: the providers at the address. 202 while they are being looked for. */
export function routeGetInternetServices(server: FastifyInstance, needs: SessionRouteNeeds): void {
  const { lookUps, gate, clock, renderProviders } = needs
  server.withTypeProvider<TypeBoxTypeProvider>().get(
    '/sessions/:token/services/internet',
    {
      schema: {
        operationId: 'getInternetServices',
        tags: ['Service Availability'],
        summary: 'Get Internet Service Availability',
        description: 'The providers that filed service at the address, with technologies, speeds and plans.',
        params: SessionPath,
        headers: PollingHeaders,
        querystring: Type.Object({
          weights: Type.Optional(
            Type.String({
              maxLength: 200,
              description:
                'Your own weights for the order instead of the neutral ones: price:3,speed:1. See docs/ranking.md.',
            }),
          ),
        }),
        response: {
          200: successAnswer('Providers were looked for.', Data),
          202: successAnswer('Providers are still being looked for.', Data),
          ...NOT_MODIFIED,
          ...errorAnswers(400, 401, 404, 406, 410, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const weights = request.query.weights === undefined ? undefined : parseRankingWeights(request.query.weights)
      const stored = await waitForSession(
        needs,
        { accountId: gate.callerOf(request).accountId, token: echoSessionToken(request, reply) },
        { isReady: ({ internet }) => internet !== undefined, waitMs: readPreferredWait(request, reply) ?? 0 },
      )
      const current = lookUps(gate.kindOf(request))
      const session = groundSession(stored, current)
      const isComplete = session.internet !== undefined
      if (markForPolling(request, reply, { session, lookUps: current, isComplete }).isKnown)
        return sendNotModified(reply)
      const place = session.internet?.outcome === 'matched' ? findPlace(session) : undefined
      const { requestStatus, advice } = judgeOutcome(session)
      return sendJson(
        reply,
        isComplete ? 200 : 202,
        renderEnvelope({
          message: advice ?? `Service coverage for ${presentServiceAddress(session)}`,
          requestStatus,
          data:
            place === undefined
              ? '{"internet":[]}'
              : ['{"internet":', ...renderProviders(current.findInternet(place), current, session, weights), '}'],
          additions: renderGeocoding(session),
          meta: renderMeta(session, current, clock()),
        }),
      )
    },
  )
}
