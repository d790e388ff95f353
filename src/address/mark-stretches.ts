import { LABEL } from './labels.ts'
import { matchRoadType } from './road-types.ts'
import { BEHIND_STREET, STRETCH } from './stretches.ts'
import type { Tokens } from './tokens.ts'
import { WORD_CLASS } from './word-classes.ts'

/**
 * The words between two commas before the state are a city, if a street stands before them and nothing says otherwise:
 * "22836 OVERSEAS HWY, CUDJOE KEY, FL".
 */
export function markCity({ words, breaks }: Tokens, labels: Uint8Array, state: number): void {
  if (state < 2 || breaks[state] !== true) return
  let from = state
  let named = false
  do {
    from--
    const { kind, suffix, unit } = words[from]!
    const label = labels[from]
    const isName = label === LABEL.other && kind >= WORD_CLASS.letter
    if (!isName && !(label === LABEL.city && suffix) && !(label === LABEL.unitDesignator && unit)) return
    named ||= isName
  } while (from > 0 && breaks[from] !== true)
  if (!named) return
  let numbered = false
  for (let i = 0; i < from; i++) {
    numbered ||= labels[i] === LABEL.number
    if (!numbered || STRETCH[labels[i]!] !== LABEL.predirectional) continue
    labels.fill(LABEL.city, from, state)
    return
  }
}

/**
 * Two streets without a number, joined by a sign, where an ordinal, a suffix or a word such as "corner" shows that they
 * are streets: "5TH & MAIN". People and firms are joined so too.
 */
export function markCrossing(tokens: Tokens, labels: Uint8Array): void {
  const { keys, words, breaks } = tokens
  const count = keys.length
  let sign = -1
  for (let i = 0; i < count; i++) {
    if (labels[i] === LABEL.number || labels[i] === LABEL.crossStreet) return
    const { kind } = words[i]!
    const isSign = kind === WORD_CLASS.ampersand || kind === WORD_CLASS.at
    // "PINE ST X OAK ST"
    if (sign < 0 && (isSign || (keys[i] === 'X' && i > 0 && words[i - 1]!.suffix !== undefined))) sign = i
  }
  if (sign < 1 || sign + 1 >= count || keys[sign - 1] === 'CORNER' || breaks[sign + 1] === true) return
  let from = sign - 1
  while (from > 0 && breaks[from] !== true && keys[from - 1] !== 'OF' && keys[from - 1] !== 'CORNER') from--
  let end = sign + 1
  while (end < count && breaks[end] !== true && !BEHIND_STREET.has(labels[end]!)) end++
  if (end === sign + 1 || end - from > MOST_WORDS_OF_CROSSING) return
  const atCorner = from > 0 && (keys[from - 1] === 'CORNER' || CORNERS.has(keys[from - 2] ?? ''))
  if (!atCorner && !isStreetLike(tokens, from, sign) && !isStreetLike(tokens, sign + 1, end)) return
  labels.fill(LABEL.streetName, from, sign)
  labels[sign] = LABEL.separator
  labels.fill(LABEL.crossStreet, sign + 1, end)
}

/** "The corner of" before two streets is neither street nor name. */
export function unmarkCorner({ keys }: Tokens, labels: Uint8Array): void {
  const at = keys[0] === 'THE' ? 1 : 0
  if (CORNERS.has(keys[at]!) && keys[at + 1] === 'OF' && labels[at] === LABEL.other) {
    labels.fill(LABEL.separator, 0, at + 2)
  }
}

const MOST_WORDS_OF_CROSSING = 9
const CORNERS = new Set(['CORNER', 'CNR', 'INTERSECTION'])

/** Whether words are a street by their last one, by an ordinal, by a name that streets have everywhere, or a numbered road. */
function isStreetLike({ keys, words }: Tokens, from: number, end: number): boolean {
  const last = words[end - 1]!
  if (last.kind === WORD_CLASS.suffix || last.kind === WORD_CLASS.street) return true
  if (end - from === 1 && COMMON_STREETS.has(keys[from]!)) return true
  for (let i = from; i < end; i++) if (words[i]!.kind === WORD_CLASS.ordinal) return true
  return matchRoadType(keys, from, end) !== undefined
}

/** Nobody, and hardly a firm, is called by these alone: "Main & Elm". */
const COMMON_STREETS = new Set('MAIN BROADWAY MARKET ELM OAK MAPLE PINE CEDAR WALNUT CHESTNUT SPRUCE'.split(' '))

/** Of two states in a line the first may end the street's name: "3405 UNIVERSITY OF NC, CHAPEL HILL NC". */
export function markStateInName({ words, breaks }: Tokens, labels: Uint8Array, first: number): void {
  const next = first + 1
  if (first < 2 || next >= words.length || breaks[next] !== true || labels[next] !== LABEL.city) return
  if (labels.subarray(next, words.length).indexOf(LABEL.state) < 0) return
  let from = first
  while (from > 0 && breaks[from] !== true && (from === first || labels[from] === LABEL.city)) from--
  if (STRETCH[labels[from]!] === LABEL.predirectional) labels.fill(LABEL.streetName, from + 1, next)
}

/** Marks overseas mail, whose words leave no doubt: `PSC 3 BOX 402`, `BOX 402 PSC 3`, `UNIT 2050 BOX 12` before `APO`. */
export function markMilitary({ keys, words }: Tokens, labels: Uint8Array): void {
  const count = keys.length
  let at = -1
  let box = -1
  let overseas = false
  for (let i = 0; i < count; i++) {
    const { kind } = words[i]!
    if (kind === WORD_CLASS.military) {
      if (keys[i] === 'APO' || keys[i] === 'FPO' || keys[i] === 'DPO') overseas = true
      else at = i
    } else if (kind === WORD_CLASS.box) box = i
    else if (at < 0 && kind === WORD_CLASS.unit && keys[i] === 'UNIT') at = i
  }
  if (at < 0 || box < 0 || (keys[at] === 'UNIT' && !overseas)) return
  const from = Math.min(at, box)
  const end = Math.max(at, box) + 2
  // "CMR BOX 3333, APO" lacks the number of its mail room
  const isWhole = end - from === 4 || (end - from === 3 && overseas && at < box)
  if (end <= count && isWhole) labels.fill(LABEL.military, from, end)
}
