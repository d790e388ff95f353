import type { Session } from '../../sessions/session.ts'
import type { RequestStatus } from '../envelope.ts'

type Reason = 'agent_failed' | FailedGeocoding['reason'] | FailedInternet['reason']
type FailedGeocoding = NonNullable<Session['geocoding']> & { outcome: 'failed' }
type FailedInternet = NonNullable<Session['internet']> & { outcome: 'failed' }

/** Whether a session's answer is all that was asked for, and if not, what the caller can do. */
export interface SessionOutcome {
  readonly requestStatus: RequestStatus
  readonly advice?: string
}

const ADVICE: Readonly<Record<Reason, string>> = {
  not_an_address:
    'That is not a street address. Give a number and a street in street1, such as "29090 Tiffany Drive E".',
  post_office_box: 'A post office box has no service location. Give the street address of the building.',
  rural_route: 'A route box has no service location of its own. Give the street address of the building.',
  number_missing: 'There is no house number. Give it in front of the street in street1.',
  intersection: 'An intersection has no service location. Give the number of a building.',
  area_not_loaded: 'This data set does not hold that area. The operator can load it with `hum data build`.',
  street_unknown: 'No such street is known there. Check its spelling, city, state and zip.',
  number_not_in_range: 'The street is known, but not that number. See `suggestions` for the nearest numbers.',
  place_unknown: 'Providers are known only once the address is found.',
  nobody_filed: 'No provider has filed service for this place, as far as filings are loaded.',
  agent_failed: 'An agent could not do its work. Create a new session to try again.',
}

/** Says what stands in the way of an answer: geocoding first, since internet follows from it. */
export function judgeOutcome({ geocoding, internet }: Pick<Session, 'geocoding' | 'internet'>): SessionOutcome {
  if (geocoding?.outcome === 'multiple') {
    return {
      requestStatus: 'warning',
      advice: 'The address fits several places. Choose one of the `candidates` with POST /sessions/{token}/select.',
    }
  }
  if (geocoding?.outcome === 'failed') return { requestStatus: 'warning', advice: ADVICE[geocoding.reason] }
  if (internet?.outcome === 'failed') return { requestStatus: 'warning', advice: ADVICE[internet.reason] }
  return { requestStatus: 'ok' }
}
