import { LABEL } from './labels.ts'
import { findStretchEnd, STRETCH } from './stretches.ts'
import type { Tokens } from './tokens.ts'
import { WORD_CLASS } from './word-classes.ts'

/**
 * A second number before the street is its name's, "8720 SE 165 MULBERRY LN", "20713 2700 N AVE", or, behind something
 * else, the first one a unit's: "# 42 233 S WACKER DR", "PORTOFINO N 507 2600 N FLAGLER DR". Answers whether labels were
 * changed.
 */
export function splitsNumber(tokens: Tokens, labels: Uint8Array, from: number, end: number, known: boolean): boolean {
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

/**
 * "MAPLE COURT UNIT 12, 45 ELM ST": a number behind a comma with a street behind it, so that no street can stand before
 * them.
 */
export function followsBuilding({ words, breaks }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  if (breaks[from] !== true || end >= words.length || breaks[end] === true) return false
  if (STRETCH[labels[end]!] !== LABEL.predirectional) return false
  const stop = findStretchEnd(labels, end, words.length)
  for (let i = end + 1; i < stop; i++) if (words[i]!.suffix !== undefined) return true
  return false
}

/** "125 G AVENUE", "123 1/2 ST": whether a letter or fraction before `at` is all the name that a type word behind it has. */
function isNameOfType({ words, breaks }: Tokens, labels: Uint8Array, at: number): boolean {
  const { kind } = words[at - 1]!
  const type = words[at]!
  if (kind !== WORD_CLASS.letter && kind !== WORD_CLASS.fraction) return false
  if (type.kind !== WORD_CLASS.suffix && type.kind !== WORD_CLASS.street) return false
  const next = at + 1
  if (next >= words.length || breaks[next] === true || words[next]!.directional !== undefined) return true
  return STRETCH[labels[next]!] !== LABEL.predirectional
}

/** "1500 N E 15TH CT": a letter behind the number that is a directional together with the street's first word. */
export function joinsStreet({ words }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  if (end - from < 2 || STRETCH[labels[end]!] !== LABEL.predirectional) return false
  const { directional = '' } = words[end - 1]!
  return directional.length === 1 && /^[NS][EW]$/u.test(directional + (words[end]!.directional ?? ''))
}

/** "901 PIER VIEW DR": a designator between number and street that has no identifier begins the street's name. */
export function opensStreet({ words, breaks }: Tokens, labels: Uint8Array, at: number): boolean {
  if (at + 1 >= words.length || labels[at] !== LABEL.unitDesignator || breaks[at + 1] === true) return false
  return words[at]!.unitNeedsIdentifier && STRETCH[labels[at + 1]!] === LABEL.predirectional
}

/** "123 REAR BIRCH ST": a house behind another, told before the street. */
export function standsInRear({ keys, breaks }: Tokens, labels: Uint8Array, at: number): boolean {
  if (
    at + 2 >= keys.length ||
    keys[at] !== 'REAR' ||
    keys[at + 1] === 'ADMIRAL' ||
    breaks[at + 1] === true ||
    breaks[at + 2] === true
  )
    return false
  return [at, at + 1, at + 2].every((i) => STRETCH[labels[i]!] === LABEL.predirectional)
}

export const isCount = (kind: number) => kind >= WORD_CLASS.digit1 && kind <= WORD_CLASS.digit6

/** Whether a directional alone stands before the number: "E 3496 YESLER WAY", "N 108 W 60". */
export function joinsNumber({ words }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  return (
    end - from === 1 && end < words.length && labels[end] === LABEL.number && words[from]!.directional !== undefined
  )
}
