import { CUE } from './cues.ts'
import { LABEL } from './labels.ts'
import { isCount } from './mend-number.ts'
import { isNumberSign } from './number-sign.ts'
import { findNumberInWords, joinsNumbers } from './standardize-number.ts'
import { STRETCH } from './stretches.ts'
import type { Tokens } from './tokens.ts'
import { WORD_CLASS } from './word-classes.ts'

/** The number of a house where it is more than one word: "123 & 125 Maple Ave", "12 - 45 River Rd", "Twenty-One South St". */
export function markNumber(tokens: Tokens, labels: Uint8Array, at: number): void {
  const { keys, words, breaks, hyphens } = tokens
  const { kind } = words[at]!
  if (kind === WORD_CLASS.numberWord) {
    markNumberInWords(tokens, labels, at)
    return
  }
  if (at + 2 >= keys.length) return
  const next = words[at + 1]!.kind
  if (at > 0 && (words[at - 1]!.cues & CUE.unit) !== 0 && isCount(next) && isStreet(labels, at + 2, keys.length)) {
    // "Villa 12, 45 Main St", "Villa 12 - 45 Main St"
    labels[at - 1] = LABEL.unitDesignator
    labels[at] = LABEL.unit
    labels[at + 1] = LABEL.number
    return
  }
  const isParted = breaks[at + 1] === true && labels[at + 1] === LABEL.number
  if (!isCount(kind)) {
    // "7-Eleven, 12 Main St"
    if (isParted && isCount(next)) labels[at] = LABEL.other
    return
  }
  const last = findLastOfList(tokens, at)
  if (last > at && isStreet(labels, last + 1, keys.length)) labels.fill(LABEL.number, at + 1, last + 1)
  else if (hyphens[at + 1] === true && isCount(next) && isStreet(labels, at + 2, keys.length))
    labels[at + 1] = LABEL.number
  else if (isParted && keys[at + 1]!.length > keys[at]!.length) {
    // "7, 12 Main St"; "1,250 Main St" has no blank
    if (tokens.starts[at + 1]! > tokens.ends[at]! + 1) labels[at] = LABEL.unit
  }
}

/** The last number of a list that begins at `at`: "123 & 125", "123, 125", "123, 125 & 127"; `at` where there is none. */
function findLastOfList({ keys, words, breaks }: Tokens, at: number): number {
  let last = at
  while (last + 2 < keys.length) {
    if (isCount(words[last + 2]!.kind) && joinsNumbers(keys[last + 1])) last += 2
    else if (breaks[last + 1] === true && isCount(words[last + 1]!.kind) && keys[last + 1]!.length === keys[at]!.length)
      last++
    else break
  }
  return last
}

const isStreet = (labels: Uint8Array, at: number, count: number) =>
  at < count && STRETCH[labels[at]!] === LABEL.predirectional

/** What roads and places are named after by their number: "Six Mile Rd", "Twelve Oaks Mall". */
const COUNTED = new Set(
  'MILE MILES OAKS PINES ELMS TREES RIVERS LAKES PONDS CREEKS FORKS HILLS SPRINGS FALLS POINTS CORNERS SEASONS WINDS ACRES SISTERS BROTHERS MOUNDS BRIDGES STONES ROCKS MILLS NOTCH PEAKS STAR STARS FLAGS'.split(
    ' ',
  ),
)

/** A number in words is one whole, and none where the name counts something. */
function markNumberInWords({ keys, words }: Tokens, labels: Uint8Array, at: number): void {
  // "TWENTY" may have been taken for a name before the number
  let from = at
  while (from > 0 && words[from - 1]!.kind === WORD_CLASS.numberWord) from--
  const end = findNumberInWords(keys, from)
  if (end >= keys.length || end <= at) return
  if (COUNTED.has(keys[end]!) && from + 1 === end) labels.fill(LABEL.streetName, from, end)
  else labels.fill(LABEL.number, from, end)
}

/** A number that stands behind its sign and was taken for a direction, "No. 12 Main St", or in words: "One World Trade Center". */
export function findFirstNumber({ keys, words, breaks }: Tokens, labels: Uint8Array): void {
  const count = keys.length
  if (count < 3) return
  if (isNumberSign(keys[0]) && isCount(words[1]!.kind) && STRETCH[labels[2]!] === LABEL.predirectional && !breaks[2]) {
    labels.fill(LABEL.number, 0, 2)
    return
  }
  const end = findNumberInWords(keys, 0)
  if (end === 0) return
  let stop = end
  while (stop < count && STRETCH[labels[stop]!] === STRETCH[labels[0]!] && breaks[stop] !== true) stop++
  if (stop - end < 2 || words[stop - 1]!.suffix === undefined || COUNTED.has(keys[end]!)) return
  labels.fill(LABEL.number, 0, end)
  labels.fill(LABEL.streetName, end, stop)
}
