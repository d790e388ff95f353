import type { ParsedAddress } from '../address/index.ts'
import type { DataSet } from '../dataset/data-set.ts'
import { openStreetIndex } from '../dataset/streets/street-index.ts'
import type { StreetIndex } from '../dataset/streets/street-index.ts'
import type { Coordinates } from '../lib/coordinates.ts'
import { createAddressQuery } from './address-query.ts'
import type { AddressQuery, NumberReading } from './address-query.ts'
import { decodeCandidateId, encodeCandidateId } from './candidate-id.ts'
import { chooseMatches, unitOf } from './choose-matches.ts'
import type { Choice, Match } from './choose-matches.ts'
import { describePlace } from './describe-place.ts'
import type { Candidate, GeocodeResult, UnmatchedReason } from './geocode-result.ts'
import { findDifferences } from './find-differences.ts'
import { parseStreetNumber } from '../dataset/streets/street-number.ts'
import { placeNumber } from './place-number.ts'
import { rereadAddress } from './reread-address.ts'
import { suggest } from './suggest.ts'
import type { Suggestion } from './suggest.ts'
import { suggestRanges } from './suggest-ranges.ts'
import { parseUnit } from './unit.ts'

/** Finds where addresses are, in one data set. All calls are synchronous look-ups in it. */
export interface Geocoder {
  /**
   * Where the address is, several places it may mean, or why it cannot be told.
   *
   * A match rests on an address point or an address range; a street's middle or a ZIP's centre is never given as a
   * match. Where nothing fits well, that is said rather than the least bad place given. The hint, a point near the
   * address, settles between candidates that fit equally well.
   */
  geocode(address: ParsedAddress, hint?: Coordinates): GeocodeResult
  /** The candidate of an id that an earlier answer from this data set gave; `undefined` for any other text. */
  findCandidate(id: string): Candidate | undefined
  /** What an address that is being typed may become, at most ten. */
  suggest(text: string, limit?: number): Suggestion[]
}

export function createGeocoder(dataSet: Pick<DataSet, 'db'>): Geocoder {
  const index = openStreetIndex(dataSet)

  function describe(query: AddressQuery, match: Match): Candidate {
    const { numberText } = query
    const { street, placed, cost, parts } = match
    const unit = unitOf(query, match)
    const shown = { ...parts, primaryNumber: placed.match }
    for (const part of query.spelledOut) if (shown[part] === 'exact') shown[part] = 'abbreviated'
    return {
      id: encodeCandidateId({ streetId: street.streetId, numberText, unitText: unit?.text ?? '' }),
      place: describePlace(index, street, placed, {
        numberText,
        unitText: unit?.text,
        city:
          parts.city === 'exact' && query.city
            ? index.findCityName(street.areaId, query.city) || query.city
            : undefined,
      }),
      score: Math.round((1 - cost) * 1000) / 1000,
      parts: shown,
    }
  }

  /** The best of the parser's cut and, where that is not good enough, of other cuts. */
  function choose(address: ParsedAddress, hint: Coordinates | undefined): { query?: AddressQuery; choice: Choice } {
    const query = createAddressQuery(address)
    let best = { query, choice: query ? chooseMatches(index, query, hint) : NO_STREET }
    const cost = best.choice.outcome === 'failed' ? best.choice.cost : costOf(best.choice)
    if (cost <= GOOD_COST && best.choice.outcome !== 'multiple' && !isDoubtful(index, address)) return best
    const margin = REREAD_MARGIN - (leavesWords(address) ? UNREAD_COST : 0)
    for (const reread of rereadAddress(index, address)) {
      const other = createAddressQuery(reread)
      if (!other || (query && isSameQuery(query, other))) continue
      const choice = chooseMatches(index, other, hint)
      const isBetter = costOf(choice) + margin <= costOf(best.choice)
      if (isBetter || !best.query) best = { query: other, choice }
    }
    return best
  }

  function answer(query: AddressQuery, choice: Choice): GeocodeResult {
    if (choice.outcome === 'matched') return { outcome: 'matched', candidate: describe(query, choice.match) }
    if (choice.outcome === 'multiple') {
      const candidates = choice.matches.map((match) => describe(query, match))
      return { outcome: 'multiple', candidates, differIn: findDifferences(choice.matches, candidates) }
    }
    const [number = NO_NUMBER] = query.numbers
    const suggestions = suggestRanges(index, choice.streets, number)
    if (number !== NO_NUMBER) return { outcome: 'failed', reason: choice.reason, suggestions }
    const isKnownStreet = choice.reason === 'number_not_in_range'
    return { outcome: 'failed', reason: isKnownStreet ? 'number_missing' : 'not_an_address', suggestions }
  }

  return {
    geocode: (address, hint) => {
      const reason = findObstacle(address)
      if (reason) return { outcome: 'failed', reason, suggestions: [] }
      const { query, choice } = choose(address, hint)
      return query ? answer(query, choice) : { outcome: 'failed', reason: 'not_an_address', suggestions: [] }
    },
    findCandidate: (id) => {
      const key = decodeCandidateId(id)
      const street = key && index.findStreet(key.streetId)
      const number = key && parseStreetNumber(key.numberText)
      if (!key || !street || !number) return undefined
      const unit = key.unitText === '' ? undefined : parseUnit(key.unitText)
      const placed = placeNumber(index, street, [{ ...number, cost: 0, match: 'exact' }], unit)
      if (!placed) return undefined
      const parts: Candidate['parts'] = { primaryNumber: 'exact', streetName: 'exact' }
      const asked = { numberText: key.numberText, unitText: unit?.text, city: undefined }
      return { id, place: describePlace(index, street, placed, asked), score: 1, parts }
    },
    suggest: (text, limit) => suggest(index, text, limit),
  }
}

/** With more than this against it, an address is cut otherwise. */
const GOOD_COST = 0.1
/** Another cut than the parser's must be this much better. */
const REREAD_MARGIN = 0.04
/** What it costs that words between number and city are taken for neither street nor unit. */
const UNREAD_COST = 0.1
const NO_STREET: Choice = { outcome: 'failed', reason: 'street_unknown', streets: [], cost: Infinity }

function costOf(choice: Choice): number {
  if (choice.outcome === 'failed') return Infinity
  return choice.outcome === 'matched' ? choice.match.cost : (choice.matches[0]?.cost ?? Infinity)
}

/** Whether the parser found somebody's name, or a city that nobody knows: words that may be the street's. */
function isDoubtful(index: StreetIndex, { standardized: { recipient, city, state } }: ParsedAddress): boolean {
  return recipient !== undefined || (city !== undefined && index.findAreasOfCity(city, state).length === 0)
}

/** Whether the parser took words behind the number for a name beside the address. */
function leavesWords({ spans: { number, recipient } }: ParsedAddress): boolean {
  return number !== undefined && recipient !== undefined && recipient[0] > number[0]
}

function isSameQuery(a: AddressQuery, b: AddressQuery): boolean {
  return (
    a.street.key === b.street.key &&
    a.street.suffix === b.street.suffix &&
    a.numberText === b.numberText &&
    a.city === b.city
  )
}

/** Stands for the number of an address that has none: the street's lowest are suggested. */
const NO_NUMBER: NumberReading = { prefix: '', value: 0, suffix: '', cost: 0, match: 'missing' }

/** Why an address can have no place on a street; `undefined` when it may have one. */
function findObstacle({ standardized }: ParsedAddress): UnmatchedReason | undefined {
  if (standardized.primaryNumber !== undefined && standardized.streetName !== undefined) return undefined
  if (standardized.crossStreet !== undefined) return 'intersection'
  if (standardized.poBox !== undefined || standardized.generalDelivery !== undefined) return 'post_office_box'
  if (standardized.ruralRoute !== undefined || standardized.military !== undefined) return 'rural_route'
  return undefined
}
