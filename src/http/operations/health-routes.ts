import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { CurrentLookUps } from '../../sessions/look-ups.ts'
import type { SessionStore } from '../../sessions/session-store.ts'

const OPEN = { access: 'open' } as const

/** Long enough for a database that is busy, short enough for whoever asks. */
const STATE_TIMEOUT_MS = 2000

/**
 * `GET /health/live`: the process answers. `GET /health/ready`: it can serve, which takes a state and a data set that
 * can both be read; 503 names the one that cannot. For load balancers: no token, not counted, no address or caller in it.
 */
export function routeHealth(
  server: FastifyInstance,
  { sessions, lookUps }: { sessions: SessionStore; lookUps: CurrentLookUps },
): void {
  server.get(
    '/health/live',
    {
      config: { ...OPEN, isAlwaysAnswered: true },
      schema: {
        operationId: 'live',
        tags: ['Health Check'],
        summary: 'Liveness',
        security: [],
        response: { 200: Type.Object({ status: Type.Literal('ok') }) },
      },
    },
    () => ({ status: 'ok' as const }),
  )

  const Readiness = Type.Object({
    status: Type.String({ enum: ['ok', 'unavailable'] }),
    state: Type.String({ enum: ['ok', 'unavailable'] }),
    data_set: Type.String({ enum: ['ok', 'unavailable'] }),
    hum_data_set: Type.String(),
    is_sandbox: Type.Boolean(),
  })
  server.get(
    '/health/ready',
    {
      config: OPEN,
      schema: {
        operationId: 'ready',
        tags: ['Health Check'],
        summary: 'Readiness',
        security: [],
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const { version, isSandbox } = lookUps('live')
      const name = (isReady: boolean): 'ok' | 'unavailable' => (isReady ? 'ok' : 'unavailable')
      const canLookUp = canSuggest(lookUps)
      const hasState = await canRead(sessions)
      const isReady = canLookUp && hasState
      return reply.code(isReady ? 200 : 503).send({
        status: name(isReady),
        state: name(hasState),
        data_set: name(canLookUp),
        hum_data_set: version,
        is_sandbox: isSandbox,
      })
    },
  )
}

/** Reads the data set's file, which may lie on a disk that has gone. */
function canSuggest(lookUps: CurrentLookUps): boolean {
  try {
    lookUps('live').suggest('1 main street')
    return true
  } catch {
    return false
  }
}

async function canRead(sessions: SessionStore): Promise<boolean> {
  const { promise: timeout, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(reject, STATE_TIMEOUT_MS)
  try {
    await Promise.race([sessions.find('0'), timeout])
    return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
