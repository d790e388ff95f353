import type { StandardizedParts } from '../address/index.ts'
import { lookUp } from '../address/lexicon.ts'

/** The secondary unit that was asked for. */
export interface AskedUnit {
  /** In USPS form: `APT 2B`, `BLDG 4 APT 2`. */
  readonly text: string
  /** Identifiers alone, the most telling first: of all levels, then of the innermost. */
  readonly keys: readonly string[]
}

/** The unit of a standardized address; `undefined` when it has none. */
export function readUnit(parts: StandardizedParts): AskedUnit | undefined {
  const { building, floor, unitDesignator, unit } = parts
  const innermost = [unitDesignator ?? (unit === undefined ? undefined : '#'), unit].filter(Boolean).join(' ')
  const text = [building, floor, innermost].filter(Boolean).join(' ')
  return text === '' ? undefined : parseUnit(text, innermost)
}

/** A unit from its text; `innermost` is its last level. */
export function parseUnit(text: string, innermost = text): AskedUnit {
  return { text, keys: [...new Set([unitKey(text), unitKey(innermost)])].filter((key) => key !== '') }
}

/**
 * What tells a unit of a building from the others: its identifiers without their designators, since `APT 4`, `UNIT 4`
 * and `# 04` are written for the same door. A designator that stands alone (`REAR`) is its own identifier.
 */
export function unitKey(text: string): string {
  const words = text
    .toUpperCase()
    .replaceAll('-', '')
    .replaceAll(/[^A-Z0-9 ]/g, ' ')
    .split(' ')
    .filter((word) => word !== '')
  const identifiers = words.filter((word) => lookUp(word).unit === undefined || word.length === 1)
  const telling = identifiers.length > 0 ? identifiers : words.map((word) => lookUp(word).unit ?? word)
  return telling.map((word) => word.replace(/^0+(?=.)/, '')).join(' ')
}
