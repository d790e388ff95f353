import type { Street, StreetIndex, StreetName } from '../dataset/streets/street-index.ts'
import { areaId, areaState } from '../dataset/streets/street-tables.ts'
import type { AddressQuery } from './address-query.ts'
import { createLocalityScorer } from './score-locality.ts'
import { scoreStreet } from './score-street.ts'
import type { MatchedParts } from './score-street.ts'
import type { StreetReading } from './street-reading.ts'

/** A street that the address may mean. */
export interface StreetCandidate {
  readonly street: Street
  readonly reading: StreetReading
  readonly cost: number
  readonly parts: MatchedParts
}

/** What one widening of the search brought. */
interface SearchRound {
  /** The nearest to what was asked first. */
  readonly streets: readonly StreetCandidate[]
  /** With no more than this against the best so far, no later round can bring one as good. */
  readonly settledCost: number
  /** Whether all streets that bear the name as it is written have been seen. */
  readonly isNameExhausted: boolean
}

/** What may stand against a street so that the search need not go on: less than what a wider round's streets cost. */
const SETTLED = { asWritten: 0.04, exact: 0.1, oneEdit: 0.2, twoEdits: 0.3 }
/** Streets of one name that are looked at in a whole state, or in all states where none is known. */
const MAX_STREETS_OF_STATE = 5000
const MAX_STREETS_OF_ALL = 200
/** Misspelt names that are looked up in a whole state. */
const MAX_SIMILAR_NAMES = 200
/** A city with more ZIPs than this is read through by the state's streets of the name. */
const MANY_AREAS = 24
/** A street that differs more than this from what was asked is another street. */
const MAX_COST = 0.45

/**
 * The streets that an address may mean, in rounds that widen: the name as written in the asked ZIP, then in the asked
 * city, then in the state; then names that differ by a letter or two, near and in the state.
 *
 * A round is asked for only when those before it did not settle the matter, so an address without errors costs a
 * handful of look-ups.
 */
export function* findStreets(index: StreetIndex, query: AddressQuery): Generator<SearchRound> {
  const localityOf = createLocalityScorer(index, query)
  const { zip, city } = query
  const zipAreas = zip === undefined ? [] : index.findAreasOfZip(zip)
  const states = findStates(index, query, zipAreas)

  const seen = new Set<number>()
  const collect = (
    named: readonly { reading: StreetReading; names: readonly StreetName[]; edits?: number }[],
    find: (name: StreetName) => Iterable<Street>,
  ): StreetCandidate[] => {
    const found = new Map<number, StreetCandidate>()
    for (const { reading, names, edits = 0 } of named) {
      for (const name of names) {
        for (const street of find(name)) {
          if (seen.has(street.streetId)) continue
          const locality = localityOf(street.areaId)
          if (!locality) continue
          const own = scoreStreet(reading, street, edits)
          const cost = own.cost + locality.cost
          const known = found.get(street.streetId)
          if (cost > MAX_COST || (known && known.cost <= cost)) continue
          found.set(street.streetId, { street, reading, cost, parts: { ...own.parts, ...locality.parts } })
        }
      }
    }
    for (const streetId of found.keys()) seen.add(streetId)
    return [...found.values()].sort((a, b) => a.cost - b.cost || a.street.streetId - b.street.streetId)
  }
  const inAreas = (areas: readonly number[]) =>
    function* (name: StreetName): Generator<Street> {
      if (areas.length <= MANY_AREAS) {
        for (const area of areas) yield* index.findStreetsInArea(name, area)
        return
      }
      const wanted = new Set(areas)
      for (const street of inStates(name)) if (wanted.has(street.areaId)) yield street
    }
  function* inStates(name: StreetName): Generator<Street> {
    if (states.length === 0) yield* index.findStreets(name, undefined, MAX_STREETS_OF_ALL)
    for (const state of states) yield* index.findStreets(name, state, MAX_STREETS_OF_STATE)
  }

  const asWritten = [{ reading: query.street, names: index.findNames(query.street.key) }]
  if (zipAreas.length > 0) {
    yield { streets: collect(asWritten, inAreas(zipAreas)), settledCost: SETTLED.asWritten, isNameExhausted: false }
  }

  const readings = [query.street, ...query.readOtherwise()]
  const cityAreas = city === undefined ? [] : index.findAreasOfCity(city, query.state)
  const nearAreas = [...new Set([...zipAreas, ...cityAreas, ...states.map((state) => areaId(state, undefined))])]
  const exactNames = readings.map((reading) => ({ reading, names: index.findNames(reading.key) }))
  if (nearAreas.length > 0) {
    yield { streets: collect(exactNames, inAreas(nearAreas)), settledCost: SETTLED.exact, isNameExhausted: false }
  }
  yield { streets: collect(exactNames, inStates), settledCost: SETTLED.exact, isNameExhausted: true }

  for (const edits of [1, 2] as const) {
    const keys = new Set<string>()
    const similarNames = readings.flatMap((reading) => {
      if (keys.has(reading.key)) return []
      keys.add(reading.key)
      return index.findSimilarNames(reading.key, edits).map((name) => ({ reading, names: [name], edits: name.edits }))
    })
    const settledCost = edits === 1 ? SETTLED.oneEdit : SETTLED.twoEdits
    if (nearAreas.length > 0 && nearAreas.length <= MANY_AREAS) {
      yield { streets: collect(similarNames, inAreas(nearAreas)), settledCost, isNameExhausted: true }
    }
    const nearest = similarNames.sort((a, b) => a.edits - b.edits).slice(0, MAX_SIMILAR_NAMES)
    yield { streets: collect(nearest, inStates), settledCost, isNameExhausted: true }
  }
}

/** The asked state, else those of the ZIP. */
function findStates(index: StreetIndex, { state, zip }: AddressQuery, zipAreas: readonly number[]): string[] {
  if (state !== undefined) return [state]
  const states = new Set(zipAreas.map(areaState))
  const place = zip === undefined ? undefined : index.findZipPlace(zip)
  if (place) states.add(place.state)
  return [...states]
}
