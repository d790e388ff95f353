import { METERS_PER_DEGREE } from '../lib/coordinates.ts'
import type { Coordinates } from '../lib/coordinates.ts'

const RADIANS = Math.PI / 180

/** Where a number lies on an edge. */
export interface InterpolatedPoint {
  readonly coordinates: Coordinates
  readonly lengthMeters: number
}

/**
 * The point at a fraction of a line's length, moved off the line to one side.
 *
 * A house stands beside its street, and a street is mostly the boundary of two census blocks, so that a point on the
 * centre line would belong to either.
 *
 * @returns `undefined` for a line of fewer than two points.
 */
export function interpolate(
  line: readonly Coordinates[],
  fraction: number,
  side: 'left' | 'right',
  offsetMeters = 10,
): InterpolatedPoint | undefined {
  const first = line[0]
  if (!first || line.length < 2) return undefined
  const perLongitude = METERS_PER_DEGREE * Math.cos(first.latitude * RADIANS)
  const lengths: number[] = []
  let lengthMeters = 0
  for (let index = 1; index < line.length; index++) {
    const length = Math.hypot(
      (line[index]!.longitude - line[index - 1]!.longitude) * perLongitude,
      (line[index]!.latitude - line[index - 1]!.latitude) * METERS_PER_DEGREE,
    )
    lengths.push(length)
    lengthMeters += length
  }
  let rest = Math.min(1, Math.max(0, fraction)) * lengthMeters
  let at = 0
  while (at < lengths.length - 1 && rest > lengths[at]!) rest -= lengths[at++]!
  const length = lengths[at]!
  const from = line[at]!
  const to = line[at + 1]!
  const share = length === 0 ? 0 : Math.min(1, rest / length)
  const east = (to.longitude - from.longitude) * perLongitude
  const north = (to.latitude - from.latitude) * METERS_PER_DEGREE
  const turn = length === 0 ? 0 : ((side === 'right' ? 1 : -1) * offsetMeters) / length
  return {
    coordinates: {
      latitude: from.latitude + (to.latitude - from.latitude) * share - (east * turn) / METERS_PER_DEGREE,
      longitude: from.longitude + (to.longitude - from.longitude) * share + (north * turn) / perLongitude,
    },
    lengthMeters,
  }
}
