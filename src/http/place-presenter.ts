import type { Candidate, Place, RangeSuggestion } from '../geocode/geocode-result.ts'
import type { Session } from '../sessions/session.ts'
import { toSnakeCase } from './snake-case.ts'

/**
 * Where the address is, as additive members of an answer: `place` for one match; `candidates` and what tells them apart
 * for several; the reason and the nearest numbers that exist for none. Where the place is found but no provider, the
 * reason of that.
 */
export function presentGeocoding({
  geocoding,
  internet,
}: Pick<Session, 'geocoding'> & Partial<Pick<Session, 'internet'>>): object | undefined {
  if (geocoding === undefined) return undefined
  switch (geocoding.outcome) {
    case 'matched':
      return {
        place: { ...presentPlace(geocoding.candidate.place), ...presentMatch(geocoding.candidate) },
        ...(internet?.outcome === 'failed' && { reason: internet.reason }),
      }
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
