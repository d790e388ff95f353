import { lookUp } from './lexicon.ts'
import { matchRoadType } from './road-types.ts'
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
function joinDirectionals(first: string, second: string): string {
  const one = lookUp(first).directional
  const other = lookUp(second).directional
  return one && other && lookUp(one + other).directional === one + other ? one + other : ''
}

/**
 * Cuts the words `from` to `end` (exclusive) of a street by the rules of Publication 28, section 233.
 *
 * A directional or suffix that leaves no name is the name itself: `NORTH AVE`, `AVENUE E`, `BROADWAY`. Of two suffix
 * words the last is the suffix. Numbered roads get the type of appendix F.
 */
export function cutStreet(keys: readonly string[], hyphens: readonly boolean[], from: number, end: number): StreetCut {
  let predirectionalEnd = from
  let predirectional = ''
  let postdirectional = ''
  let suffixEnd = end

  const first = lookUp(keys[from] ?? '')
  if (end - from > 1 && first.directional !== undefined) {
    const pair = end - from > 2 ? joinDirectionals(keys[from] ?? '', keys[from + 1] ?? '') : ''
    const width = pair ? 2 : 1
    if (!isBareType(keys, from + width, end)) {
      predirectional = pair || first.directional
      predirectionalEnd = from + width
    }
  }

  let roadType = matchRoadType(keys, predirectionalEnd, end)
  const nameFloor = predirectionalEnd + (roadType ? roadType.length + 1 : 1)

  if (suffixEnd - nameFloor > 0) {
    const last = lookUp(keys[suffixEnd - 1] ?? '')
    if (last.directional !== undefined) {
      const pair =
        suffixEnd - nameFloor > 1 ? joinDirectionals(keys[suffixEnd - 2] ?? '', keys[suffixEnd - 1] ?? '') : ''
      const width = pair ? 2 : 1
      const before = lookUp(keys[suffixEnd - width - 1] ?? '')
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
  if (suffixEnd - nameFloor > 0) {
    const last = lookUp(keys[suffixEnd - 1] ?? '')
    if (last.suffix !== undefined) {
      suffix = last.suffix
      nameEnd = suffixEnd - 1
    }
  }
  roadType ??= nameEnd === suffixEnd ? matchLeadingType(keys, predirectionalEnd, nameEnd) : undefined
  const pretypeEnd = predirectionalEnd + (roadType?.length ?? 0)

  let streetName = ''
  for (let i = pretypeEnd; i < nameEnd; i++) {
    let key = keys[i] ?? ''
    // "BYP RD": of two suffix words the first is spelled out in numbered roads.
    if (roadType && suffix && i === nameEnd - 1 && i > pretypeEnd && key === 'BYP') key = 'BYPASS'
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

/** Whether nothing but one suffix word, or nothing at all, would be left for the name. */
function isBareType(keys: readonly string[], from: number, end: number): boolean {
  if (from >= end) return true
  let last = end
  if (last - from > 1 && lookUp(keys[last - 1] ?? '').directional !== undefined) last--
  const only = keys[from] ?? ''
  const { suffix, kind } = lookUp(only)
  // "W LAKE" is a lake in the west of a town without its suffix, "W AVE" an avenue named by letter.
  return last - from === 1 && suffix !== undefined && kind !== WORD_CLASS.suffixName
}

const LEADING_TYPES: Readonly<Record<string, string>> = {
  AVE: 'AVENUE',
  ST: 'STREET',
  RD: 'ROAD',
  DR: 'DRIVE',
  LOOP: 'LOOP',
}

/** A type word before a name of one letter or number, or before "of": `AVENUE E`, `AVENUE OF THE AMERICAS`. */
function matchLeadingType(
  keys: readonly string[],
  from: number,
  end: number,
): { length: number; standard: string } | undefined {
  if (end - from < 2) return undefined
  const standard = LEADING_TYPES[lookUp(keys[from] ?? '').suffix ?? '']
  if (standard === undefined) return undefined
  const next = keys[from + 1] ?? ''
  const named = (end - from === 2 && (next.length === 1 || isDigit(next.charCodeAt(0)))) || next === 'OF'
  return named ? { length: 1, standard } : undefined
}
