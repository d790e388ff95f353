import { LABEL } from './labels.ts'
import { markCity, markCrossing, markMilitary, markStateInName } from './mark-stretches.ts'
import { isNumberSign } from './number-sign.ts'
import { matchRoadType } from './road-types.ts'
import { BEHIND_STREET, findStretchEnd, STRETCH } from './stretches.ts'
import type { Tokens } from './tokenize.ts'
import { WORD_CLASS } from './word-classes.ts'

/** Puts labels right that the words around them rule out, before they are cut into parts. */
export function mendLabels(tokens: Tokens, labels: Uint8Array): void {
  markMilitary(tokens, labels)
  const count = tokens.keys.length
  let state = 0
  while (state < count && labels[state] !== LABEL.state) state++
  if (state < count) {
    markCity(tokens, labels, state)
    markStateInName(tokens, labels, state)
  }
  markCrossing(tokens, labels)
  let numbered = false
  let named = false
  for (let from = 0; from < count;) {
    const stretch = STRETCH[labels[from]!]!
    let end = findStretchEnd(labels, from, count)
    if (stretch === LABEL.number) {
      if (!named && splitsNumber(tokens, labels, from, end, numbered)) continue
      numbered = true
      if (opensStreet(tokens, labels, end)) labels[end] = LABEL.streetName
      if (end < count && joinsStreet(tokens, labels, from, end)) labels[--end] = LABEL.predirectional
    } else if (stretch === LABEL.predirectional) {
      if (joinsNumber(tokens, labels, from, end)) {
        labels[from] = LABEL.number
        continue
      }
      named = true
      const road = findRoadEnd(tokens, from, end)
      if (road > end) {
        labels.fill(LABEL.streetName, end, road)
        end = road
      }
      const cut = numbered ? findCut(tokens, from, end) : 0
      if (cut > 0) {
        labels.fill(end < count && BEHIND_STREET.has(labels[end]!) ? LABEL.city : LABEL.other, cut, end)
        end = cut
      } else if (end < count && labels[end] === LABEL.city && joinsCity(tokens, from, end)) labels[--end] = LABEL.city
    } else if (stretch === LABEL.state && named && isPostdirectional(tokens, labels, from, end)) {
      labels[from] = LABEL.postdirectional
    } else if (stretch === LABEL.urbanization && opensName(tokens, labels, from, end)) {
      labels[from] = LABEL.streetName
      continue
    } else if (stretch === LABEL.unitDesignator) {
      if (from === 0 && isNoUnit(tokens, from)) {
        for (; from < end && labels[from] === LABEL.unitDesignator; from++) labels[from] = LABEL.streetName
        named = true
        continue
      }
      if (isFractionOfName(tokens, labels, from, end)) {
        labels[from] = LABEL.streetName
        from = end
        continue
      }
      const cut = findUnitCut(tokens, from, end)
      if (cut > 0) {
        labels.fill(end < count && BEHIND_STREET.has(labels[end]!) ? LABEL.city : LABEL.other, cut, end)
        end = cut
      }
      const stop = findUnitEnd(tokens, labels, end)
      labels.fill(LABEL.unit, end, stop)
      end = stop
    }
    from = end
  }
}

/**
 * A second number before the street is its name's, "8720 SE 165 MULBERRY LN", "20713 2700 N AVE", or, behind something
 * else, the first one a unit's: "# 42 233 S WACKER DR", "PORTOFINO N 507 2600 N FLAGLER DR". Answers whether labels were
 * changed.
 */
function splitsNumber(tokens: Tokens, labels: Uint8Array, from: number, end: number, known: boolean): boolean {
  const { keys, words, hyphens } = tokens
  if (end === words.length || STRETCH[labels[end]!] !== LABEL.predirectional) return false
  if (known) {
    labels.fill(LABEL.streetName, from, end)
    return true
  }
  // "25 W 10 MILE RD"
  if (end - from === 3 && isCount(words[from]!.kind) && words[from + 2]!.kind <= WORD_CLASS.digit2) {
    if (words[from + 1]!.directional === undefined) return false
    labels.fill(LABEL.streetName, from + 1, end)
    return true
  }
  if (end - from > 1 && isNameOfType(tokens, labels, end)) {
    labels[end - 1] = LABEL.streetName
    return true
  }
  if (keys[from] === '#' && end - from > 2) {
    labels[from] = LABEL.unitDesignator
    labels[from + 1] = LABEL.unit
    return true
  }
  if (end - from < 2 || !isCount(words[from]!.kind) || !isCount(words[from + 1]!.kind)) return false
  if (hyphens[from + 1] === true) return false
  if (from > 0) {
    labels[from] = LABEL.unit
    return true
  }
  for (let i = end; i < words.length && STRETCH[labels[i]!] === LABEL.predirectional; i++) {
    const { directional, suffix, kind } = words[i]!
    if (directional === undefined && suffix === undefined && kind !== WORD_CLASS.fraction) return false
  }
  labels.fill(LABEL.streetName, from + 1, end)
  return true
}

/** "125 G AVENUE", "123 1/2 ST": whether a letter or fraction before `at` is all the name that a type word behind it has. */
function isNameOfType({ words, breaks }: Tokens, labels: Uint8Array, at: number): boolean {
  const { kind } = words[at - 1]!
  const type = words[at]!
  if (kind !== WORD_CLASS.letter && kind !== WORD_CLASS.fraction) return false
  if (type.kind !== WORD_CLASS.suffix && type.kind !== WORD_CLASS.street) return false
  const next = at + 1
  return (
    next >= words.length || STRETCH[labels[next]!] !== LABEL.predirectional || words[next]!.directional !== undefined
  )
}

/** "1500 N E 15TH CT": a letter behind the number that is a directional together with the street's first word. */
function joinsStreet({ words }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  if (end - from < 2 || STRETCH[labels[end]!] !== LABEL.predirectional) return false
  const { directional = '' } = words[end - 1]!
  return directional.length === 1 && /^[NS][EW]$/u.test(directional + (words[end]!.directional ?? ''))
}

/** "901 PIER VIEW DR": a designator between number and street that has no identifier begins the street's name. */
function opensStreet({ words, breaks }: Tokens, labels: Uint8Array, at: number): boolean {
  if (at + 1 >= words.length || labels[at] !== LABEL.unitDesignator || breaks[at + 1] === true) return false
  return words[at]!.unitNeedsIdentifier && STRETCH[labels[at + 1]!] === LABEL.predirectional
}

/** The end of a road whose number stands behind a sign: "STATE HIGHWAY NO 9". */
function findRoadEnd({ keys, words }: Tokens, from: number, end: number): number {
  const sign = isNumberSign(keys[end - 1]) ? end - 1 : end
  if (!isNumberSign(keys[sign]) || words[sign - 1]!.kind !== WORD_CLASS.highway) return end
  for (let i = from; i < sign; i++) {
    const road = words[i]!.beginsRoad ? matchRoadType(keys, i, keys.length) : undefined
    if (road !== undefined) return i + road.length > sign ? i + road.length + 1 : end
  }
  return end
}

/** "GRAVENSTEIN HWY N, 95472": a directional behind a street that no state is called by. */
function isPostdirectional({ words, breaks }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  const { state, directional } = words[from]!
  if (end - from > 1 || state !== undefined || directional === undefined || breaks[from] === true) return false
  return STRETCH[labels[from - 1]!] === LABEL.predirectional
}

/** "431 COND PLAYA DORADA": a word for a development that is named by what follows is the street's name with it. */
function opensName({ breaks }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  if (end - from > 1 || end >= breaks.length || breaks[end] === true) return false
  return STRETCH[labels[end]!] === LABEL.predirectional
}

/** Whether a word taken for a unit's designator is none. */
function isNoUnit({ keys, words }: Tokens, at: number): boolean {
  const { unit, kind } = words[at]!
  return unit === undefined && kind >= WORD_CLASS.word && kind <= WORD_CLASS.placeWord && keys[at] !== 'PMB'
}

/** "COUNTY ROAD 4 1/2", "25 1/2 RD": a fraction behind the number that names a street. */
function isFractionOfName({ words, breaks }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  if (end - from > 1 || from < 2 || breaks[from] === true || words[from]!.kind !== WORD_CLASS.fraction) return false
  return STRETCH[labels[from - 1]!] === LABEL.predirectional && isCount(words[from - 1]!.kind)
}

/** Where a name of letters stands behind a unit's comma, "STOP 1110, MOODY A F B"; 0 where there is none. */
function findUnitCut({ keys, words, breaks }: Tokens, from: number, end: number): number {
  let last = end - 1
  while (last > from && words[last]!.unit === undefined) last--
  for (let i = last + 1; i < end; i++) {
    if (breaks[i] === true && words[i]!.kind >= WORD_CLASS.word && keys[i]!.length > 3) return i
  }
  return 0
}

/** Where a unit ends with what stands behind it before the next comma: "SUITES 1 & 2", "RM 100 A-F", "STE 250 NORTH". */
function findUnitEnd({ keys, words, breaks }: Tokens, labels: Uint8Array, from: number): number {
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

const isCount = (kind: number) => kind >= WORD_CLASS.digit1 && kind <= WORD_CLASS.digit6

/** Where a numbered street ends at a comma, if more than a directional stands behind it; 0 where it does not. */
function findCut({ breaks, words }: Tokens, from: number, end: number): number {
  for (let i = from + 1; i < end; i++) {
    if (breaks[i] === true && words[i]!.directional === undefined) return i
  }
  return 0
}

/** Whether a directional alone stands before the number: "E 3496 YESLER WAY", "N 108 W 60". */
function joinsNumber({ words }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  return (
    end - from === 1 && end < words.length && labels[end] === LABEL.number && words[from]!.directional !== undefined
  )
}

/**
 * Whether a directional that ends a street belongs to the city: behind a comma of its own, or behind another one.
 * The quadrants of a town (`NW`) are the street's.
 */
function joinsCity({ words, breaks }: Tokens, from: number, end: number): boolean {
  const last = words[end - 1]!.directional
  if (end - from < 3 || breaks[end] || last?.length !== 1) return false
  if (breaks[end - 1]) return true
  const before = words[end - 2]!.directional
  const joined = before?.length === 1 && /^[NS][EW]$/u.test(before + last)
  return before !== undefined && !joined && end - from > 3 && words[end - 3]!.suffix !== undefined
}
