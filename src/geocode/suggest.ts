import { formatAddress } from '../address/index.ts'
import type { Street, StreetIndex, StreetName } from '../dataset/streets/street-index.ts'
import { areaState, areaZip } from '../dataset/streets/street-tables.ts'
import { completeNumber } from './complete-number.ts'
import { readSuggestQuery } from './suggest-query.ts'
import type { SuggestQuery } from './suggest-query.ts'

/** What an address that is being typed may become. */
export interface Suggestion {
  /** In the form of the USPS: `29090 TIFFANY DR E, SOUTHFIELD, MI 48034`. */
  readonly text: string
  /** Absent where no number was typed, or the street has none that begins so. */
  readonly primaryNumber?: string | undefined
  readonly street: string
  readonly city?: string | undefined
  readonly state: string
  readonly zip?: string | undefined
}

const MAX_SUGGESTIONS = 10
const MAX_TYPED = 200
const MAX_NAMES = 24
/** Streets that are weighed against each other. */
const MAX_STREETS = 300
/** Of those, streets whose numbers are looked up. */
const MAX_NUMBERED = 40
/** Numbers that are offered of each street when there are several. */
const NUMBERS_EACH = 2
/** Letters of a name that must be typed before a misspelt one is looked for. */
const MIN_MISSPELT = 4
/** Letters of it that are tried with others, and names that are taken of each try. */
const MAX_VARIED = 9
const NAMES_EACH = 4
/** ZIPs of a city that streets are looked up in one by one; of more, all streets of the name are read. */
const FEW_AREAS = 40

/**
 * What has been typed so far, completed from the data set, at most ten: streets whose name begins so, with house
 * numbers that do, in the city or ZIP that has been begun. A street that has the typed number comes first, then the
 * street with more addresses. A misspelt name is tried when nothing begins with what is typed.
 */
export function suggest(index: StreetIndex, text: string, limit = MAX_SUGGESTIONS): Suggestion[] {
  const most = Math.min(limit, MAX_SUGGESTIONS)
  const typed = text.slice(0, MAX_TYPED)
  for (const findNames of [findWrittenNames, findMisspeltNames]) {
    for (const query of readSuggestQuery(typed)) {
      const suggestions = suggestFor(index, query, findNames(index, query), most)
      if (suggestions.length > 0) return suggestions
    }
  }
  return []
}

function findWrittenNames(index: StreetIndex, { nameKey, isNameWhole }: SuggestQuery): StreetName[] {
  return isNameWhole ? index.findNames(nameKey) : index.findNamesStarting(nameKey, MAX_NAMES)
}

function findMisspeltNames(index: StreetIndex, { nameKey, isNameWhole }: SuggestQuery): StreetName[] {
  if (nameKey.length < MIN_MISSPELT) return []
  const similar: StreetName[] = index.findSimilarNames(nameKey, 1)
  if (isNameWhole) return similar.slice(0, MAX_NAMES)
  const names = new Map(similar.map((name) => [name.nameId, name]))
  for (const findStarts of [startsWithLessOrSwapped, startsWithOtherLetters]) {
    if (names.size > 0) break
    for (const start of findStarts(nameKey)) {
      for (const name of index.findNamesStarting(start, NAMES_EACH)) names.set(name.nameId, name)
      if (names.size >= MAX_NAMES) break
    }
  }
  return [...names.values()].slice(0, MAX_NAMES)
}

function* startsWithLessOrSwapped(typed: string): Generator<string> {
  for (let at = 0; at < typed.length; at++) {
    const [before, here, behind] = [typed.slice(0, at), typed.charAt(at), typed.slice(at + 1)]
    yield before + behind
    if (behind !== '') yield before + behind.charAt(0) + here + behind.slice(1)
  }
}

/** People seldom get the first letter wrong, and with it the most would have to be tried. */
function* startsWithOtherLetters(typed: string): Generator<string> {
  for (let at = 1; at < Math.min(typed.length, MAX_VARIED); at++) {
    const [before, here, behind] = [typed.slice(0, at), typed.slice(at), typed.slice(at + 1)]
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
      yield before + letter + behind
      yield before + letter + here
    }
  }
}

function suggestFor(
  index: StreetIndex,
  query: SuggestQuery,
  names: readonly StreetName[],
  limit: number,
): Suggestion[] {
  const streets = findStreets(index, query, names)
  const { numberText } = query
  if (numberText === undefined) return streets.slice(0, limit).map((street) => describe(index, street, undefined))
  const exact: Suggestion[] = []
  const longer: Suggestion[] = []
  const each = streets.length === 1 ? limit : NUMBERS_EACH
  for (const street of streets.slice(0, MAX_NUMBERED)) {
    if (exact.length >= limit) break
    for (const number of completeNumber(index, street, numberText, each)) {
      const list = number === numberText ? exact : longer
      list.push(describe(index, street, number))
    }
  }
  const suggestions = [...exact, ...longer].slice(0, limit)
  return suggestions.length > 0
    ? suggestions
    : streets.slice(0, Math.min(3, limit)).map((street) => describe(index, street, undefined))
}

function findStreets(index: StreetIndex, query: SuggestQuery, names: readonly StreetName[]): Street[] {
  const { cityStart, state, zipStart, fits } = query
  const areas = cityStart === '' ? [] : index.findAreasOfCityStarting(cityStart, FEW_AREAS + 1)
  const isFewAreas = areas.length > 0 && areas.length <= FEW_AREAS
  const each =
    cityStart === '' && zipStart === '' ? Math.max(20, Math.floor(MAX_STREETS / Math.max(1, names.length))) : 2000
  const isThere = ({ areaId: area }: Street) =>
    (state === undefined || areaState(area) === state) &&
    (zipStart === '' || areaZip(area)?.startsWith(zipStart) === true) &&
    (cityStart === '' || index.findCityKeys(area).some((key) => key.startsWith(cityStart)))
  const found: Street[] = []
  for (const name of names) {
    const streets = isFewAreas
      ? areas.flatMap((area) => index.findStreetsInArea(name, area))
      : index.findStreets(name, state, each)
    for (const street of streets) if (fits(street) && isThere(street)) found.push(street)
    if (found.length >= MAX_STREETS) break
  }
  const isWhole = (street: Street) => (street.key === query.nameKey ? 0 : 1)
  return found.sort((a, b) => isWhole(a) - isWhole(b) || sizeOf(b) - sizeOf(a) || a.streetId - b.streetId)
}

/** About how many addresses a street has: a side of an edge has some five houses. */
function sizeOf({ points, ranges }: Street): number {
  return points + 5 * ranges
}

function describe(index: StreetIndex, street: Street, primaryNumber: string | undefined): Suggestion {
  const { predirectional, pretype, name: streetName, suffix, postdirectional } = street
  const state = areaState(street.areaId)
  const zip = areaZip(street.areaId)
  const city = zip === undefined ? undefined : index.findZipPlace(zip)?.city
  const parts = { predirectional, pretype, streetName, suffix, postdirectional }
  return {
    text: formatAddress({ ...parts, primaryNumber, city, state, zip }),
    primaryNumber,
    street: formatAddress(parts),
    city,
    state,
    zip,
  }
}
