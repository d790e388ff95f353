import { CUE } from './cues.ts'
import { LABEL } from './labels.ts'
import { isNumberSign } from './number-sign.ts'
import { findStretchEnd, STRETCH } from './stretches.ts'
import type { Tokens } from './tokens.ts'

/**
 * Marks a street of Puerto Rico that is named like a number, and the development before it, "Urb Villa Fontana, Calle 5
 * #12"; or that was taken for somebody's name before the number, "Avenida Ashford 1010".
 */
export function markCalle({ keys, words }: Tokens, labels: Uint8Array): void {
  const at = words.findIndex(({ cues }) => (cues & CUE.calle) !== 0)
  if (STRETCH[labels[at]!] === LABEL.predirectional || at + 1 === keys.length) return
  if (/^(?:\d+|[A-Z])$/u.test(keys[at + 1]!)) labels.fill(LABEL.streetName, at, at + 2)
  else if (labels[at] === LABEL.other) {
    const end = findStretchEnd(labels, at, keys.length)
    if (end === keys.length || labels[end] !== LABEL.unit) return
    if (labels.subarray(0, keys.length).includes(LABEL.number)) return
    labels.fill(LABEL.streetName, at, end)
  } else return
  const urbanization = keys.indexOf('URB')
  if (urbanization >= 0 && urbanization < at) labels.fill(LABEL.urbanization, urbanization, at)
}

const BLOCKS = new Set(['BLQ', 'BLOQUE', 'BLOQ'])

/** Marks a house that is numbered by block, "Calle Bucare Blq 10 # 1", "Calle 16 Blq L1", and the street before it. */
export function markBlock({ keys, breaks }: Tokens, labels: Uint8Array): void {
  const at = keys.findIndex((key) => BLOCKS.has(key))
  if (!isBlock(keys[at + 1])) return
  let end = at + 2
  if (end + 1 < keys.length && isCasa(keys[end]!) && isBlock(keys[end + 1])) end += 2
  labels.fill(LABEL.number, at, end)
  let from = at
  while (from > 0 && breaks[from] !== true && labels[from - 1] !== LABEL.urbanization) from--
  labels.fill(LABEL.streetName, from, at)
}

const isBlock = (key: string | undefined) => key !== undefined && /^(?:[A-Z]{0,2}\d+|[A-Z]{1,2})$/u.test(key)

/** Whether the house's own number follows. */
const isCasa = (key: string) => key === 'CASA' || isNumberSign(key)

/** `10-1` of "Blq 10 # 1"; `undefined` where the words name no block. */
export function standardizeBlock(keys: readonly string[], from: number, end: number): string | undefined {
  if (!BLOCKS.has(keys[from]!)) return undefined
  return [keys[from + 1], ...keys.slice(from + 3, end)].join('-')
}
