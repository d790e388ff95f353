import { VOCABULARY_SIZE, type Word } from './lexicon.ts'
import { findPlacesOfZip, findStateOfZip, findStatesOfPlace, placeWord } from './place-names.ts'
import type { Tokens } from './tokenize.ts'
import { WORD_CLASS, WORD_CLASSES } from './word-classes.ts'

const C = WORD_CLASSES.length
const V = VOCABULARY_SIZE
/** Kinds of evidence that a word belongs to a known place, times two for first word and further words; 0 is none. */
const PLACES = 13

/** Size of each feature template's own numbering; a word has one feature of each template at most. */
const TEMPLATE_SIZES = [
  C, // class
  V, // word
  V, // word before
  V, // word after
  C * C, // class before, class
  C * C, // class, class after
  C * C * C, // class before, class, class after
  C * C, // the two classes after
  C * 4, // class with breaks around
  C * 8, // class, before or after the house number, suffix seen
  C * 4, // class, distance from the end
  C * PLACES * 2, // class, place evidence, break before
  C * PLACES, // class, place evidence of the next word
  PLACES * 8, // place evidence, position against number and suffix
  C * C, // the two classes before
] as const

export const TEMPLATE_COUNT = TEMPLATE_SIZES.length

const OFFSETS: readonly number[] = TEMPLATE_SIZES.map((_, i) => TEMPLATE_SIZES.slice(0, i).reduce((a, b) => a + b, 0))

/** How many features there are; learned weights are for a part of them. */
export const FEATURE_COUNT = TEMPLATE_SIZES.reduce((a, b) => a + b, 0)

/** A text's words as the tagger sees them. */
export interface Observation {
  readonly count: number
  /** Word classes, as transitions see them. */
  readonly classes: Uint8Array
  /** `count` times `TEMPLATE_COUNT` feature numbers. */
  readonly features: Int32Array
}

/** Looks the words up, joins state names of two words, finds places, and numbers what is seen at each word. */
export function observe({ keys, breaks, words }: Tokens): Observation {
  const count = keys.length
  const classes = new Uint8Array(count + 4)
  // two leading zeros and two trailing ones stand for the text's ends
  for (let i = 0; i < count; i++) classes[i + 2] = words[i]!.kind
  const places = findPlaces(keys, breaks, words, classes)
  const features = new Int32Array(count * TEMPLATE_COUNT)

  let firstNumber = -1
  for (let i = 0; i < count; i++) {
    const kind = classes[i + 2]!
    if (kind <= WORD_CLASS.digitsHyphenLetter && kind !== WORD_CLASS.ordinal && kind > 0) {
      firstNumber = i
      break
    }
  }
  let suffixSeen = 0
  let at = 0
  for (let i = 0; i < count; i++) {
    const kind = classes[i + 2]!
    const before = classes[i + 1]!
    const before2 = classes[i]!
    const after = classes[i + 3]!
    const after2 = classes[i + 4]!
    const id = words[i]!.id
    const place = places[i]!
    const breaksHere = breaks[i] ? 1 : 0
    const breaksAfter = breaks[i + 1] ? 1 : 0
    const side = (firstNumber < 0 ? 0 : i < firstNumber ? 1 : i === firstNumber ? 2 : 3) * 2 + suffixSeen
    const left = count - 1 - i
    features[at] = kind
    features[at + 1] = OFFSETS[1]! + id
    features[at + 2] = OFFSETS[2]! + (i > 0 ? words[i - 1]!.id : 0)
    features[at + 3] = OFFSETS[3]! + (left > 0 ? words[i + 1]!.id : 0)
    features[at + 4] = OFFSETS[4]! + before * C + kind
    features[at + 5] = OFFSETS[5]! + kind * C + after
    features[at + 6] = OFFSETS[6]! + (before * C + kind) * C + after
    features[at + 7] = OFFSETS[7]! + after * C + after2
    features[at + 8] = OFFSETS[8]! + kind * 4 + breaksHere * 2 + breaksAfter
    features[at + 9] = OFFSETS[9]! + kind * 8 + side
    features[at + 10] = OFFSETS[10]! + kind * 4 + (left > 3 ? 3 : left)
    features[at + 11] = OFFSETS[11]! + (kind * PLACES + place) * 2 + breaksHere
    features[at + 12] = OFFSETS[12]! + kind * PLACES + (left > 0 ? places[i + 1]! : 0)
    features[at + 13] = OFFSETS[13]! + place * 8 + side
    features[at + 14] = OFFSETS[14]! + before2 * C + before
    at += TEMPLATE_COUNT
    if (
      firstNumber >= 0 &&
      i > firstNumber + 1 &&
      (kind === WORD_CLASS.suffix || kind === WORD_CLASS.street || kind === WORD_CLASS.suffixAbbreviation)
    ) {
      suffixSeen = 1
    }
  }
  return { count, classes: classes.subarray(2, count + 2), features }
}

/** Ways in which words before a state, a ZIP code, a break or the end are a known place, weakest first. */
const EVIDENCE = { named: 1, otherState: 2, ofState: 3, likeZip: 4, ofZip: 5, state: 6 } as const

function findPlaces(
  keys: readonly string[],
  breaks: readonly boolean[],
  words: readonly Word[],
  classes: Uint8Array,
): Uint8Array {
  const count = keys.length
  const places = new Uint8Array(count)
  for (let i = 0; i + 1 < count; i++) {
    const kind = classes[i + 2]!
    if (kind === WORD_CLASS.stateFirst || kind >= WORD_CLASS.directionalLetter || kind === WORD_CLASS.letter) {
      if (isStatePair(keys[i]!, keys[i + 1]!)) {
        places[i] = EVIDENCE.state * 2 - 1
        places[i + 1] = EVIDENCE.state * 2
        i++
      }
    }
  }
  let zip = ''
  let stateOfZip: string | undefined
  let end = count
  for (let i = count - 1; i > 0 && i >= count - 3; i--) {
    const kind = classes[i + 2]!
    if (kind === WORD_CLASS.zipDigits || kind === WORD_CLASS.zipPlus4 || kind === WORD_CLASS.digit9) {
      zip = keys[i]!.slice(0, 5)
      stateOfZip = findStateOfZip(zip)
      end = i + 1
      break
    }
  }
  for (let anchor = end; anchor > 0; anchor--) {
    // the word behind the anchor
    const kind = anchor < count ? classes[anchor + 2]! : 0
    const behind = anchor < count ? words[anchor]! : undefined
    const open =
      anchor === count ||
      breaks[anchor] === true ||
      behind?.state !== undefined ||
      (places[anchor]! >= EVIDENCE.state * 2 - 1 && places[anchor]! % 2 === 1) ||
      kind === WORD_CLASS.zipDigits ||
      kind === WORD_CLASS.zipPlus4 ||
      kind === WORD_CLASS.digit9 ||
      kind === WORD_CLASS.country
    if (!open) continue
    const state = behind?.state ?? stateOfZip
    const atZip = zip !== '' && end - anchor <= 2
    markPlace(keys, words, classes, places, anchor, state, atZip ? zip : '')
  }
  return places
}

function isStatePair(first: string, second: string): boolean {
  return STATE_PAIRS.has(`${first} ${second}`)
}

const STATE_PAIRS = new Set(
  [
    'NEW YORK,NEW JERSEY,NEW MEXICO,NEW HAMPSHIRE,NORTH CAROLINA,NORTH DAKOTA,SOUTH CAROLINA,SOUTH DAKOTA',
    'WEST VIRGINIA,RHODE ISLAND,PUERTO RICO,VIRGIN ISLANDS,N CAROLINA,S CAROLINA,N DAKOTA,S DAKOTA,W VIRGINIA,W VA',
    'N Y,N J,N C,S C,N D,S D,N H,N M,R I,W V,D C,P R',
  ]
    .join(',')
    .split(','),
)

function markPlace(
  keys: readonly string[],
  words: readonly Word[],
  classes: Uint8Array,
  places: Uint8Array,
  end: number,
  state: string | undefined,
  zip: string,
): void {
  const ofZip = zip ? findPlacesOfZip(zip) : undefined
  let best = 0
  let bestFrom = end
  // "Roaring Brook Twp" is told by its name
  const nameEnd = end > 1 && classes[end + 1] === WORD_CLASS.owner ? end - 1 : end
  if (words[nameEnd - 1]!.endsPlace || words[nameEnd - 1]!.suffix !== undefined) {
    let name = ''
    for (let from = nameEnd - 1; from >= 0 && from >= nameEnd - 4; from--) {
      const kind = classes[from + 2]!
      if (kind < WORD_CLASS.letter && kind !== WORD_CLASS.digit6) break
      const word = placeWord(keys[from]!)
      name = name ? `${word} ${name}` : word
      const states = findStatesOfPlace(name)
      if (!states) continue
      const evidence = ofZip?.includes(name)
        ? EVIDENCE.ofZip
        : state === undefined
          ? EVIDENCE.named
          : states.includes(state)
            ? EVIDENCE.ofState
            : EVIDENCE.otherState
      if (evidence >= best) {
        best = evidence
        bestFrom = from
      }
    }
  }
  if (best < EVIDENCE.ofZip && ofZip) {
    for (const place of ofZip) {
      const like = findLikeness(keys, end, place)
      if (like > 0 && (best < EVIDENCE.likeZip || end - like < bestFrom)) {
        best = EVIDENCE.likeZip
        bestFrom = end - like
      }
    }
  }
  if (best === 0) return
  for (let i = bestFrom; i < end; i++) {
    if (places[i]! >= best * 2 - 1) return
  }
  for (let i = bestFrom; i < end; i++) places[i] = best * 2 - (i === bestFrom ? 1 : 0)
}

/** How many words before `end` are a shortened or slightly misspelt form of the place; 0 when they are not. */
function findLikeness(keys: readonly string[], end: number, place: string): number {
  const wanted = place.split(' ')
  const from = end - wanted.length
  if (from < 0) return 0
  for (const [i, word] of wanted.entries()) {
    const key = keys[from + i]!
    if (key !== word && !(isShortened(key, word) && (wanted.length > 1 || key.length > 2)) && !isMisspelt(key, word)) {
      return 0
    }
  }
  return wanted.length
}

/** Whether the key's letters stand in this order in the word, the first one first: `BH` for `BEACH`. */
function isShortened(key: string, word: string): boolean {
  if (key.charCodeAt(0) !== word.charCodeAt(0) || key.length >= word.length) return false
  let at = 0
  for (let i = 0; i < word.length && at < key.length; i++) if (word.charCodeAt(i) === key.charCodeAt(at)) at++
  return at === key.length
}

/** Whether one letter changed, lost, added or swapped makes the word of the key; short words must be right. */
function isMisspelt(key: string, word: string): boolean {
  const difference = key.length - word.length
  if (word.length < 4 || difference > 1 || difference < -1) return false
  let from = 0
  while (from < key.length && key.charCodeAt(from) === word.charCodeAt(from)) from++
  let back = 0
  while (
    back < key.length - from &&
    back < word.length - from &&
    key.charCodeAt(key.length - 1 - back) === word.charCodeAt(word.length - 1 - back)
  ) {
    back++
  }
  const keyLeft = key.length - from - back
  const wordLeft = word.length - from - back
  if (keyLeft <= 1 && wordLeft <= 1) return true
  return (
    keyLeft === 2 &&
    wordLeft === 2 &&
    key.charCodeAt(from) === word.charCodeAt(from + 1) &&
    key.charCodeAt(from + 1) === word.charCodeAt(from)
  )
}
