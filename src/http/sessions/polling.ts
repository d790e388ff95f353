import type { FastifyReply, FastifyRequest } from 'fastify'
import type { LookUps } from '../../sessions/look-ups.ts'
import { nameState } from '../../sessions/session.ts'
import type { Session } from '../../sessions/session.ts'

/** How soon a caller should ask again while an agent is at work: the documented 2 to 3 seconds. */
const POLL_SECONDS = 2

/**
 * Helps a caller that asks again and again: names the state of the answer in an `ETag`, tells when to ask next while it
 * is not complete, and says whether the caller has this very state already, so that 304 without a body is enough.
 *
 * The tag is weak, since `responded_at` differs with each answer.
 */
export function markForPolling(
  request: FastifyRequest,
  reply: FastifyReply,
  { session, lookUps, isComplete }: { session: Session; lookUps: LookUps; isComplete: boolean },
): { isKnown: boolean } {
  const tag = `W/"${nameState(session)}-${lookUps.version}"`
  reply.header('etag', tag)
  if (!isComplete) reply.header('Retry-After', POLL_SECONDS)
  const known = request.headers['if-none-match']?.split(',').map((text) => text.trim())
  return { isKnown: known?.some((text) => text === '*' || text === tag || `W/${text}` === tag) === true }
}

/** Answers that nothing has changed. */
export function sendNotModified(reply: FastifyReply): FastifyReply {
  return reply.code(304).header('cache-control', 'private, no-store').send()
}
