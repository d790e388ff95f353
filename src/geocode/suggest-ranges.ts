import { formatDeliveryLine } from '../address/index.ts'
import type { Street, StreetIndex } from '../dataset/streets/street-index.ts'
import { areaZip } from '../dataset/streets/street-tables.ts'
import type { NumberReading } from './address-query.ts'
import type { RangeSuggestion } from './geocode-result.ts'

const MAX_SUGGESTIONS = 5
const MAX_RANGES = 2000

/**
 * The ranges and numbers of a street that lie nearest to a number it does not have, nearest first. Both sides of an
 * edge count as one range.
 */
export function suggestRanges(
  index: StreetIndex,
  streets: readonly Street[],
  number: NumberReading,
): RangeSuggestion[] {
  const near: { readonly gap: number; readonly suggestion: RangeSuggestion }[] = []
  for (const street of streets) {
    const line = formatDeliveryLine({
      predirectional: street.predirectional,
      pretype: street.pretype,
      streetName: street.name,
      suffix: street.suffix,
      postdirectional: street.postdirectional,
    })
    const add = (prefix: string, low: number, high: number) => {
      const gap = number.value < low ? low - number.value : Math.max(0, number.value - high)
      const suggestion = {
        street: line,
        lowNumber: `${prefix}${low}`,
        highNumber: `${prefix}${high}`,
        zip: areaZip(street.areaId),
      }
      near.push({ gap: prefix === number.prefix ? gap : gap + 1e6, suggestion })
    }
    const edges = new Map<string, { prefix: string; low: number; high: number }>()
    if (street.ranges > 0) {
      for (const { prefix, low, high, tlid } of index.findRanges(street.streetId, MAX_RANGES)) {
        const key = `${tlid} ${prefix}`
        const known = edges.get(key)
        edges.set(key, { prefix, low: Math.min(low, known?.low ?? low), high: Math.max(high, known?.high ?? high) })
      }
    }
    for (const { prefix, low, high } of edges.values()) add(prefix, low, high)
    if (street.points > 0 && edges.size === 0) {
      const { prefix, value } = number
      const [below] = index.findPointValuesBelow(street.streetId, prefix, value, 1)
      const [above] = index.findPointValues(street.streetId, prefix, value, Number.MAX_SAFE_INTEGER, 1)
      for (const point of [below, above]) if (point !== undefined) add(prefix, point, point)
    }
  }
  near.sort((a, b) => a.gap - b.gap)
  return near.slice(0, MAX_SUGGESTIONS).map(({ suggestion }) => suggestion)
}
