import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { getSession } from '../../sessions/get-session.ts'
import { watchSession } from '../../sessions/watch-session.ts'
import type { SessionEvent } from '../../sessions/watch-session.ts'
import { errorAnswers, SessionPath } from '../answer-schemas.ts'
import { judgeOutcome } from './session-outcome.ts'
import { renderMeta } from './session-presenter.ts'
import { echoSessionToken } from './session-routes.ts'
import type { SessionRequest, SessionRouteNeeds } from './session-routes.ts'

/** Often enough that no proxy takes the connection for dead. */
const HEARTBEAT_MS = 15_000

/**
 * `GET /sessions/{token}/events`: the agents' progress as Server-Sent Events, until all have reported or the session
 * ends. A client that lost the connection sends `Last-Event-ID` and gets what it has not seen, from any process.
 */
export function routeSessionEvents(server: FastifyInstance, needs: SessionRouteNeeds): void {
  const { sessions, lookUps, gate, clock } = needs
  const closing = new AbortController()
  server.addHook('preClose', (done) => {
    closing.abort()
    done()
  })

  function write({ kind, id, session }: SessionEvent): string {
    const { requestStatus, advice } = judgeOutcome(session)
    const message = JSON.stringify(advice ?? (kind === 'session.closed' ? 'Session closed' : 'Agent status'))
    const meta = renderMeta(session, lookUps(session.kind), clock())
    return `event: ${kind}\nid: ${id}\ndata: {"message":${message},"request_status":"${requestStatus}","meta":${meta}}\n\n`
  }

  server.get(
    '/sessions/:token/events',
    {
      schema: {
        operationId: 'watchSession',
        tags: ['Sessions'],
        summary: 'Watch Session',
        description:
          'Server-Sent Events: `agent.updated` with each report, then `session.completed`, or `session.closed`; `data` holds message, request_status and meta.',
        params: SessionPath,
        headers: Type.Object({
          'last-event-id': Type.Optional(Type.String({ description: 'The id of the last event that was seen.' })),
        }),
        response: {
          200: { description: 'The events.', content: { 'text/event-stream': { schema: Type.String() } } },
          ...errorAnswers(400, 401, 404, 406, 410, 422, 429, 500, 503),
        },
      },
    },
    async (request: SessionRequest, reply) => {
      const session = await getSession(needs, gate.callerOf(request).accountId, echoSessionToken(request, reply))
      const lastSeenId = request.headers['last-event-id']?.toString()
      const events = watchSession(sessions, session, { lastSeenId, signal: closing.signal })

      async function* writeEvents(): AsyncGenerator<string> {
        let quietSince = performance.now()
        for await (const event of events) {
          if (event === undefined && performance.now() - quietSince < HEARTBEAT_MS) continue
          quietSince = performance.now()
          yield event === undefined ? ': waiting\n\n' : write(event)
        }
      }

      return reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('cache-control', 'private, no-store')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(writeEvents()))
    },
  )
}
