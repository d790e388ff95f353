import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { collectEvidence } from '../../sessions/collect-evidence.ts'
import { groundSession } from '../../sessions/ground-session.ts'
import { getSession } from '../../sessions/get-session.ts'
import type { Session } from '../../sessions/session.ts'
import { errorAnswers, SessionPath, successAnswer } from '../answer-schemas.ts'
import { renderEnvelope } from '../envelope.ts'
import { toTimestamp } from '../timestamp.ts'
import { renderGeocoding } from './place-presenter.ts'
import { judgeOutcome } from './session-outcome.ts'
import { renderMeta } from './session-presenter.ts'
import { sendJson } from '../send-json.ts'
import { echoSessionToken } from './session-routes.ts'
import type { SessionRequest, SessionRouteNeeds } from './session-routes.ts'
import { withSnakeCaseNames } from '../snake-case.ts'

const Data = Type.Object({
  address: Type.Object(
    { delivery_line: Type.String(), last_line: Type.String(), confidence: Type.Number(), parts: Type.Object({}) },
    { description: 'How the address was understood.' },
  ),
  area: Type.Optional(Type.Object({}, { description: 'What stands in for the address in the filings.' })),
  filings: Type.Array(Type.Object({}), { description: 'The filings that were counted.' }),
  labels: Type.Array(Type.Object({}), { description: 'The label rows that plans were read from.' }),
  confirmations: Type.Array(Type.Object({}), { description: 'What providers that were asked said of the address.' }),
  sources: Type.Array(Type.Object({}), { description: 'The files behind it all, with vintage and licence.' }),
  assumptions: Type.Array(Type.String()),
})

/** `GET /sessions/{token}/evidence`: what the whole answer rests on. */
export function routeEvidence(server: FastifyInstance, needs: SessionRouteNeeds): void {
  const { lookUps, gate, clock } = needs
  server.get(
    '/sessions/:token/evidence',
    {
      schema: {
        operationId: 'getEvidence',
        tags: ['Sessions'],
        summary: 'Get Evidence',
        description:
          'What the answer rests on: the parts of the address, the match, the filings counted, the label rows read, their sources, and what was assumed.',
        params: SessionPath,
        response: {
          200: successAnswer('What the answer rests on.', Data),
          202: successAnswer('Agents are still at work; this is what there is so far.', Data),
          ...errorAnswers(400, 401, 404, 406, 410, 422, 429, 500, 503),
        },
      },
    },
    async (request: SessionRequest, reply) => {
      const stored = await getSession(needs, gate.callerOf(request).accountId, echoSessionToken(request, reply))
      const current = lookUps(gate.kindOf(request))
      const session = groundSession(stored, current)
      const { requestStatus, advice } = judgeOutcome(session)
      const evidence = collectEvidence(current, session.params, session.geocoding ?? { outcome: 'failed' })
      return sendJson(
        reply,
        session.internet === undefined ? 202 : 200,
        renderEnvelope({
          message: advice ?? 'Evidence collected.',
          requestStatus,
          data: JSON.stringify(withSnakeCaseNames({ ...evidence, confirmations: listConfirmations(session) })),
          additions: renderGeocoding(session),
          meta: renderMeta(session, current, clock()),
        }),
      )
    },
  )
}

function listConfirmations({ internet }: Session): object[] {
  const confirmations = internet?.outcome === 'matched' ? internet.confirmations : undefined
  return (confirmations ?? []).map(({ providerId, technologyCode, result, source, at }) => ({
    fccProviderId: providerId,
    technologyCode,
    result,
    source,
    askedAt: toTimestamp(at),
  }))
}
