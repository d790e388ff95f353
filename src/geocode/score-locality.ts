import { cityKey } from '../dataset/streets/city-key.ts'
import { editDistance } from '../dataset/streets/edit-distance.ts'
import type { StreetIndex } from '../dataset/streets/street-index.ts'
import { areaState, areaZip } from '../dataset/streets/street-tables.ts'
import { distanceMeters } from '../lib/coordinates.ts'
import type { Coordinates } from '../lib/coordinates.ts'
import type { AddressQuery } from './address-query.ts'
import type { MatchedParts, StreetScore } from './score-street.ts'

/** What each difference of the last line takes off a score of 1. */
const COST = {
  zipUnknown: 0.02,
  zipNear: 0.08,
  zipMisspelt: 0.1,
  zipAway: 0.16,
  zipElsewhere: 0.4,
  cityUnknown: 0.01,
  cityMisspelt: 0.02,
  cityNear: 0.06,
  cityAway: 0.14,
  cityElsewhere: 0.3,
  zipWhereCityIsRight: 0.1,
  cityWhereZipIsRight: 0.04,
  stateWrong: 0.08,
}
/** ZIPs border each other within the first distance; a town may call itself after one within the second. */
const NEAR_METERS = 12_000
const AWAY_METERS = 30_000

/**
 * Compares areas of the data with the asked city, state and ZIP.
 *
 * A ZIP that is not the asked one is no proof against a street: boundaries of ZIPs are blurred in TIGER, towns are
 * called by their neighbours' names, and digits get swapped. So it costs by how far away the asked one is. The answer
 * is `undefined` when the area is in another state, or the asked place is elsewhere altogether.
 */
export function createLocalityScorer(
  index: StreetIndex,
  query: AddressQuery,
): (area: number) => StreetScore | undefined {
  const scores = new Map<number, StreetScore | undefined>()
  let cityCenters: readonly Coordinates[] | undefined
  const findCityCenters = () => (cityCenters ??= findCenters(index, query))
  return (area) => {
    let score = scores.get(area)
    if (score === undefined && !scores.has(area)) {
      score = scoreLocality(index, query, area, findCityCenters)
      scores.set(area, score)
    }
    return score
  }
}

function findCenters(index: StreetIndex, { city = '', state }: AddressQuery): Coordinates[] {
  return index.findAreasOfCity(city, state).flatMap((area) => {
    const zip = areaZip(area)
    const place = zip === undefined ? undefined : index.findZipPlace(zip)
    return place ? [place.coordinates] : []
  })
}

function scoreLocality(
  index: StreetIndex,
  query: AddressQuery,
  area: number,
  findCityCenters: () => readonly Coordinates[],
): StreetScore | undefined {
  const parts: MatchedParts = {}
  const zip = areaZip(area)
  const zipIsRight = query.zip !== undefined && query.zip === zip
  let stateCost = 0
  if (query.state !== undefined) {
    const stateIsRight = query.state === areaState(area)
    if (!stateIsRight && !zipIsRight) return undefined
    parts.state = stateIsRight ? 'exact' : 'wrong'
    if (!stateIsRight) stateCost = COST.stateWrong
  }
  const center = zip === undefined ? undefined : index.findZipPlace(zip)?.coordinates
  let zipCost = 0
  if (query.zip !== undefined) {
    zipCost = scoreZip(index, query.zip, zip, center)
    if (zipIsRight) parts.zip = 'exact'
    else parts.zip = zip === undefined ? 'missing' : zipCost <= COST.zipMisspelt ? 'corrected' : 'wrong'
  } else if (zip !== undefined) parts.zip = 'missing'
  let cityCost = 0
  if (query.city === undefined) parts.city = 'missing'
  else {
    cityCost = scoreCity(index, query, area, center, findCityCenters)
    if (cityCost === 0) parts.city = 'exact'
    else if (cityCost === COST.cityUnknown) parts.city = 'missing'
    else parts.city = cityCost <= COST.cityNear ? 'corrected' : 'wrong'
    if (zipIsRight) cityCost = Math.min(cityCost, COST.cityWhereZipIsRight)
    else if (cityCost === 0) zipCost = Math.min(zipCost, COST.zipWhereCityIsRight)
  }
  const cost = stateCost + zipCost + cityCost
  return cost >= COST.zipElsewhere ? undefined : { cost, parts }
}

function scoreZip(
  index: StreetIndex,
  asked: string,
  actual: string | undefined,
  actualCoordinates: Coordinates | undefined,
): number {
  if (asked === actual) return 0
  if (actual === undefined) return COST.zipUnknown
  const askedCoordinates = index.findZipPlace(asked)?.coordinates
  if (askedCoordinates && actualCoordinates) {
    const distance = distanceMeters(askedCoordinates, actualCoordinates)
    if (distance < NEAR_METERS) return COST.zipNear
    if (editDistance(asked, actual, 1) === 1) return distance < 3 * AWAY_METERS ? COST.zipMisspelt : COST.zipAway
    return distance < AWAY_METERS ? COST.zipAway : COST.zipElsewhere
  }
  if (editDistance(asked, actual, 1) === 1) return COST.zipMisspelt
  return asked.slice(0, 3) === actual.slice(0, 3) ? COST.zipAway : COST.zipElsewhere
}

function scoreCity(
  index: StreetIndex,
  { cityKey: asked = '' }: AddressQuery,
  area: number,
  center: Coordinates | undefined,
  findCityCenters: () => readonly Coordinates[],
): number {
  const known = index.findCityKeys(area)
  if (known.includes(asked)) return 0
  const allowed = asked.length < 4 ? 0 : asked.length < 7 ? 1 : 2
  if (allowed > 0 && known.some((key) => editDistance(key, asked, allowed) <= allowed)) return COST.cityMisspelt
  if (known.length === 0 || center === undefined) return COST.cityUnknown
  let distance = Infinity
  for (const cityCenter of findCityCenters()) distance = Math.min(distance, distanceMeters(cityCenter, center))
  if (distance < NEAR_METERS) return COST.cityNear
  // A name that no ZIP bears may be a village or a neighbourhood of this very place.
  return distance < AWAY_METERS || distance === Infinity ? COST.cityAway : COST.cityElsewhere
}

/** Whether the city of a point or range is the asked one; its area does not tell where it has no ZIP. */
export function isAskedCity(query: AddressQuery, city: string | undefined): boolean {
  return city !== undefined && cityKey(city) === query.cityKey
}
