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

interface Piece {
  readonly line: NamedLine
  readonly from: PlanePoint
  readonly to: PlanePoint
  readonly length: number
}

const MOST_LABELS = 9
/** Where along a piece a name may stand, the best first. */
const SHARES = [0.5, 0.28, 0.72]

/**
 * Chooses one place for each street's name along its longest piece in sight, the address's own street first, and leaves
 * out names that would lie on one another or on a point.
 */
export function placeLabels(
  lines: readonly NamedLine[],
  points: readonly PlanePoint[],
  { halfWidth, fontSize }: { readonly halfWidth: number; readonly fontSize: number },
): MapLabel[] {
  const placed: MapLabel[] = []
  const longestFirst = findLongestPieces(lines, halfWidth * 0.94).toSorted(
    (a, b) => Number(b.line.isOwn) - Number(a.line.isOwn) || b.length - a.length,
  )
  for (const { line, from, to, length } of longestFirst) {
    const reach = (line.name.length * fontSize) / 3.6
    if (placed.length >= MOST_LABELS || (length < reach && !line.isOwn)) continue
    const spots = SHARES.map((share) => ({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) }))
    const free = spots.find(
      ({ x, y }) =>
        points.every((point) => Math.hypot(point.x - x, point.y - y) > reach) &&
        placed.every((other) => Math.hypot(other.x - x, other.y - y) > reach + (other.name.length * fontSize) / 5),
    )
    const spot = free ?? (line.isOwn ? spots[1] : undefined)
    if (spot === undefined) continue
    const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI
    const upright = angle > 90 ? angle - 180 : angle <= -90 ? angle + 180 : angle
    placed.push({ name: line.name, ...spot, angle: upright, isOwn: line.isOwn })
  }
  return placed
}

function findLongestPieces(lines: readonly NamedLine[], half: number): Piece[] {
  const pieces = new Map<string, Piece>()
  for (const line of lines) {
    for (const [index, end] of line.points.entries()) {
      const start = line.points[index - 1]
      const piece = start && clip(start, end, half)
      if (piece === undefined || line.name === '') continue
      const [from, to] = piece
      const length = Math.hypot(to.x - from.x, to.y - from.y)
      if (length > (pieces.get(line.name)?.length ?? 0)) pieces.set(line.name, { line, from, to, length })
    }
  }
  return [...pieces.values()]
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
