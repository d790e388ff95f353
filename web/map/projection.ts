import type { Position } from './street-map.ts'

const METERS_PER_DEGREE = 111_195
const RADIANS = Math.PI / 180

/** A point of the drawing in metres east and south of its middle. */
export interface PlanePoint {
  readonly x: number
  readonly y: number
}

/** Lays degrees out flat around a middle; good to a metre within the few kilometres of a map. */
export type Project = (position: Position) => PlanePoint

export function projectAround([middleLongitude, middleLatitude]: Position): Project {
  const metersPerLongitude = METERS_PER_DEGREE * Math.cos(middleLatitude * RADIANS)
  return ([longitude, latitude]) => ({
    x: (longitude - middleLongitude) * metersPerLongitude,
    y: (middleLatitude - latitude) * METERS_PER_DEGREE,
  })
}

/** The middle of the box around positions. */
export function middleOf(positions: readonly Position[]): Position {
  const longitudes = positions.map(([longitude]) => longitude)
  const latitudes = positions.map(([, latitude]) => latitude)
  return [
    (Math.min(...longitudes) + Math.max(...longitudes)) / 2,
    (Math.min(...latitudes) + Math.max(...latitudes)) / 2,
  ]
}

/** A line beside another, `meters` to its left (negative: right) as one walks along it. */
export function besideLine(points: readonly PlanePoint[], meters: number): PlanePoint[] {
  return points.map((point, index) => {
    const before = points[index - 1] ?? point
    const after = points[index + 1] ?? point
    const length = Math.hypot(after.x - before.x, after.y - before.y) || 1
    return {
      x: point.x + (meters * (after.y - before.y)) / length,
      y: point.y - (meters * (after.x - before.x)) / length,
    }
  })
}

/** An SVG path through points. */
export function toPath(points: readonly PlanePoint[], isClosed = false): string {
  const steps = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
  return steps.join('') + (isClosed ? 'Z' : '')
}
