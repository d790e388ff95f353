import type { Street, StreetIndex } from '../dataset/streets/street-index.ts'
import { parseStreetNumber } from '../dataset/streets/street-number.ts'
import { RANGE_FLAG } from '../dataset/streets/street-tables.ts'

const MAX_RANGES = 60

/**
 * House numbers of a street that are, or begin with, what has been typed: those of address points first, then numbers
 * that its ranges hold.
 */
export function completeNumber(index: StreetIndex, street: Street, typed: string, limit: number): string[] {
  const number = parseStreetNumber(typed)
  if (!number) return []
  const { prefix, value, suffix } = number
  const found = new Set<string>()
  if (hasNumber(index, street, prefix, value)) found.add(typed)
  if (suffix !== '') return [...found]
  for (let factor = 10; factor <= 1000 && found.size < limit; factor *= 10) {
    const low = value * factor
    const high = low + factor - 1
    const points = street.points > 0 ? index.findPointValues(street.streetId, prefix, low, high, limit) : []
    for (const point of points) found.add(`${prefix}${point}`)
    if (points.length > 0 || street.ranges === 0) continue
    for (const range of index.findRangesBetween(street.streetId, prefix, low, high, MAX_RANGES)) {
      for (let inside = firstInside(range, low); inside <= Math.min(high, range.high); inside += 2) {
        if (found.size >= limit) break
        found.add(`${prefix}${inside}`)
      }
    }
  }
  return [...found].slice(0, limit)
}

/** The lowest number of the range from `low` on, of the range's parity. */
function firstInside(range: { readonly low: number; readonly flags: number }, low: number): number {
  const start = Math.max(low, range.low)
  const parity = (range.flags & RANGE_FLAG.odd) !== 0 ? 1 : (range.flags & RANGE_FLAG.even) !== 0 ? 0 : start % 2
  return start % 2 === parity ? start : start + 1
}

function hasNumber(index: StreetIndex, street: Street, prefix: string, value: number): boolean {
  if (street.points > 0 && index.findPoints(street.streetId, prefix, value).length > 0) return true
  return index.findRangesHolding(street.streetId, prefix, value).some((range) => firstInside(range, value) === value)
}
