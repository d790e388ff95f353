import type { LookUps } from './look-ups.ts'
import { findPlace } from './session.ts'
import type { Session } from './session.ts'

/**
 * A session as one data set tells it: what the agents found in another one, before a swap, is looked up again, so that
 * an answer never mixes two.
 *
 * What is pending or could not be done stays as it is, and so does a candidate that was chosen by hand. It takes
 * microseconds, and only after a swap.
 */
export function groundSession(session: Session, lookUps: LookUps): Session {
  const { geocoding, internet, params } = session
  if (geocoding?.dataSet === undefined || geocoding.dataSet === lookUps.version) return session
  const grounded = { ...session, geocoding: lookUps.geocode(params) }
  if (internet === undefined || (internet.outcome === 'failed' && internet.reason === 'agent_failed')) return grounded
  const place = findPlace(grounded)
  if (place === undefined) return { ...grounded, internet: { outcome: 'failed', reason: 'place_unknown' } }
  const answer = lookUps.findInternet(place)
  return {
    ...grounded,
    internet:
      answer.outcome === 'failed'
        ? { outcome: 'failed', reason: answer.reason }
        : { outcome: 'matched', ...(internet.outcome === 'matched' && internet) },
  }
}
