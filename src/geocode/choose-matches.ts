import type { Street, StreetIndex } from '../dataset/streets/street-index.ts'
import { distanceMeters } from '../lib/coordinates.ts'
import type { Coordinates } from '../lib/coordinates.ts'
import type { AddressQuery } from './address-query.ts'
import { findStreets } from './find-streets.ts'
import type { StreetCandidate } from './find-streets.ts'
import type { UnmatchedReason } from './geocode-result.ts'
import { placeNumber } from './place-number.ts'
import type { PlacedNumber } from './place-number.ts'
import { isAskedCity } from './score-locality.ts'
import type { AskedUnit } from './unit.ts'

/** A street that may be meant and has the number. */
export interface Match extends StreetCandidate {
  readonly placed: PlacedNumber
  /** The cost and the doubt together: by this matches are weighed against each other. */
  readonly weight: number
}

export type Choice =
  | { readonly outcome: 'matched'; readonly match: Match }
  | { readonly outcome: 'multiple'; readonly matches: readonly Match[] }
  | {
      readonly outcome: 'failed'
      readonly reason: Extract<UnmatchedReason, 'area_not_loaded' | 'street_unknown' | 'number_not_in_range'>
      readonly streets: readonly Street[]
      /** What stands against the first of the streets. */
      readonly cost: number
    }

/** A match may differ no more than this from what was asked. */
const MAX_MATCH_COST = 0.3
/** The best is taken when it is this much better than the next; else both are named. */
const MARGIN = 0.04
/** A street without the number that fits this much better than one with it is what was meant. */
const WITHOUT_NUMBER_MARGIN = 0.055
/** With this little against it, a street without the number is the one that was meant, and no misspelt one is. */
const RIGHT_NAME_COST = 0.1
const MAX_CANDIDATES = 10
const MAX_STREETS_SUGGESTED = 4
/** Streets of a round whose numbers are looked up. */
const MAX_PLACED = 300
/** Two finds of one street's number this close are one house, and so are two points this close. */
const SAME_STREET_METERS = 200
const SAME_POINT_METERS = 5
const WRONG_CITY_COST = 0.14

/** Looks for the streets that may be meant, places the number on each and weighs them against each other. */
export function chooseMatches(index: StreetIndex, query: AddressQuery, hint: Coordinates | undefined): Choice {
  if (isOutside(index, query)) return { outcome: 'failed', reason: 'area_not_loaded', streets: [], cost: Infinity }
  const matches: Match[] = []
  const without: StreetCandidate[] = []
  for (const { streets, settledCost, isNameExhausted } of findStreets(index, query)) {
    for (const candidate of streets.slice(0, MAX_PLACED)) {
      const placed = placeNumber(index, candidate.street, query.numbers, unitOf(query, candidate))
      if (placed) matches.push(withPlace(index, query, candidate, placed))
      else without.push(candidate)
    }
    const best = Math.min(...matches.map((match) => match.weight))
    const bestWithout = Math.min(...without.map((candidate) => candidate.cost))
    if (best <= settledCost || (isNameExhausted && bestWithout <= RIGHT_NAME_COST)) break
  }
  matches.sort(compareMatches)
  without.sort((a, b) => a.cost - b.cost)

  const [best] = matches
  const [nearest] = without
  const meant = nearest && nearest.cost <= MAX_MATCH_COST ? nearest : undefined
  if (best && best.weight <= MAX_MATCH_COST) {
    const isOtherStreet =
      meant && meant.cost + WITHOUT_NUMBER_MARGIN < best.weight && !isSameStreet(meant.street, best.street)
    if (!isOtherStreet) {
      const equal = matches.filter((match) => match.weight < best.weight + MARGIN && match.weight <= MAX_MATCH_COST)
      return choose(distinctPlaces(equal), hint)
    }
  }
  if (meant) {
    const streets = without.filter((candidate) => candidate.cost < meant.cost + MARGIN)
    return {
      outcome: 'failed',
      reason: 'number_not_in_range',
      streets: streets.slice(0, MAX_STREETS_SUGGESTED).map(({ street }) => street),
      cost: meant.cost,
    }
  }
  const similar = [...matches, ...without].sort((a, b) => a.cost - b.cost).slice(0, MAX_STREETS_SUGGESTED)
  const reason = isLoaded(index, query) ? 'street_unknown' : 'area_not_loaded'
  return { outcome: 'failed', reason, streets: similar.map(({ street }) => street), cost: Infinity }
}

/** The unit as the parser found it, unless this reading of the street finds another, or none. */
export function unitOf(query: AddressQuery, { reading }: StreetCandidate): AskedUnit | undefined {
  return reading.unit === undefined ? query.unit : (reading.unit ?? undefined)
}

function withPlace(index: StreetIndex, query: AddressQuery, candidate: StreetCandidate, placed: PlacedNumber): Match {
  let cost = candidate.cost + placed.cost
  let { parts } = candidate
  const hasZip = candidate.street.areaId % 100_000 !== 0
  if (!hasZip && query.city !== undefined && placed.cityId !== null) {
    const isAsked = isAskedCity(query, index.findCity(placed.cityId))
    parts = { ...parts, city: isAsked ? 'exact' : 'wrong' }
    if (!isAsked) cost += WRONG_CITY_COST
  }
  return { ...candidate, parts, cost, placed, weight: cost + placed.doubt }
}

/** The likeliest first: of equal ones a point before a range, and the narrower range before the wider. */
function compareMatches(a: Match, b: Match): number {
  return a.weight - b.weight || a.placed.span - b.placed.span || a.street.streetId - b.street.streetId
}

/** Names that are written alike but for a blank (Stud Horse, Studhorse) are told apart by it when nothing else does. */
function choose(matches: readonly Match[], hint: Coordinates | undefined): Choice {
  const [first, ...others] = matches
  if (first && others.length === 0) return { outcome: 'matched', match: first }
  const literal = matches.filter((match) => match.street.name === match.reading.name && match.weight === first?.weight)
  if (literal.length === 1 && literal[0] && matches.every(({ street }) => street.key === first?.street.key)) {
    return { outcome: 'matched', match: literal[0] }
  }
  if (hint) {
    const byDistance = matches
      .map((match) => ({ match, distance: distanceMeters(hint, match.placed.coordinates) }))
      .sort((a, b) => a.distance - b.distance)
    const [near, next] = byDistance
    if (near && next && near.distance * 3 < next.distance) return { outcome: 'matched', match: near.match }
  }
  return { outcome: 'multiple', matches: matches.slice(0, MAX_CANDIDATES) }
}

/** One match for each place: a street's other name, its part in the next ZIP, or its point beside its range go. */
function distinctPlaces(matches: readonly Match[]): Match[] {
  const distinct: Match[] = []
  for (const match of matches) {
    const same = distinct.findIndex((known) => isSamePlace(known, match))
    if (same === -1) distinct.push(match)
    else if (distinct[same]!.placed.precision === 'range' && match.placed.precision === 'point') distinct[same] = match
  }
  return distinct
}

function isSamePlace(a: Match, b: Match): boolean {
  if (a.placed.edgeSide !== undefined && a.placed.edgeSide === b.placed.edgeSide) return true
  const distance = distanceMeters(a.placed.coordinates, b.placed.coordinates)
  if (a.placed.precision === 'point' && b.placed.precision === 'point' && distance <= SAME_POINT_METERS) return true
  return isSameStreet(a.street, b.street) && distance <= SAME_STREET_METERS
}

/** Whether two streets have the same name, types and directionals: mostly one street that runs through several ZIPs. */
function isSameStreet(a: Street, b: Street): boolean {
  return (
    a.key === b.key &&
    a.predirectional === b.predirectional &&
    a.pretype === b.pretype &&
    a.suffix === b.suffix &&
    a.postdirectional === b.postdirectional
  )
}

/** Whether the address is in a state of which nothing is loaded. */
function isOutside(index: StreetIndex, { state, zip }: AddressQuery): boolean {
  if (state === undefined || index.hasState(state)) return false
  return zip === undefined || index.findAreasOfZip(zip).length === 0
}

/** Whether streets of the asked place are in the data set at all. */
function isLoaded(index: StreetIndex, { state, zip, city }: AddressQuery): boolean {
  if (zip !== undefined && index.findAreasOfZip(zip).length > 0) return true
  if (city !== undefined) return index.findAreasOfCity(city, state).some((area) => index.hasArea(area))
  if (zip !== undefined) return false
  return state === undefined || index.hasState(state)
}
