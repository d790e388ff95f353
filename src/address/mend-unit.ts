import { CUE } from './cues.ts'
import { isIdentifier } from './cut-units.ts'
import { LABEL } from './labels.ts'
import { isCount } from './mend-number.ts'
import { STRETCH } from './stretches.ts'
import type { Tokens } from './tokens.ts'
import { WORD_CLASS } from './word-classes.ts'

/** "HAPPY TRAILS MOBILE HOME PARK LOT 5": whether a name behind the street ends in a unit. */
export function endsInUnit({ keys, words }: Tokens, from: number, end: number): boolean {
  if (end - from < 2) return false
  const { unit, unitNeedsIdentifier, cues } = words[end - 2]!
  const isDesignator = (unit !== undefined && unitNeedsIdentifier) || (cues & CUE.unit) !== 0
  return isDesignator && isIdentifier(keys[end - 1]!)
}

/** "ID 83843 (NEAR THE LIBRARY)": a word behind the last line that neither is nor has a designator or a digit. */
export function isRemark({ keys, words }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  if (from === 0 || (labels[from - 1] !== LABEL.zip && labels[from - 1] !== LABEL.state)) return false
  for (let i = from; i < end; i++)
    if (words[i]!.unit !== undefined || keys[i]!.length < 3 || /\d/u.test(keys[i]!)) return false
  return true
}

/** Whether a word taken for a unit's designator is none. */
export function isNoUnit({ keys, words }: Tokens, at: number): boolean {
  const { unit, kind, cues } = words[at]!
  if ((cues & CUE.doubleUnit) !== 0 && words[at + 1]?.unit !== undefined) return false
  if ((cues & CUE.unit) !== 0 && isIdentifier(keys[at + 1] ?? '')) return false
  return unit === undefined && kind >= WORD_CLASS.word && kind <= WORD_CLASS.placeWord && keys[at] !== 'PMB'
}

/** "COUNTY ROAD 4 1/2", "25 1/2 RD": a fraction behind the number that names a street. */
export function isFractionOfName({ words, breaks }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  if (end - from > 1 || from < 2 || breaks[from] === true || words[from]!.kind !== WORD_CLASS.fraction) return false
  return STRETCH[labels[from - 1]!] === LABEL.predirectional && isCount(words[from - 1]!.kind)
}

/** Where a name of letters stands behind a unit's comma, "STOP 1110, MOODY A F B"; 0 where there is none. */
export function findUnitCut({ keys, words, breaks }: Tokens, from: number, end: number): number {
  let last = end - 1
  while (last > from && words[last]!.unit === undefined) last--
  for (let i = last + 1; i < end; i++) {
    if (breaks[i] === true && words[i]!.kind >= WORD_CLASS.word && keys[i]!.length > 3) return i
  }
  return 0
}

/** Where a unit ends with what stands behind it before the next comma: "SUITES 1 & 2", "RM 100 A-F", "STE 250 NORTH". */
export function findUnitEnd({ keys, words, breaks }: Tokens, labels: Uint8Array, from: number): number {
  let end = from
  // "FL 3RD": a designator that wants an identifier takes the next number
  const wants = words[from - 1]!.unitNeedsIdentifier && from < words.length && breaks[from] !== true
  if (wants && /^\d/u.test(keys[from]!) && !NUMBERS_OF_OTHERS.has(labels[from]!)) return from + 1
  for (; end < words.length && breaks[end] !== true; end++) {
    const isShort = keys[end]!.length <= 3 || words[end]!.directional !== undefined
    if (end - from === 2 || labels[end] !== LABEL.other || !isShort) return from
  }
  return end
}

/** Labels of numbers that are no unit's, whatever stands before them. */
const NUMBERS_OF_OTHERS = new Set<number>([LABEL.number, LABEL.zip, LABEL.plus4, LABEL.box])
