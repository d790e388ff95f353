import type { Coordinates } from '../../lib/coordinates.ts'
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

interface UnblockedPoint {
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

/** Ranges are looked up by squares of this many degrees, each entered with the farthest reach around it. */
const CELL_DEGREES = 0.02
const REACH_DEGREES = 0.01

/**
 * Finds the block of address points: that of the nearest range of the point's own street, on the point's side.
 *
 * A street is mostly the boundary of two blocks, so the side decides. Ranges of the same ZIP come first; others of the
 * same street's name are asked only when none of those is near. The answer is `undefined` when the street has no range
 * near the point.
 */
export function createPointBlockFinder(
  ranges: readonly BlockedRange[],
  lineOf: (tlid: number) => readonly Coordinates[] | undefined,
): (point: UnblockedPoint) => number | undefined {
  let cells: Map<number, RangeWithLine[]> | undefined
  return (point) => {
    cells ??= enterIntoCells(ranges, lineOf)
    const near = cells.get(cellOf(point.coordinates.latitude, point.coordinates.longitude))
    return near && (nearestBlock(point, near, true) ?? nearestBlock(point, near, false))
  }
}

interface RangeWithLine extends BlockedRange {
  readonly line: readonly Coordinates[]
}

function cellOf(latitude: number, longitude: number): number {
  return Math.floor((latitude + 90) / CELL_DEGREES) * 100_000 + Math.floor((longitude + 180) / CELL_DEGREES)
}

function enterIntoCells(
  ranges: readonly BlockedRange[],
  lineOf: (tlid: number) => readonly Coordinates[] | undefined,
): Map<number, RangeWithLine[]> {
  const cells = new Map<number, RangeWithLine[]>()
  for (const range of ranges) {
    const line = lineOf(range.tlid)
    if (!line) continue
    const latitudes = line.map((point) => point.latitude)
    const longitudes = line.map((point) => point.longitude)
    const north = Math.max(...latitudes) + REACH_DEGREES + CELL_DEGREES
    const east = Math.max(...longitudes) + REACH_DEGREES + CELL_DEGREES
    const entered = new Set<number>()
    for (let latitude = Math.min(...latitudes) - REACH_DEGREES; latitude < north; latitude += CELL_DEGREES) {
      for (let longitude = Math.min(...longitudes) - REACH_DEGREES; longitude < east; longitude += CELL_DEGREES) {
        entered.add(cellOf(latitude, longitude))
      }
    }
    for (const cell of entered) {
      const known = cells.get(cell)
      if (known) known.push({ ...range, line })
      else cells.set(cell, [{ ...range, line }])
    }
  }
  return cells
}

function nearestBlock(point: UnblockedPoint, ranges: readonly RangeWithLine[], sameArea: boolean): number | undefined {
  let block: number | undefined
  let least = Infinity
  for (const range of ranges) {
    if (range.variantId !== point.variantId || (range.areaId === point.areaId) !== sameArea) continue
    const { distanceMeters, side } = positionToLine(point.coordinates, range.line)
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
