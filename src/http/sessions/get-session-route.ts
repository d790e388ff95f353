import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { oncePerObject } from '../../lib/once-per-object.ts'
import { whenThere } from '../../lib/when-there.ts'
import { groundSession } from '../../sessions/ground-session.ts'
import { isPending } from '../../sessions/session.ts'
import type { Session } from '../../sessions/session.ts'
import { waitForSession } from '../../sessions/wait-for-session.ts'
import { errorAnswers, NOT_MODIFIED, PollingHeaders, SessionPath, successAnswer } from '../answer-schemas.ts'
import { renderBeforeMeta } from '../envelope.ts'
import { renderGeocoding } from './place-presenter.ts'
import { markForPolling, sendNotModified } from './polling.ts'
import { readPreferredWait } from './prefer-wait.ts'
import { judgeOutcome } from './session-outcome.ts'
import { presentServiceAddress, renderLastingMeta, renderPassingMeta } from './session-presenter.ts'
import { sendJson } from '../send-json.ts'
import { echoSessionToken } from './session-routes.ts'
import type { SessionRequest, SessionRouteNeeds } from './session-routes.ts'

const Data = Type.Object({ service_address: Type.String({ description: 'The complete service address in one line.' }) })

/** An answer up to what differs in the next: written once, for callers who ask until something changes. */
const renderProgress = oncePerObject((session: Session): string => {
  const { requestStatus, advice } = judgeOutcome(session)
  const beforeMeta = renderBeforeMeta({
    message: advice ?? 'Session data retrieved successfully',
    requestStatus,
    data: JSON.stringify({ service_address: presentServiceAddress(session) }),
    additions: renderGeocoding(session),
  })
  return beforeMeta + renderLastingMeta(session)
})

/** `GET /sessions/{token}`: how far the agents are. 202 while the address is being found, 200 after. */
export function routeGetSession(server: FastifyInstance, needs: SessionRouteNeeds): void {
  const { lookUps, gate, clock } = needs
  server.get(
    '/sessions/:token',
    {
      schema: {
        operationId: 'getSession',
        tags: ['Sessions'],
        summary: 'Get Session Status',
        description: 'How far the agents are. Ask every 2 to 3 seconds while an agent is pending, for at most 30.',
        params: SessionPath,
        headers: PollingHeaders,
        response: {
          200: successAnswer('The address was looked for.', Data),
          202: successAnswer('The address is still being looked for.', Data),
          ...NOT_MODIFIED,
          ...errorAnswers(400, 401, 404, 406, 410, 422, 429, 500, 503),
        },
      },
    },
    (request: SessionRequest, reply) => {
      const stored = waitForSession(
        needs,
        { accountId: gate.callerOf(request).accountId, token: echoSessionToken(request, reply) },
        { isReady: (session) => !isPending(session), waitMs: readPreferredWait(request, reply) ?? 0 },
      )
      return whenThere(stored, (session) => answer(request, reply, session))
    },
  )

  function answer(request: SessionRequest, reply: FastifyReply, stored: Session): FastifyReply {
    const current = lookUps(gate.kindOf(request))
    const session = groundSession(stored, current)
    const isComplete = session.geocoding !== undefined
    if (markForPolling(request, reply, { session, lookUps: current, isComplete }).isKnown) return sendNotModified(reply)
    const json = `${renderProgress(session)}${renderPassingMeta(current, clock())}}`
    return sendJson(reply, isComplete ? 200 : 202, json)
  }
}
