import { LABEL } from './labels.ts'
import { findPlace } from './place-names.ts'
import { STATE_PAIRS } from './states.ts'
import { STRETCH } from './stretches.ts'
import type { Tokens } from './tokens.ts'
import { WORD_CLASS } from './word-classes.ts'

const isZip = (kind: number) => kind === WORD_CLASS.zipDigits || kind === WORD_CLASS.zipPlus4

/**
 * The two words of a state that were taken apart are the state's, and the city's where the state stands behind them:
 * "Brooklyn, New York, NY".
 */
export function joinStatePair({ keys }: Tokens, labels: Uint8Array, first: number): void {
  const next = first + 1
  if (next >= keys.length || labels[next] === LABEL.state || !STATE_PAIRS.has(`${keys[first]} ${keys[next]}`)) return
  labels.fill(labels[next + 1] === LABEL.state ? LABEL.city : LABEL.state, first, next + 1)
}

/** City, state and ZIP code in any order before the number: "84403, 12 Main St", "Ogden UT, 12 Main St". */
export function markLeadingLastLine({ keys, words, breaks }: Tokens, labels: Uint8Array): void {
  const count = keys.length
  let end = 1
  while (end < count && (breaks[end] !== true || !isNumber(words[end]!.kind) || isZip(words[end]!.kind))) end++
  if (end + 1 >= count) return
  let zip = -1
  let state = -1
  let stateEnd = -1
  for (let i = 0; i < end; i++) {
    const pair = i + 1 < end && STATE_PAIRS.has(`${keys[i]} ${keys[i + 1]}`)
    if (zip < 0 && isZip(words[i]!.kind)) zip = i
    else if (state < 0 && (pair || words[i]!.state !== undefined)) {
      state = i
      stateEnd = pair ? i + 2 : i + 1
    }
  }
  if (zip < 0 && state < 0) return
  // what is left is one place, or nothing
  let from = -1
  let stop = -1
  for (let i = 0; i < end; i++) {
    if (i === zip || (i >= state && i < stateEnd)) continue
    if (stop >= 0 && stop < i) return
    if (from < 0) from = i
    stop = i + 1
  }
  if (from >= 0 && findPlace(words, from, stop) === 0) return
  if (zip < 0 && from < 0) return
  if (from >= 0) labels.fill(LABEL.city, from, stop)
  if (state >= 0) labels.fill(LABEL.state, state, stateEnd)
  if (zip >= 0) labels[zip] = LABEL.zip
  labels[end] = LABEL.number
}

const isNumber = (kind: number) => kind <= WORD_CLASS.digitsHyphenLetter && kind !== WORD_CLASS.ordinal

/** A ZIP code before the city or the state that was taken for a unit: "12 Main St, 84403 Ogden UT". */
export function markZipBeforeCity({ words, breaks }: Tokens, labels: Uint8Array): void {
  for (let i = 2; i + 1 < words.length; i++) {
    if (labels[i] !== LABEL.unit || !isZip(words[i]!.kind)) continue
    const ofState = labels[i + 1] === LABEL.state && STRETCH[labels[i - 1]!] === LABEL.predirectional
    if (ofState || (breaks[i] === true && labels[i + 1] === LABEL.city)) labels[i] = LABEL.zip
  }
}

/** Words between the street's comma and the state that were taken for somebody's name: "12 Via Verde, Palos Verdes Estates CA". */
export function markUnknownCity({ breaks }: Tokens, labels: Uint8Array, state: number): void {
  let from = state
  while (from > 0 && breaks[from] !== true && labels[from - 1] === LABEL.other) from--
  if (from === state || from === 0 || breaks[from] !== true || STRETCH[labels[from - 1]!] !== LABEL.predirectional)
    return
  labels.fill(LABEL.city, from, state)
}

/** A known place that is all there is behind state and ZIP code: "12 Main St CA 90291 Venice". */
export function markTrailingCity({ words }: Tokens, labels: Uint8Array): void {
  const count = words.length
  let from = count
  while (from > 0 && labels[from - 1] !== LABEL.zip && labels[from - 1] !== LABEL.state) from--
  if (from > 0 && from < count && findPlace(words, from, count) !== 0) labels.fill(LABEL.city, from, count)
}

/** "100 Lincoln Nebraska": a number and a place, of which the place must be the street if the number is one. */
export function markStreetOfPlace({ words, breaks }: Tokens, labels: Uint8Array): void {
  if (labels[0] !== LABEL.unit || labels[1] !== LABEL.city || breaks[1] === true || !isNumber(words[0]!.kind)) return
  labels[0] = LABEL.number
  for (let i = 1; i < words.length && labels[i] === LABEL.city && breaks[i] !== true; i++) labels[i] = LABEL.streetName
}
