import type { Candidate, Place, RangeSuggestion } from '../../geocode/geocode-result.ts'
import { oncePerObject } from '../../lib/once-per-object.ts'
import type { Geocoding, Session } from '../../sessions/session.ts'
import { toSnakeCase } from '../snake-case.ts'

/** The members of `presentGeocoding` as JSON without its braces: written once for all sessions at one address. */
const renderAlone = oncePerObject((geocoding: Geocoding) => JSON.stringify(presentGeocoding(geocoding)).slice(1, -1))

/**
 * The additive members of an answer as JSON without braces, empty while the address is being looked for: those of
 * `presentGeocoding`, and where the place is found but no provider, the reason of that.
 */
export function renderGeocoding({ geocoding, internet }: Pick<Session, 'geocoding' | 'internet'>): string {
  if (geocoding === undefined) return ''
  const members = renderAlone(geocoding)
  if (geocoding.outcome !== 'matched' || internet?.outcome !== 'failed') return members
  return `${members},"reason":"${internet.reason}"`
}

/**
 * Where the address is, as additive members of an answer: `place` for one match; `candidates` and what tells them apart
 * for several; the reason and the nearest numbers that exist for none.
 */
export function presentGeocoding(geocoding: Geocoding): object {
  switch (geocoding.outcome) {
    case 'matched':
      return { place: { ...presentPlace(geocoding.candidate.place), ...presentMatch(geocoding.candidate) } }
    case 'multiple':
      return {
        differ_in: geocoding.differIn.map(toSnakeCase),
        candidates: geocoding.candidates.map(presentCandidate),
      }
    case 'failed':
      return geocoding.reason === 'agent_failed'
        ? { reason: geocoding.reason }
        : { reason: geocoding.reason, suggestions: geocoding.suggestions.map(presentSuggestion) }
  }
}

function presentCandidate(candidate: Candidate): object {
  return {
    id: candidate.id,
    service_address: candidate.place.serviceAddress,
    ...presentPlace(candidate.place),
    ...presentMatch(candidate),
  }
}

function presentMatch({ score, parts }: Candidate): object {
  return {
    score,
    parts: Object.fromEntries(Object.entries(parts).map(([part, match]) => [toSnakeCase(part), match])),
  }
}

function presentPlace(place: Place): object {
  return {
    latitude: place.coordinates.latitude,
    longitude: place.coordinates.longitude,
    precision: place.precision,
    uncertainty_meters: place.uncertaintyMeters,
    block_geoid: place.blockGeoid ?? null,
    h3: place.h3,
    unit: place.unit,
  }
}

function presentSuggestion({ street, lowNumber, highNumber, zip }: RangeSuggestion): object {
  return { street, low_number: lowNumber, high_number: highNumber, zip: zip ?? null }
}
