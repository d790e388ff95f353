import { CUE } from './cues.ts'
import { VOCABULARY_SIZE, type Word } from './lexicon.ts'
import { findPlaceOfZip, findStateOfZip, isPlaceIn, placeAt, stepBack, wordsOfPlace } from './place-names.ts'
import { matchRoadType } from './road-types.ts'
import { STATE_PAIRS } from './states.ts'
import type { Tokens } from './tokens.ts'
import { WORD_CLASS, WORD_CLASSES } from './word-classes.ts'

const C = WORD_CLASSES.length
const V = VOCABULARY_SIZE
/** Kinds of evidence that a word belongs to a known place or a numbered road, times two for first word and further words; 0 is none. */
const PLACES = 15

/** Size of each feature template's own numbering; a word has one feature of each template at most. */
const TEMPLATE_SIZES = [
  C, // class
  V, // word
  V, // word before
  V, // word after
  C * C, // class before, class
  C * C, // class, class after
  C * C * C, // class before, class, class after
  C * 4, // class with breaks around
  C * 8, // class, before or after the house number, suffix seen
  C * 4, // class, distance from the end
  C * PLACES * 2, // class, place evidence, break before
  PLACES * 8, // place evidence, position against number and suffix
  C * PLACES, // class, place evidence after
  C * PLACES * PLACES, // class, place evidence, place evidence after
] as const

function offsets(sizes: readonly number[]): number[] {
  return sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0))
}

const OFFSETS = offsets(TEMPLATE_SIZES)

/** How many features there are; learned weights are for a part of them. */
export const FEATURE_COUNT = TEMPLATE_SIZES.reduce((sum, size) => sum + size, 0)

/**
 * What is seen at a word is told in compounds, each one number for several features, so that the weights of those can
 * be summed once and for all.
 */
const COMPOUND_SIZES = [
  C * C * C, // class before, class, class after
  V, // word
  V, // word before
  V, // word after
  C * 128, // class, breaks, position, distance from the end
  C * PLACES * PLACES * 16, // class, place evidence, place evidence after, break before, position
] as const

export const COMPOUNDS_PER_WORD = COMPOUND_SIZES.length

const COMPOUND_OFFSETS = offsets(COMPOUND_SIZES)

export const COMPOUND_COUNT = COMPOUND_SIZES.reduce((sum, size) => sum + size, 0)

/** The features that a compound stands for. */
export function featuresOf(compound: number): number[] {
  const kind = COMPOUND_OFFSETS.findLastIndex((offset) => compound >= offset)
  const number = compound - COMPOUND_OFFSETS[kind]!
  const feature = (template: number, its: number) => OFFSETS[template]! + its
  switch (kind) {
    case 0: {
      const itself = Math.floor(number / C) % C
      return [feature(0, itself), feature(4, Math.floor(number / C)), feature(5, number % (C * C)), feature(6, number)]
    }
    case 1:
    case 2:
    case 3:
      return number === 0 ? [] : [feature(kind, number)]
    case 4: {
      const itself = number >> 7
      return [
        feature(7, itself * 4 + ((number >> 5) & 3)),
        feature(8, itself * 8 + ((number >> 2) & 7)),
        feature(9, itself * 4 + (number & 3)),
      ]
    }
    default: {
      const position = number & 7
      const after = (number >> 4) % PLACES
      const withPlace = Math.floor((number >> 4) / PLACES)
      const place = withPlace % PLACES
      const itself = Math.floor(withPlace / PLACES)
      return [
        feature(10, withPlace * 2 + ((number >> 3) & 1)),
        feature(11, place * 8 + position),
        feature(12, itself * PLACES + after),
        feature(13, withPlace * PLACES + after),
      ]
    }
  }
}

/** A text's words as the tagger sees them; read it before the next text is observed. */
export interface Observation {
  readonly count: number
  /** Word classes, as transitions see them: that of word `i` at `i + 1`, 0 before the first. */
  readonly classes: Uint8Array
  /** `count` times `COMPOUNDS_PER_WORD` compounds. */
  readonly compounds: Int32Array
  /** Bits of `CUE`, of all words together. */
  readonly cues: number
}

/** Joins state names of two words, finds places, and numbers what is seen at each word of a text. */
export class Observer {
  #classes = new Uint8Array(66)
  #places = new Uint8Array(65)
  #compounds = new Int32Array(64 * COMPOUNDS_PER_WORD)

  observe(tokens: Tokens): Observation {
    const { keys, breaks, words } = tokens
    const count = keys.length
    if (count + 2 > this.#classes.length) this.#grow(count)
    const classes = this.#classes
    const places = this.#places
    const compounds = this.#compounds
    let firstNumber = -1
    let cues = 0
    for (let i = 0; i < count; i++) {
      const { kind, cues: own } = words[i]!
      cues |= own
      classes[i + 1] = kind
      places[i] = 0
      if (firstNumber < 0 && kind <= WORD_CLASS.digitsHyphenLetter && kind !== WORD_CLASS.ordinal) firstNumber = i
    }
    classes[count + 1] = 0
    places[count] = 0
    findPlaces(tokens, classes, places)
    if ((cues & CUE.road) !== 0) findRoads(tokens, places)

    let suffixSeen = 0
    let at = 0
    let before = 0
    let kind = count > 0 ? classes[1]! : 0
    let idBefore = 0
    let id = count > 0 ? words[0]!.id : 0
    let breaksHere = count > 0 && breaks[0] ? 1 : 0
    for (let i = 0; i < count; i++) {
      const left = count - 1 - i
      const after = classes[i + 2]!
      const idAfter = left > 0 ? words[i + 1]!.id : 0
      const breaksAfter = left > 0 && breaks[i + 1] ? 1 : 0
      const place = places[i]!
      const side = (firstNumber < 0 ? 0 : i < firstNumber ? 1 : i === firstNumber ? 2 : 3) * 2 + suffixSeen
      compounds[at] = (before * C + kind) * C + after
      compounds[at + 1] = WORD_OFFSET + id
      compounds[at + 2] = WORD_BEFORE_OFFSET + idBefore
      compounds[at + 3] = WORD_AFTER_OFFSET + idAfter
      compounds[at + 4] =
        POSITION_OFFSET + (((kind * 2 + breaksHere) * 2 + breaksAfter) * 8 + side) * 4 + (left > 3 ? 3 : left)
      compounds[at + 5] =
        PLACE_OFFSET + (((kind * PLACES + place) * PLACES + places[i + 1]!) * 2 + breaksHere) * 8 + side
      at += COMPOUNDS_PER_WORD
      if (
        firstNumber >= 0 &&
        i > firstNumber + 1 &&
        (kind === WORD_CLASS.suffix || kind === WORD_CLASS.street || kind === WORD_CLASS.suffixAbbreviation)
      ) {
        suffixSeen = 1
      }
      before = kind
      kind = after
      idBefore = id
      id = idAfter
      breaksHere = breaksAfter
    }
    return { count, classes, compounds, cues }
  }

  #grow(count: number): void {
    this.#classes = new Uint8Array(count * 2 + 2)
    this.#places = new Uint8Array(count * 2 + 1)
    this.#compounds = new Int32Array(count * 2 * COMPOUNDS_PER_WORD)
  }
}

const [, WORD_OFFSET = 0, WORD_BEFORE_OFFSET = 0, WORD_AFTER_OFFSET = 0, POSITION_OFFSET = 0, PLACE_OFFSET = 0] =
  COMPOUND_OFFSETS

/** Ways in which words before a state, a ZIP code, a break or the end are a known place, weakest first. */
const EVIDENCE = { named: 1, otherState: 2, ofState: 3, likeZip: 4, ofZip: 5, state: 6, road: 7 } as const

function findPlaces(tokens: Tokens, classes: Uint8Array, places: Uint8Array): void {
  const { keys, breaks, words } = tokens
  const count = keys.length
  let zip = 0
  let stateOfZip: string | undefined
  let end = count
  for (let i = count - 1; i > 0 && i >= count - 3; i--) {
    if (!isZipKind(classes[i + 1]!)) continue
    zip = findPlaceOfZip(keys[i]!.slice(0, 5))
    stateOfZip = findStateOfZip(keys[i]!)
    end = i + 1
    break
  }
  for (let anchor = end; anchor > 0; anchor--) {
    const pair =
      anchor > 1 && breaks[anchor - 1] !== true ? findStatePair(words[anchor - 2]!, keys[anchor - 1]!) : undefined
    // "MAIN ST W VA 22030" is in Virginia
    if (
      pair !== undefined &&
      (pair === stateOfZip || stateOfZip === undefined || words[anchor - 1]!.state !== stateOfZip)
    ) {
      places[anchor - 2] = EVIDENCE.state * 2 - 1
      places[anchor - 1] = EVIDENCE.state * 2
      classes[anchor - 1] = WORD_CLASS.stateFirst
      classes[anchor] = WORD_CLASS.stateSecond
    }
    const behind = anchor < count ? words[anchor]! : undefined
    if (
      behind === undefined ||
      breaks[anchor] === true ||
      behind.state !== undefined ||
      places[anchor] === EVIDENCE.state * 2 - 1 ||
      isZipKind(behind.kind) ||
      behind.kind === WORD_CLASS.country
    ) {
      const state = behind?.state ?? stateOfZip
      markPlace(tokens, classes, places, anchor, state, end - anchor <= 2 ? zip : 0)
    }
  }
}

/** Marks numbered roads, "Ky 1207", where no place stands. */
function findRoads({ keys, words }: Tokens, places: Uint8Array): void {
  const count = keys.length
  for (let i = 0; i + 1 < count; i++) {
    if ((words[i]!.cues & CUE.road) === 0 || places[i] !== 0) continue
    let at = i + 1
    while (at < count && at < i + 5 && !isRouteKind(words[at]!.kind)) at++
    if (at === count || at === i + 5) continue
    const road = matchRoadType(keys, i, count)
    if (road === undefined || !isRouteKind(words[i + road.length]!.kind)) continue
    for (let j = 0; j < road.length; j++) places[i + j] = EVIDENCE.road * 2 - 1
    places[i + road.length] = EVIDENCE.road * 2
    i += road.length
  }
}

const isRouteKind = (kind: number) =>
  (kind >= WORD_CLASS.digit1 && kind <= WORD_CLASS.digit4) || kind === WORD_CLASS.digitsLetter

const isZipKind = (kind: number) =>
  kind === WORD_CLASS.zipDigits || kind === WORD_CLASS.zipPlus4 || kind === WORD_CLASS.digit9

/** The code of the state whose name two words are; the first word's kind rules most pairs out at once. */
function findStatePair(first: Word, second: string): string | undefined {
  const { kind } = first
  // "WASHINGTON STATE" begins with a state's name itself
  if (
    kind !== WORD_CLASS.stateFirst &&
    kind !== WORD_CLASS.letter &&
    first.directional === undefined &&
    second !== 'STATE'
  ) {
    return undefined
  }
  return SECONDS.has(second) ? STATE_PAIRS.get(`${first.text} ${second}`) : undefined
}

const SECONDS = new Set([...STATE_PAIRS.keys()].map((pair) => pair.slice(pair.indexOf(' ') + 1)))

function markPlace(
  { keys, words, breaks }: Tokens,
  classes: Uint8Array,
  places: Uint8Array,
  end: number,
  state: string | undefined,
  ofZip: number,
): void {
  let best = 0
  let bestFrom = end
  // "Roaring Brook Twp" is told by its name
  const nameEnd = end > 1 && classes[end] === WORD_CLASS.owner ? end - 1 : end
  let node = 0
  for (let from = nameEnd - 1; from >= 0; from--) {
    const number = words[from]!.place
    if (number === 0 || (node = stepBack(node, number)) === 0) break
    const place = placeAt(node)
    if (place === 0) continue
    const evidence =
      place === ofZip
        ? EVIDENCE.ofZip
        : state === undefined
          ? EVIDENCE.named
          : isPlaceIn(place, state)
            ? EVIDENCE.ofState
            : EVIDENCE.otherState
    if (evidence >= best) {
      best = evidence
      bestFrom = from
    }
  }
  if (best < EVIDENCE.ofZip && ofZip !== 0) {
    const like = findLikeness(keys, end, wordsOfPlace(ofZip))
    if (like > 0 && (best < EVIDENCE.likeZip || end - like < bestFrom)) {
      best = EVIDENCE.likeZip
      bestFrom = end - like
    }
  }
  if (best === 0) return
  // "Gravenstein Hwy, N Sebastopol"
  if (bestFrom > 0 && breaks[bestFrom - 1] === true && words[bestFrom - 1]!.directional !== undefined) bestFrom--
  for (let i = bestFrom; i < end; i++) {
    if (places[i]! >= best * 2 - 1) return
  }
  for (let i = bestFrom; i < end; i++) places[i] = best * 2 - (i === bestFrom ? 1 : 0)
}

/** How many words before `end` are a shortened or slightly misspelt form of the place; 0 when they are not. */
function findLikeness(keys: readonly string[], end: number, wanted: readonly string[]): number {
  const from = end - wanted.length
  if (from < 0) return 0
  for (let i = 0; i < wanted.length; i++) {
    const word = wanted[i]!
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
