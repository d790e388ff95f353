import { CUE } from './cues.ts'
import { spellSuffix, type Word } from './lexicon.ts'
import { matchRoadType, type RoadType } from './road-types.ts'
import type { Tokens } from './tokens.ts'
import { WORD_CLASS } from './word-classes.ts'

/**
 * A street cut into parts: each part reaches from the end of the one before it, the first from `from`. The standardized
 * forms stand beside, an absent part is empty.
 */
export interface StreetCut {
  readonly predirectionalEnd: number
  readonly pretypeEnd: number
  readonly nameEnd: number
  readonly suffixEnd: number
  readonly predirectional: string
  readonly pretype: string
  readonly streetName: string
  readonly suffix: string
  readonly postdirectional: string
}

const isDigit = (code: number) => code >= 48 && code <= 57

/** Two words that together are one directional: `NORTH EAST`. */
function joinDirectionals(first: Word, second: Word): string {
  const one = first.directional
  const other = second.directional
  if (one === undefined || other === undefined || one.length + other.length !== 2) return ''
  return (one === 'N' || one === 'S') && (other === 'E' || other === 'W') ? one + other : ''
}

/**
 * Cuts the words `from` to `end` (exclusive) of a street by the rules of Publication 28, section 233.
 *
 * A directional or suffix that leaves no name is the name itself: `NORTH AVE`, `AVENUE E`, `BROADWAY`. Of two suffix
 * words the last is the suffix. Numbered roads get the type of appendix F.
 */
export function cutStreet({ keys, hyphens, words }: Tokens, from: number, end: number): StreetCut {
  let predirectionalEnd = from
  let predirectional = ''
  let postdirectional = ''
  let suffixEnd = end

  const first = words[from]!
  // "NO" and "SO" are directions only before more than one word: "99 NO RECORD" is none.
  const asWord = first.kind === WORD_CLASS.directionalOdd && end - from < 3
  if (end - from > 1 && first.directional !== undefined && !asWord && !isStateName(keys, from, end)) {
    const pair = end - from > 2 ? joinDirectionals(words[from]!, words[from + 1]!) : ''
    const width = pair ? 2 : 1
    if (!isBareType(words, from + width, end)) {
      predirectional = pair || first.directional
      predirectionalEnd = from + width
    }
  }

  const typeOf = matchTypeOf(keys, words, predirectionalEnd, end)
  let roadType =
    typeOf ??
    ((words[predirectionalEnd]!.cues & CUE.road) !== 0 ? matchRoadType(keys, predirectionalEnd, end) : undefined)
  const nameFloor = predirectionalEnd + (roadType ? roadType.length + 1 : 1)

  if (suffixEnd - nameFloor > 0) {
    const last = words[suffixEnd - 1]!
    if (last.directional !== undefined) {
      const pair = suffixEnd - nameFloor > 1 ? joinDirectionals(words[suffixEnd - 2]!, words[suffixEnd - 1]!) : ''
      const width = pair ? 2 : 1
      const before = words[suffixEnd - width - 1]!
      // "AVENUE E" and "ROAD N" are names by letter; "MAIN ST E" is not.
      const namedByLetter = suffixEnd - width - 1 === predirectionalEnd && before.suffix !== undefined && !roadType
      if (!namedByLetter) {
        postdirectional = pair || last.directional
        suffixEnd -= width
      }
    }
  }

  let suffix = ''
  let nameEnd = suffixEnd
  if (suffixEnd - nameFloor > 0 && !typeOf) {
    const last = words[suffixEnd - 1]!
    // "THE GREEN" is no green named The, "RUE DE LA COURSE" no course
    const closes =
      last.suffix !== undefined &&
      !(suffixEnd - nameFloor === 1 && keys[nameFloor - 1] === 'THE') &&
      (last.kind === WORD_CLASS.suffix || !isArticle(keys, suffixEnd - 2))
    if (closes) {
      suffix = last.suffix ?? ''
      nameEnd = suffixEnd - 1
    }
  }
  roadType ??= nameEnd === suffixEnd ? matchLeadingType(keys, words, predirectionalEnd, nameEnd) : undefined
  const pretypeEnd = predirectionalEnd + (roadType?.length ?? 0)

  let streetName = ''
  for (let i = pretypeEnd; i < nameEnd; i++) {
    const old = i === pretypeEnd + 1 && keys[pretypeEnd] === 'OLD' ? matchRoadType(keys, i, nameEnd) : undefined
    if (old) {
      streetName += ` ${old.standard}`
      i += old.length - 1
      continue
    }
    // the `LA` of "DE LA COURSE" is no lane
    const key =
      words[i]!.suffix === undefined || isArticle(keys, i)
        ? keys[i]!
        : spellInName(keys[i]!, words[i]!, suffix !== '' && i === nameEnd - 1, i === pretypeEnd, keys[i + 1])
    streetName += i === pretypeEnd ? key : (hyphens[i] ? '-' : ' ') + key
  }
  return {
    predirectionalEnd,
    pretypeEnd,
    nameEnd,
    suffixEnd,
    predirectional,
    pretype: roadType?.standard ?? '',
    streetName,
    suffix,
    postdirectional,
  }
}

/** Whether a word is an article of a Spanish or French name: "de la", "del", "de los". */
function isArticle(keys: readonly string[], at: number): boolean {
  const key = keys[at]
  return key === 'DEL' || key === 'DU' || ((key === 'LA' || key === 'LAS' || key === 'LOS') && keys[at - 1] === 'DE')
}

/** Whether nothing but one suffix word, or nothing at all, would be left for the name. */
function isBareType(words: readonly Word[], from: number, end: number): boolean {
  if (from >= end) return true
  const last = end - from > 1 && words[end - 1]!.directional !== undefined ? end - 1 : end
  const { suffix, kind } = words[from]!
  // "W LAKE" is a lake in the west of a town without its suffix, "W AVE" an avenue named by letter.
  return last - from === 1 && suffix !== undefined && kind !== WORD_CLASS.suffixName
}

/**
 * A word of the street's name: of two suffix words in a row the first is spelled out (section 234), and so is the
 * abbreviation of a hill, lake or creek anywhere in the name. `ST`, `MT`, `FT` stay, being also Saint, Mount, Fort.
 */
function spellInName(
  key: string,
  { suffix, kind }: Word,
  beforeSuffix: boolean,
  begins: boolean,
  next: string | undefined,
): string {
  if (suffix === 'HWY' && next !== undefined && isDigit(next.charCodeAt(0))) return 'HIGHWAY'
  if (
    suffix === undefined ||
    (begins && !BEGINS_NAME.has(key) && (kind !== WORD_CLASS.suffixAbbreviation || key.length < 3))
  )
    return key
  if (KEPT.has(key) || (key.length > 4 && key !== suffix)) return key
  return beforeSuffix || kind === WORD_CLASS.suffixAbbreviation ? spellSuffix(suffix) : key
}

const KEPT = new Set(['MT', 'FT', 'DR', 'EXT', 'LDG', 'VIA'])
const BEGINS_NAME = new Set(['HL', 'LK', 'ML', 'VW'])

const LEADING_TYPES: Readonly<Record<string, string>> = {
  AVE: 'AVENUE',
  ST: 'STREET',
  RD: 'ROAD',
  DR: 'DRIVE',
  LOOP: 'LOOP',
}

/** A type word before "of": `AVENUE OF THE AMERICAS`, `AVENUE OF PINES`. */
function matchTypeOf(keys: readonly string[], words: readonly Word[], from: number, end: number): RoadType | undefined {
  const standard = end - from > 2 && keys[from + 1] === 'OF' ? LEADING_TYPES[words[from]!.suffix ?? ''] : undefined
  return standard === undefined ? undefined : { length: 1, standard }
}

/** "NORTH CAROLINA AVE", "WEST VIRGINIA ST": the name of a state, its first word spelled out. */
function isStateName(keys: readonly string[], from: number, end: number): boolean {
  return end - from > 2 && STATES_BY_DIRECTION.has(`${keys[from]} ${keys[from + 1]}`)
}

const STATES_BY_DIRECTION = new Set([
  'NORTH CAROLINA',
  'SOUTH CAROLINA',
  'NORTH DAKOTA',
  'SOUTH DAKOTA',
  'WEST VIRGINIA',
])

/** A type word before a name of one letter or number: `AVENUE E`. */
function matchLeadingType(
  keys: readonly string[],
  words: readonly Word[],
  from: number,
  end: number,
): RoadType | undefined {
  if (end - from !== 2) return undefined
  const standard = LEADING_TYPES[words[from]!.suffix ?? '']
  if (standard === undefined) return undefined
  const next = keys[from + 1] ?? ''
  return next.length === 1 || isDigit(next.charCodeAt(0)) ? { length: 1, standard } : undefined
}
