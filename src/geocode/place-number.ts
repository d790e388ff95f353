import type { Street, StreetIndex, StoredPoint, StoredRange } from '../dataset/streets/street-index.ts'
import { RANGE_FLAG } from '../dataset/streets/street-tables.ts'
import { distanceMeters } from '../lib/coordinates.ts'
import type { Coordinates } from '../lib/coordinates.ts'
import type { NumberReading } from './address-query.ts'
import type { PartMatch, Place } from './geocode-result.ts'
import { interpolate } from './interpolate.ts'
import { unitKey } from './unit.ts'
import type { AskedUnit } from './unit.ts'

/** A house number placed on one street. */
export interface PlacedNumber {
  readonly precision: 'point' | 'range'
  readonly coordinates: Coordinates
  readonly uncertaintyMeters: number
  readonly block: number | null
  readonly cityId: number | null
  readonly sourceId: number
  readonly unit: Place['unit']
  /** Edge and side of a range; the same under each of the street's names. */
  readonly edgeSide: string | undefined
  /** What the number's differences take off the score. */
  readonly cost: number
  /** How many numbers its range spans, 0 for a point: the fewer, the likelier each of them is a house. */
  readonly span: number
  /** What makes the place less likely though nothing differs; weighed against other places only. */
  readonly doubt: number
  readonly match: PartMatch
}

/** What it costs the score that the number's letter is not in the data. */
const OTHER_SUFFIX_COST = 0.03
/** The doubt when the street's address points are loaded, but none for this number; and of an imputed range. */
const NO_POINT_DOUBT = 0.06
const IMPUTED_DOUBT = 0.005

/** From so many points for each side of an edge on, those of a street are taken to be all loaded. */
const POINTS_PER_RANGE = 2

const POINT_UNCERTAINTY_METERS = 20
/** Houses are spread unevenly along a range: a share of its length, besides the street's width and the set-back. */
const RANGE_UNCERTAINTY_METERS = 40
const RANGE_UNCERTAINTY_SHARE = 0.25

/**
 * Places a house number on a street: at its address point, else on the range that holds it.
 *
 * @returns `undefined` when the street has neither.
 */
export function placeNumber(
  index: StreetIndex,
  street: Pick<Street, 'streetId' | 'points' | 'ranges'>,
  numbers: readonly NumberReading[],
  unit: AskedUnit | undefined,
): PlacedNumber | undefined {
  if (street.points > 0) {
    for (const number of numbers) {
      const placed = placeOnPoint(index.findPoints(street.streetId, number.prefix, number.value), number, unit)
      if (placed) return placed
    }
  }
  if (street.ranges > 0) {
    for (const number of numbers) {
      const placed = placeOnRange(index, street, number, unit)
      if (placed) return placed
    }
  }
  return undefined
}

function placeOnPoint(
  points: readonly StoredPoint[],
  number: NumberReading,
  unit: AskedUnit | undefined,
): PlacedNumber | undefined {
  if (points.length === 0) return undefined
  const sameSuffix = points.filter((point) => point.suffix === number.suffix)
  // 10A without a point of its own is taken to be at 10; that 10 is one of 10A and 10B cannot be told.
  const here = sameSuffix.length > 0 ? sameSuffix : points.filter((point) => point.suffix === '')
  if (here.length === 0) return undefined
  const withUnits = here.filter((point) => point.unit !== '')
  const own = unit && findUnitPoint(withUnits, unit)
  const point = own ?? findBuildingPoint(here)
  let spread = 0
  if (!own) for (const other of here) spread = Math.max(spread, distanceMeters(point.coordinates, other.coordinates))
  return {
    precision: 'point',
    coordinates: point.coordinates,
    uncertaintyMeters: Math.round(POINT_UNCERTAINTY_METERS + spread),
    block: point.block,
    cityId: point.cityId,
    sourceId: point.sourceId,
    unit: unit ? (own ? 'known' : 'unknown') : withUnits.length > 0 ? 'needed' : 'none',
    edgeSide: undefined,
    cost: number.cost + (sameSuffix.length > 0 ? 0 : OTHER_SUFFIX_COST),
    span: 0,
    doubt: 0,
    match: sameSuffix.length > 0 ? number.match : 'corrected',
  }
}

function findUnitPoint(points: readonly StoredPoint[], unit: AskedUnit): StoredPoint | undefined {
  for (const key of unit.keys) {
    const exact = points.find((point) => point.unit === unit.text && unitKey(point.unit) === key)
    const own = exact ?? points.find((point) => unitKey(point.unit) === key)
    if (own) return own
  }
  return undefined
}

/** The point of the building itself, else the one in the midst of its units. */
function findBuildingPoint(points: readonly StoredPoint[]): StoredPoint {
  const bare = points.find((point) => point.unit === '')
  if (bare || points.length === 1) return bare ?? points[0]!
  const middle = { latitude: 0, longitude: 0 }
  for (const { coordinates } of points) {
    middle.latitude += coordinates.latitude / points.length
    middle.longitude += coordinates.longitude / points.length
  }
  let nearest = points[0]!
  for (const point of points) {
    if (distanceMeters(point.coordinates, middle) < distanceMeters(nearest.coordinates, middle)) nearest = point
  }
  return nearest
}

function placeOnRange(
  index: StreetIndex,
  street: Pick<Street, 'streetId' | 'points' | 'ranges'>,
  number: NumberReading,
  unit: AskedUnit | undefined,
): PlacedNumber | undefined {
  const ranges = index
    .findRangesHolding(street.streetId, number.prefix, number.value)
    .filter((range) => hasParity(range, number.value))
    .sort(compareRanges)
  const [best, ...others] = ranges
  if (!best) return undefined
  const point = interpolateNumber(index, best, number.value)
  if (!point) return undefined
  let uncertainty = RANGE_UNCERTAINTY_METERS + RANGE_UNCERTAINTY_SHARE * point.lengthMeters
  for (const other of others) {
    if (other.tlid === best.tlid) continue
    const elsewhere = interpolateNumber(index, other, number.value)
    if (elsewhere) uncertainty = Math.max(uncertainty, distanceMeters(point.coordinates, elsewhere.coordinates))
  }
  const imputed = (best.flags & RANGE_FLAG.imputed) !== 0
  return {
    precision: 'range',
    coordinates: point.coordinates,
    uncertaintyMeters: Math.round(uncertainty),
    block: best.block,
    cityId: best.cityId,
    sourceId: best.sourceId,
    unit: unit ? 'unknown' : 'none',
    edgeSide: `${best.tlid} ${best.flags & RANGE_FLAG.right}`,
    cost: number.cost,
    span: best.high - best.low + 1,
    doubt: (street.points >= POINTS_PER_RANGE * street.ranges ? NO_POINT_DOUBT : 0) + (imputed ? IMPUTED_DOUBT : 0),
    match: number.match,
  }
}

function hasParity({ flags }: StoredRange, value: number): boolean {
  if ((flags & RANGE_FLAG.odd) !== 0) return value % 2 === 1
  if ((flags & RANGE_FLAG.even) !== 0) return value % 2 === 0
  return true
}

/** Of several ranges that hold the number: one of its parity before one of both, the narrower before the wider. */
function compareRanges(a: StoredRange, b: StoredRange): number {
  return holdsBoth(a) - holdsBoth(b) || a.high - a.low - (b.high - b.low) || a.tlid - b.tlid || a.flags - b.flags
}

function holdsBoth({ flags }: StoredRange): number {
  return (flags & (RANGE_FLAG.odd | RANGE_FLAG.even)) === 0 ? 1 : 0
}

function interpolateNumber(index: StreetIndex, range: StoredRange, value: number) {
  const line = index.findLine(range.tlid)
  if (!line) return undefined
  const share = range.high === range.low ? 0.5 : (value - range.low) / (range.high - range.low)
  const fraction = (range.flags & RANGE_FLAG.downwards) === 0 ? share : 1 - share
  return interpolate(line, fraction, (range.flags & RANGE_FLAG.right) === 0 ? 'left' : 'right')
}
