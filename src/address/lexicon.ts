import unitRows from './data/secondary-units.json' with { type: 'json' }
import suffixRows from './data/street-suffixes.json' with { type: 'json' }
import { STATES } from './states.ts'

/** What a word may be, as bits of `Word.kinds`. */
export const KIND = {
  directional: 1,
  suffix: 2,
  /** Secondary designator that wants an identifier (`APT`). */
  unit: 4,
  /** Secondary designator that stands alone (`REAR`). */
  loneUnit: 8,
  stateCode: 16,
  stateName: 32,
  /** Word that can begin or be the type of a numbered road: `HWY`, `COUNTY`, `US`, `FM`. */
  roadType: 64,
  box: 128,
  /** `ONE` to `TEN`, as house numbers are written on portals. */
  numberWord: 256,
  ordinalWord: 512,
  country: 1024,
} as const

export interface Word {
  readonly kinds: number
  readonly directional?: string
  readonly suffix?: string
  readonly unit?: string
  readonly state?: string
}

const words = new Map<string, Word>()

function add(text: string, kinds: number, meaning: Omit<Word, 'kinds'> = {}): void {
  const known = words.get(text)
  words.set(text, { ...meaning, ...known, kinds: (known?.kinds ?? 0) | kinds })
}

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
for (const [directional, variants] of Object.entries(DIRECTIONALS)) {
  for (const text of [directional, ...variants]) add(text, KIND.directional, { directional })
}
const spelledSuffixes = new Map<string, string>()
for (const [suffix, { name, variants }] of Object.entries(suffixRows)) {
  spelledSuffixes.set(suffix, name)
  for (const text of [suffix, name, ...variants]) add(text, KIND.suffix, { suffix })
}
for (const [unit, { name, needsIdentifier, variants }] of Object.entries(unitRows)) {
  for (const text of [unit, name, ...variants]) add(text, needsIdentifier ? KIND.unit : KIND.loneUnit, { unit })
}
for (const { code, name, variants } of STATES) {
  add(code, KIND.stateCode, { state: code })
  for (const text of [name.toUpperCase(), ...variants]) add(text, KIND.stateName, { state: code })
}
for (const text of 'HIGHWAY HWY HIWAY HIGHWY HIWY HWAY ROUTE RTE RT ROAD RD CR SR SH FM RM US USHWY I IH INTERSTATE COUNTY CNTY CTY CO STATE ST TOWNSHIP TWP TSR TR RANCH FARM LOOP EXPRESSWAY EXPY CTH STH SPUR AVENUE AVE'.split(
  ' ',
)) {
  add(text, KIND.roadType)
}
for (const text of 'BOX BX DRAWER POB POBOX LOCKBOX CALLER'.split(' ')) add(text, KIND.box)
for (const text of 'ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN'.split(' ')) add(text, KIND.numberWord)
for (const text of 'FIRST SECOND THIRD FOURTH FIFTH SIXTH SEVENTH EIGHTH NINTH TENTH ELEVENTH TWELFTH'.split(' ')) {
  add(text, KIND.ordinalWord)
}
for (const text of ['USA', 'US']) add(text, KIND.country)

const NOTHING: Word = { kinds: 0 }

/** What is known of an upper-case word without punctuation. */
export function lookUp(word: string): Word {
  return words.get(word) ?? NOTHING
}

/** The suffix spelled out: `DRIVE` for `DR`. */
export function spellSuffix(suffix: string): string {
  return spelledSuffixes.get(suffix) ?? suffix
}

/** The directional spelled out: `NORTHEAST` for `NE`. */
export function spellDirectional(directional: string): string {
  return DIRECTIONALS[directional]?.[0] ?? directional
}
