import { METERS_PER_DEGREE } from '../../lib/coordinates.ts'
import type { Coordinates } from '../../lib/coordinates.ts'

const RADIANS = Math.PI / 180

/** Where a point stands to a line. */
export interface LinePosition {
  readonly distanceMeters: number
  /** Relative to the line's direction. */
  readonly side: 'left' | 'right'
}

/** The distance of a point to the nearest place of a line, on a plane laid at the point; and its side. */
export function positionToLine(point: Coordinates, line: readonly Coordinates[]): LinePosition {
  const perLongitude = METERS_PER_DEGREE * Math.cos(point.latitude * RADIANS)
  let nearest = Infinity
  let cross = 0
  let lastX = 0
  let lastY = 0
  for (let index = 0; index < line.length; index++) {
    const vertex = line[index]!
    const x = (vertex.longitude - point.longitude) * perLongitude
    const y = (vertex.latitude - point.latitude) * METERS_PER_DEGREE
    if (index > 0) {
      const dx = x - lastX
      const dy = y - lastY
      const square = dx * dx + dy * dy
      const share = square === 0 ? 0 : Math.max(0, Math.min(1, -(lastX * dx + lastY * dy) / square))
      const distance = Math.hypot(lastX + share * dx, lastY + share * dy)
      if (distance < nearest) {
        nearest = distance
        cross = dy * lastX - dx * lastY
      }
    }
    lastX = x
    lastY = y
  }
  return { distanceMeters: nearest, side: cross < 0 ? 'right' : 'left' }
}
