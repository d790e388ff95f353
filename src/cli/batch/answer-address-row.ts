import { parseAddress, parseAddressFields } from '../../address/index.ts'
import type { Candidate, GeocodeResult } from '../../geocode/geocode-result.ts'
import type { Geocoder } from '../../geocode/geocoder.ts'
import type { InternetFinder } from '../../internet/find-internet.ts'
import type { InternetAnswer } from '../../internet/internet-answer.ts'
import type { AddressRow } from './read-address-rows.ts'

/** What answers an address of a list. */
export interface RowFinders extends Partial<InternetFinder> {
  readonly geocoder: Geocoder
}

/** What is known of one address of a list. */
export interface RowAnswer {
  readonly id: string
  /** As the Postal Service writes it: that of the match, else the asked one. */
  readonly normalizedLine: string
  readonly geocoding: GeocodeResult
  /** The match, or the likeliest of several, for whoever must take one. */
  readonly candidate: Candidate | undefined
  /** Who serves the match; absent where nothing matched or nobody asked. */
  readonly internet: InternetAnswer | undefined
  /** Parsing and geocoding. */
  readonly microseconds: number
}

/** Finds one address of a list, and with `findInternet` who serves it. */
export function answerAddressRow(
  { id, text, ...fields }: AddressRow,
  { geocoder, findInternet }: RowFinders,
): RowAnswer {
  const startedAt = process.hrtime.bigint()
  const parsed = text === undefined ? parseAddressFields(fields) : parseAddress(text)
  const geocoding = geocoder.geocode(parsed)
  const microseconds = Number(process.hrtime.bigint() - startedAt) / 1000
  const match = geocoding.outcome === 'matched' ? geocoding.candidate : undefined
  return {
    id,
    normalizedLine: match?.place.serviceAddress ?? [parsed.deliveryLine, parsed.lastLine].filter(Boolean).join(', '),
    geocoding,
    candidate: geocoding.outcome === 'multiple' ? geocoding.candidates[0] : match,
    internet: match && findInternet?.(match.place),
    microseconds: Math.round(microseconds * 10) / 10,
  }
}
