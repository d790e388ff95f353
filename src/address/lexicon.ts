import { readFileSync } from 'node:fs'
import { CUE, CUE_WORDS } from './cues.ts'
import unitRows from './data/secondary-units.json' with { type: 'json' }
import suffixRows from './data/street-suffixes.json' with { type: 'json' }
import wordRows from './data/words.json' with { type: 'json' }
import { misspell } from './misspellings.ts'
import { findPlaceOfZip, findPlaceWord, listPlaceWords } from './place-names.ts'
import { ROAD_TYPE_BEGINNINGS } from './road-types.ts'
import { MISSPELT_STATE_WORDS, STATES } from './states.ts'
import { hashOf, WordTable } from './word-table.ts'
import { WORD_CLASS } from './word-classes.ts'

/** What is known of a word by itself. */
export interface Word {
  /** Index into `WORD_CLASSES`. */
  readonly kind: number
  /** Number in the tagger's vocabulary; 0 for words outside. */
  readonly id: number
  readonly directional: string | undefined
  readonly suffix: string | undefined
  readonly unit: string | undefined
  /** Whether the unit's designator wants an identifier (`APT`), or stands alone (`REAR`). */
  readonly unitNeedsIdentifier: boolean
  readonly state: string | undefined
  /** Its number in place names; 0 for a word that none has. */
  readonly place: number
  /** Bits of `CUE`: what it may be besides its class. */
  readonly cues: number
  /** The word itself; empty for what no list holds. */
  readonly text: string
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const words = new WordTable<Mutable<Word>>()

function blank(kind: number, text = ''): Mutable<Word> {
  return {
    kind,
    id: 0,
    directional: undefined,
    suffix: undefined,
    unit: undefined,
    unitNeedsIdentifier: false,
    state: undefined,
    place: text ? findPlaceWord(text) : 0,
    cues: 0,
    text,
  }
}

function entry(text: string): Mutable<Word> {
  const known = words.find(text, 0, text.length, hashOf(text))
  if (known) return known
  const word = blank(shapeOf(text), text)
  words.add(word)
  return word
}

const isDigit = (code: number) => code >= 48 && code <= 57
const isLetter = (code: number) => code >= 65 && code <= 90

/** The class of a word that no list holds, by its looks. */
function shapeOf(text: string): number {
  const length = text.length
  let digits = 0
  let letters = 0
  let hyphenAt = -1
  let slash = false
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (isDigit(code)) digits++
    else if (code === 45) hyphenAt = i
    else if (code === 47) slash = true
    else letters++
  }
  const startsWithDigit = isDigit(text.charCodeAt(0))
  if (digits === length) {
    if (length === 5) return findPlaceOfZip(text) !== 0 ? WORD_CLASS.zipDigits : WORD_CLASS.digit5
    if (length === 9) return WORD_CLASS.digit9
    return length < 5 ? WORD_CLASS.digit1 + length - 1 : WORD_CLASS.digit6
  }
  // a ZIP code that was a spreadsheet's number, ZIP+4 written with a period
  if (digits === 6 && length === 7 && text.endsWith('.0')) return WORD_CLASS.zipDigits
  if (digits === 9 && length === 10 && text.charCodeAt(5) === 46) return WORD_CLASS.zipPlus4
  if (digits === 0) {
    if (length === 1) return isLetter(text.charCodeAt(0)) ? WORD_CLASS.letter : WORD_CLASS.mixed
    return length === 2 ? WORD_CLASS.twoLetters : WORD_CLASS.word
  }
  if (slash) return letters === 0 && digits + 1 === length ? WORD_CLASS.fraction : WORD_CLASS.mixed
  if (hyphenAt >= 0) {
    if (letters === 0) return hyphenAt === 5 && length === 10 ? WORD_CLASS.zipPlus4 : WORD_CLASS.digitsHyphenDigits
    return startsWithDigit ? WORD_CLASS.digitsHyphenLetter : WORD_CLASS.letterDigits
  }
  if (startsWithDigit) {
    if (isDigit(text.charCodeAt(length - 1))) return WORD_CLASS.grid
    if (letters === 2 && digits + 2 === length && isOrdinal(text)) return WORD_CLASS.ordinal
    return letters <= 2 ? WORD_CLASS.digitsLetter : WORD_CLASS.mixed
  }
  // N112W16350: digits between letters
  if (isDigit(text.charCodeAt(length - 1))) {
    let turns = 0
    for (let i = 1; i < length; i++) if (isDigit(text.charCodeAt(i)) !== isDigit(text.charCodeAt(i - 1))) turns++
    return turns > 1 ? WORD_CLASS.grid : WORD_CLASS.letterDigits
  }
  return WORD_CLASS.mixed
}

function isOrdinal(text: string): boolean {
  const end = text.slice(-2)
  return end === 'TH' || end === 'ST' || end === 'ND' || end === 'RD'
}

for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') entry(letter)

for (const text of ROAD_TYPE_BEGINNINGS) entry(text).cues |= CUE.road

for (const text of listPlaceWords()) {
  const word = entry(text)
  if (word.kind === WORD_CLASS.word) word.kind = WORD_CLASS.placeWord
}

const COMMON_SUFFIXES = new Set(
  'AVE BLVD CIR CT DR HWY LN PKWY PL RD SQ ST TER TRL WAY ALY CRES CSWY EXPY FWY PIKE TPKE PLZ'.split(' '),
)
const ENGLISH_ABBREVIATIONS = new Set('FALL FORT FT LAND PARK ROW RUN WALK WALL WELL PASS PATH LOOP'.split(' '))
const spelledSuffixes = new Map<string, string>()
for (const [suffix, { name, variants }] of Object.entries(suffixRows)) {
  spelledSuffixes.set(suffix, name)
  for (const text of [suffix, name, ...variants]) {
    const word = entry(text)
    word.suffix ??= suffix
    const plain = text === name || ENGLISH_ABBREVIATIONS.has(text)
    if (COMMON_SUFFIXES.has(suffix)) word.kind = WORD_CLASS.suffix
    else word.kind = plain ? WORD_CLASS.suffixName : WORD_CLASS.suffixAbbreviation
  }
}
entry('ST').kind = WORD_CLASS.street

const DIRECTIONALS: Readonly<Record<string, readonly string[]>> = {
  N: ['NORTH', 'NO', 'NORTE'],
  S: ['SOUTH', 'SO', 'SUR'],
  E: ['EAST', 'ESTE'],
  W: ['WEST', 'OESTE'],
  NE: ['NORTHEAST'],
  NW: ['NORTHWEST'],
  SE: ['SOUTHEAST'],
  SW: ['SOUTHWEST'],
}
for (const { code, name, variants } of STATES) {
  const word = entry(code)
  word.state = code
  word.kind = word.suffix ? WORD_CLASS.suffixState : WORD_CLASS.state
  for (const text of [name.toUpperCase(), ...variants]) {
    if (text.includes(' ')) continue
    const named = entry(text)
    named.state = code
    named.kind = WORD_CLASS.stateName
  }
}
for (const text of 'IN OR ME HI OK OH DE LA CO PA MA AL ID AS'.split(' ')) entry(text).kind = WORD_CLASS.stateWord
for (const text of 'NEW RHODE DISTRICT PUERTO VIRGIN'.split(' ')) entry(text).kind = WORD_CLASS.stateFirst
for (const text of 'YORK JERSEY HAMPSHIRE MEXICO CAROLINA DAKOTA RICO COLUMBIA'.split(' ')) {
  entry(text).kind = WORD_CLASS.stateSecond
}
for (const [directional, variants] of Object.entries(DIRECTIONALS)) {
  for (const text of [directional, ...variants]) {
    const word = entry(text)
    word.directional = directional
    const odd = text.length === 2 && text !== directional
    word.kind = odd
      ? WORD_CLASS.directionalOdd
      : text.length > 2
        ? WORD_CLASS.directionalWord
        : WORD_CLASS.directionalLetter
  }
}
for (const [unit, { name, needsIdentifier, variants }] of Object.entries(unitRows)) {
  for (const text of [unit, name, ...variants]) {
    const word = entry(text)
    word.unit = unit
    word.unitNeedsIdentifier = needsIdentifier
    word.kind = needsIdentifier ? WORD_CLASS.unit : WORD_CLASS.loneUnit
  }
}
entry('FL').kind = WORD_CLASS.floorState
for (const [kind, texts] of Object.entries(wordRows)) {
  for (const text of texts) entry(text).kind = WORD_CLASS[kind as keyof typeof WORD_CLASS]
}

for (const [text, { code, joins }] of MISSPELT_STATE_WORDS) {
  if (words.find(text, 0, text.length, hashOf(text))) continue
  const word = entry(text)
  if (joins) word.kind = WORD_CLASS.stateSecond
  else {
    word.state = code
    word.kind = WORD_CLASS.stateName
  }
}
for (const [unit, { name, needsIdentifier }] of Object.entries(unitRows)) {
  if (name.length < 7) continue
  for (const text of misspell(name)) {
    if (words.find(text, 0, text.length, hashOf(text))) continue
    const word = entry(text)
    word.unit = unit
    word.unitNeedsIdentifier = needsIdentifier
    word.kind = needsIdentifier ? WORD_CLASS.unit : WORD_CLASS.loneUnit
  }
}
for (const [suffix, { name }] of Object.entries(suffixRows)) {
  if (!COMMON_SUFFIXES.has(suffix) || name.length < 6) continue
  for (const text of misspell(name)) {
    if (words.find(text, 0, text.length, hashOf(text))) continue
    const word = entry(text)
    word.suffix = suffix
    word.kind = WORD_CLASS.suffix
  }
}

for (const [cue, texts] of Object.entries(CUE_WORDS)) {
  for (const text of texts.split(' ')) entry(text).cues |= CUE[cue as keyof typeof CUE]
}

const vocabulary = readFileSync(new URL('data/vocabulary.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
for (const [i, text] of vocabulary.entries()) entry(text).id = i + 1

/** How many numbers `Word.id` takes, with the 0 of unknown words. */
export const VOCABULARY_SIZE = vocabulary.length + 1

const shapes: readonly Word[] = Object.values(WORD_CLASS).map((kind) => blank(kind))

/** What is known of an upper-case word without punctuation; of an unknown one, what its looks tell. */
export function lookUp(text: string): Word {
  return words.find(text, 0, text.length, hashOf(text)) ?? shapes[shapeOf(text)]!
}

/** The known word that stands at `from` to `end` of an upper-case text, told by `hash` (`hashNext` over its letters). */
export function findWord(text: string, from: number, end: number, hash: number): Word | undefined {
  return words.find(text, from, end, hash)
}

/** What the looks of a word tell that no list holds. */
export function shapeWord(text: string): Word {
  return shapes[shapeOf(text)]!
}

/** The suffix spelled out: `DRIVE` for `DR`. */
export function spellSuffix(suffix: string): string {
  return spelledSuffixes.get(suffix) ?? suffix
}
