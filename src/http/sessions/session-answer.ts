import type { FastifyReply } from 'fastify'
import type { Clock } from '../../lib/clock.ts'
import type { LookUps } from '../../sessions/look-ups.ts'
import { findPlace, isPending } from '../../sessions/session.ts'
import type { Session } from '../../sessions/session.ts'
import { renderEnvelope } from '../envelope.ts'
import { renderGeocoding } from './place-presenter.ts'
import type { RenderProviders } from '../providers/provider-renderer.ts'
import { judgeOutcome } from './session-outcome.ts'
import { renderMeta } from './session-presenter.ts'
import { sendJson } from '../send-json.ts'

const PENDING = 'Agents are still at work: follow them with GET /sessions/{token}.'

/** Answers a request that set agents to work: the providers as far as they are known, and what the caller can do next. */
export function sendSessionAnswer(
  reply: FastifyReply,
  { clock, renderProviders }: { clock: Clock; renderProviders: RenderProviders },
  { status, done, session, lookUps }: { status: number; done: string; session: Session; lookUps: LookUps },
): FastifyReply {
  const place = session.internet?.outcome === 'matched' ? findPlace(session) : undefined
  const { requestStatus, advice } = judgeOutcome(session)
  const next = advice ?? (isPending(session) ? PENDING : '')
  return sendJson(
    reply,
    status,
    renderEnvelope({
      message: next === '' ? done : `${done} ${next}`,
      requestStatus,
      data: place === undefined ? '[]' : renderProviders(lookUps.findInternet(place), lookUps, session),
      additions: renderGeocoding(session),
      meta: renderMeta(session, lookUps, clock()),
    }),
  )
}
