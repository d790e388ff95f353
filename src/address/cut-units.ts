import { CUE } from './cues.ts'
import { isNumberSign } from './number-sign.ts'
import type { Tokens } from './tokens.ts'

/** One secondary unit: its designator word (none: -1) and the words of its identifier. */
export interface UnitCut {
  readonly designator: number
  readonly identifierFrom: number
  readonly identifierEnd: number
  /** Standardized designator: `APT`, `FL`, `#`, `PMB`. */
  readonly standardDesignator: string
  readonly standardIdentifier: string
  /** Whether the designator says nothing without an identifier. */
  readonly wants: boolean
}

const FLOORS = new Map(
  'FIRST 1,SECOND 2,THIRD 3,FOURTH 4,FIFTH 5,SIXTH 6,SEVENTH 7,EIGHTH 8,NINTH 9,TENTH 10,ELEVENTH 11,TWELFTH 12,GROUND GROUND,GRND GROUND,MAIN MAIN,TOP TOP,LOWER LOWER,UPPER UPPER'
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
)

const isDesignator = (tokens: Tokens, at: number, end: number) => {
  const { unit, cues } = tokens.words[at]!
  if (unit !== undefined || isNumberSign(tokens.keys[at]) || tokens.keys[at] === 'PMB') return true
  return cues !== 0 && isUnofficial(tokens, at, at + 1 === end)
}

/** A word that is a designator before an identifier or another one, or that is all there is: "STUDIO 3", "GARAGE APT", "STUDIO"; or the first of two, "MAIL STOP 40". */
function isUnofficial({ keys, words }: Tokens, at: number, isLast: boolean): boolean {
  const { cues } = words[at]!
  if ((cues & CUE.doubleUnit) !== 0) return joinDesignators(keys, words, at) !== undefined
  if ((cues & CUE.unit) === 0) return false
  return isLast || isIdentifier(keys[at + 1]!) || words[at + 1]!.unit !== undefined
}

/** Whether a word is the number or letter of a unit. */
export const isIdentifier = (key: string) => /^(?:\d.*|[A-Z])$/u.test(key)

const DOUBLE_DESIGNATORS = new Map([
  ['PRIVATE MAILBOX', 'PMB'],
  ['MAIL STOP', 'STOP'],
  ['STORAGE UNIT', 'UNIT'],
  ['RV SPACE', 'SPC'],
  ['RV LOT', 'LOT'],
])

/** The standardized form of two words that together are a designator. */
function joinDesignators(keys: readonly string[], words: Tokens['words'], at: number): string | undefined {
  return (words[at]!.cues & CUE.doubleUnit) === 0 ? undefined : DOUBLE_DESIGNATORS.get(`${keys[at]} ${keys[at + 1]}`)
}

/**
 * Cuts the words of the secondary part into units, in the order of the text: `BLDG 4 APT 12`, `2ND FLOOR`, `# 5`.
 *
 * Floors are counted in digits. A designator that stands alone may be another's identifier: `APT REAR`.
 */
export function cutUnits(tokens: Tokens, from: number, end: number): UnitCut[] {
  const { keys, words } = tokens
  const units: UnitCut[] = []
  let at = from
  while (at < end) {
    if (startsFloor(tokens, at, end, false)) {
      units.push(unitCut(tokens, at + 1, at, at + 1, 'FL', true))
      at += 2
      continue
    }
    const designator = isDesignator(tokens, at, end) ? at : -1
    const double = joinDesignators(keys, words, at)
    if (designator >= 0) at += double === undefined ? 1 : 2
    // "STE # 5": the sign says nothing more
    if (designator >= 0) while (at < end && isNumberSign(keys[at])) at++
    const identifierFrom = at
    const lone = designator >= 0 && isLoneDesignator(tokens, designator, at === end)
    if (designator >= 0 && !lone && at < end && isLoneDesignator(tokens, at, false)) at++
    while (at < end && !isDesignator(tokens, at, end) && !startsFloor(tokens, at, end, at === identifierFrom)) at++
    const standard =
      double ??
      (designator < 0 ? '' : isNumberSign(keys[designator]) ? '#' : (words[designator]!.unit ?? keys[designator] ?? ''))
    const before = units.at(-1)
    if (before?.wants === false && before.identifierFrom === before.identifierEnd && identifierFrom === at && !lone) {
      // "REAR APT"
      units[units.length - 1] = unitCut(tokens, designator, before.designator, before.designator + 1, standard, true)
    } else units.push(unitCut(tokens, designator, identifierFrom, at, standard, !lone))
  }
  return units.length > 1 ? units.filter((unit, i) => !isEmpty(unit, units[i - 1], units[i + 1])) : units
}

/** "APT APT 1", "APT A UNIT A", "# 3 APT 3", "APT 3 # 3": a unit that the next one says again, or a neighbour better. */
function isEmpty(unit: UnitCut, before: UnitCut | undefined, next: UnitCut | undefined): boolean {
  const { standardDesignator, standardIdentifier, wants } = unit
  const isBare = ({ standardDesignator: other }: UnitCut) => other === '#' || other === ''
  if (next !== undefined) {
    if (standardIdentifier === '') return wants || standardDesignator === next.standardDesignator
    if (standardIdentifier === next.standardIdentifier) return isBare(unit) || !isBare(next)
  }
  // "GROUND FLOOR APT"
  if (wants && standardIdentifier === '' && before?.standardDesignator === 'FL') return true
  return before !== undefined && isBare(unit) && !isBare(before) && standardIdentifier === before.standardIdentifier
}

/** Whether a designator stands alone: by its kind, or one of no kind of the Postal Service's before nothing or another one. */
function isLoneDesignator({ keys, words }: Tokens, at: number, isLast: boolean): boolean {
  const word = words[at]!
  if (word.unit !== undefined) return !word.unitNeedsIdentifier
  return (word.cues & CUE.unit) !== 0 && (isLast || !isIdentifier(keys[at + 1]!))
}

/** "2nd Floor", "Sixth Fl", "3 FL": the number before its designator. */
function startsFloor({ keys, words }: Tokens, at: number, end: number, behindDesignator: boolean): boolean {
  if (at + 1 >= end || words[at + 1]!.unit !== 'FL') return false
  const key = keys[at]!
  if (FLOORS.has(key)) return true
  const digits = countDigits(key)
  if (digits === 0) return false
  if (digits < key.length) return isOrdinal(key, digits)
  // "APT 3 FL 2" and "APT 3 FL" name no third floor
  return !behindDesignator && (at + 2 >= end || countDigits(keys[at + 2]!) === 0)
}

function countDigits(key: string): number {
  let digits = 0
  while (digits < key.length && key.charCodeAt(digits) >= 48 && key.charCodeAt(digits) <= 57) digits++
  return digits
}

function isOrdinal(key: string, digits: number): boolean {
  const ending = key.slice(digits)
  return ending === 'ST' || ending === 'ND' || ending === 'RD' || ending === 'TH'
}

function unitCut(
  { keys, hyphens }: Tokens,
  designator: number,
  identifierFrom: number,
  identifierEnd: number,
  standardDesignator: string,
  wants: boolean,
): UnitCut {
  let standardIdentifier = ''
  for (let i = identifierFrom; i < identifierEnd; i++) {
    let key = keys[i]!
    if (standardDesignator === 'FL') {
      const digits = countDigits(key)
      key = FLOORS.get(key) ?? (digits > 0 && isOrdinal(key, digits) ? key.slice(0, digits) : key)
    }
    standardIdentifier += i === identifierFrom ? key : (hyphens[i] ? '-' : ' ') + key
  }
  return { designator, identifierFrom, identifierEnd, standardDesignator, standardIdentifier, wants }
}
