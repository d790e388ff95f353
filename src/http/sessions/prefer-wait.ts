import type { FastifyReply, FastifyRequest } from 'fastify'

/** Longer than any agent takes, and shorter than proxies are used to wait. */
const MAX_WAIT_SECONDS = 30

const WAIT = /(?:^|,)\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:,|;|$)/i

/**
 * How long the caller wants to wait for agents, in milliseconds, by `Prefer: wait=<seconds>` (RFC 7240); `undefined`
 * where it does not say. The answer tells what was honoured.
 */
export function readPreferredWait(request: FastifyRequest, reply: FastifyReply): number | undefined {
  const { prefer } = request.headers
  const asked = WAIT.exec(Array.isArray(prefer) ? prefer.join(',') : (prefer ?? ''))?.[1]
  if (asked === undefined) return undefined
  const seconds = Math.min(Number(asked), MAX_WAIT_SECONDS)
  reply.header('Preference-Applied', `wait=${seconds}`)
  return seconds * 1000
}
