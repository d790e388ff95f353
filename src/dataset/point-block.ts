import type { Coordinates } from '../lib/coordinates.ts'
import { positionToLine } from './street-geometry.ts'
import { RANGE_FLAG } from './street-tables.ts'

/** A side of an edge whose face's block is known. */
export interface BlockedRange {
  readonly variantId: number
  readonly areaId: number
  readonly prefix: string
  readonly low: number
  readonly high: number
  readonly flags: number
  readonly tlid: number
  readonly block: number
}

export interface UnblockedPoint {
  readonly variantId: number
  readonly areaId: number
  readonly prefix: string
  readonly value: number
  readonly coordinates: Coordinates
}

/** A house stands within this of its street's line when its number does not tell which edge it is on … */
const NEAR_METERS = 150
/** … and within this where the edge's range holds its number: farms stand far back. */
const NUMBERED_METERS = 600
/** What it costs a range to lie across the street from the point, or not to hold its number. */
const ACROSS_METERS = 25
const OTHER_NUMBER_METERS = 15

/**
 * The block of an address point: that of the nearest range of the point's own street, on the point's side.
 *
 * A street is mostly the boundary of two blocks, so the side decides. Ranges of the same ZIP come first; others of the
 * same street's name are asked only when none of those is near.
 *
 * @returns `undefined` when the street has no range near the point.
 */
export function findPointBlock(
  point: UnblockedPoint,
  ranges: readonly BlockedRange[],
  lineOf: (tlid: number) => readonly Coordinates[] | undefined,
): number | undefined {
  return nearestBlock(point, ranges, lineOf, true) ?? nearestBlock(point, ranges, lineOf, false)
}

function nearestBlock(
  point: UnblockedPoint,
  ranges: readonly BlockedRange[],
  lineOf: (tlid: number) => readonly Coordinates[] | undefined,
  sameArea: boolean,
): number | undefined {
  let block: number | undefined
  let least = Infinity
  for (const range of ranges) {
    if (range.variantId !== point.variantId || (range.areaId === point.areaId) !== sameArea) continue
    const line = lineOf(range.tlid)
    const start = line?.[0]
    if (!line || !start || Math.abs(start.latitude - point.coordinates.latitude) > 0.5) continue
    const { distanceMeters, side } = positionToLine(point.coordinates, line)
    const holdsNumber = range.prefix === point.prefix && range.low <= point.value && point.value <= range.high
    if (distanceMeters > (holdsNumber ? NUMBERED_METERS : NEAR_METERS)) continue
    const across = (side === 'right') !== ((range.flags & RANGE_FLAG.right) !== 0)
    const cost = distanceMeters + (across ? ACROSS_METERS : 0) + (holdsNumber ? 0 : OTHER_NUMBER_METERS)
    if (cost < least) {
      least = cost
      block = range.block
    }
  }
  return block
}
