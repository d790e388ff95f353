import type { GeocodeResult } from '../geocode/geocode-result.ts'
import type { InternetAnswer } from '../internet/internet-answer.ts'
import type { LookUps } from '../sessions/look-ups.ts'

/** One address's answer, without a session. */
export interface LookUpAnswer {
  readonly geocoding: GeocodeResult
  readonly internet: InternetAnswer
}

/** Finds an address in one line and who serves it. Providers are not asked themselves. */
export function lookUpAddress({ geocode, findInternet }: LookUps, address: string): LookUpAnswer {
  const geocoding = geocode({ street1: address })
  return {
    geocoding,
    internet:
      geocoding.outcome === 'matched'
        ? findInternet(geocoding.candidate.place)
        : { outcome: 'failed', reason: 'place_unknown' },
  }
}
