import type { PlanePoint } from './projection.ts'

/** A street's name where it fits on the drawing. */
export interface MapLabel {
  readonly name: string
  readonly x: number
  readonly y: number
  /** Degrees clockwise, never upside down. */
  readonly angle: number
  readonly isOwn: boolean
}

interface NamedLine {
  readonly name: string
  readonly points: readonly PlanePoint[]
  readonly isOwn: boolean
}

const MOST_LABELS = 9

/**
 * Chooses one place for each street's name: the middle of its longest piece in sight, the address's own street first,
 * and leaves out names that would lie on one another.
 */
export function placeLabels(lines: readonly NamedLine[], halfWidth: number, fontSize: number): MapLabel[] {
  const pieces = new Map<string, MapLabel & { readonly length: number }>()
  for (const { name, points, isOwn } of lines) {
    if (name === '') continue
    for (const [index, end] of points.entries()) {
      const start = points[index - 1]
      if (start === undefined) continue
      const piece = clip(start, end, halfWidth * 0.94)
      if (piece === undefined) continue
      const [from, to] = piece
      const length = Math.hypot(to.x - from.x, to.y - from.y)
      if (length <= (pieces.get(name)?.length ?? 0)) continue
      const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI
      const upright = angle > 90 ? angle - 180 : angle <= -90 ? angle + 180 : angle
      pieces.set(name, { name, x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, angle: upright, isOwn, length })
    }
  }
  const placed: MapLabel[] = []
  const ordered = [...pieces.values()].toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || b.length - a.length)
  for (const label of ordered) {
    const reach = (label.name.length * fontSize) / 3.4
    if (label.length < reach && !label.isOwn) continue
    const isFree = placed.every(
      (other) => Math.hypot(other.x - label.x, other.y - label.y) > reach + (other.name.length * fontSize) / 5,
    )
    if (isFree && placed.length < MOST_LABELS) placed.push(label)
  }
  return placed
}

/** The part of a line within the square of the drawing (Liang and Barsky). */
function clip(a: PlanePoint, b: PlanePoint, half: number): [PlanePoint, PlanePoint] | undefined {
  const dx = b.x - a.x
  const dy = b.y - a.y
  let enter = 0
  let leave = 1
  for (const [p, q] of [
    [-dx, a.x + half],
    [dx, half - a.x],
    [-dy, a.y + half],
    [dy, half - a.y],
  ] as const) {
    if (p === 0) {
      if (q < 0) return undefined
    } else if (p < 0) enter = Math.max(enter, q / p)
    else leave = Math.min(leave, q / p)
  }
  if (enter >= leave) return undefined
  const at = (t: number): PlanePoint => ({ x: a.x + t * dx, y: a.y + t * dy })
  return [at(enter), at(leave)]
}
