import { lookUp } from './lexicon.ts'

/** One secondary unit: words `from` to `end` with the designator at `designator` (none: -1) and the identifier words. */
export interface UnitCut {
  readonly designator: number
  readonly identifierFrom: number
  readonly identifierEnd: number
  /** Standardized designator: `APT`, `FL`, `#`. */
  readonly standardDesignator: string
  readonly standardIdentifier: string
}

const ORDINALS: Readonly<Record<string, string>> = {
  FIRST: '1',
  SECOND: '2',
  THIRD: '3',
  FOURTH: '4',
  FIFTH: '5',
  SIXTH: '6',
  SEVENTH: '7',
  EIGHTH: '8',
  NINTH: '9',
  TENTH: '10',
  ELEVENTH: '11',
  TWELFTH: '12',
  GROUND: 'GROUND',
  GRND: 'GRND',
  MAIN: 'MAIN',
  TOP: 'TOP',
  LOWER: 'LOWER',
  UPPER: 'UPPER',
}

const isDesignator = (key: string) => lookUp(key).unit !== undefined

/** `2ND` and `SECOND` as `2`; what is no ordinal stays. */
function cardinal(key: string): string {
  return ORDINALS[key] ?? /^(\d+)(?:ST|ND|RD|TH)$/u.exec(key)?.[1] ?? key
}

/**
 * Cuts the words of the secondary part into units, outermost first as they stand: `BLDG 4 APT 12`, `2ND FLOOR`, `# 5`.
 */
export function cutUnits(keys: readonly string[], hyphens: readonly boolean[], from: number, end: number): UnitCut[] {
  const units: UnitCut[] = []
  let at = from
  while (at < end) {
    const key = keys[at] ?? ''
    const word = lookUp(key)
    const next = keys[at + 1]
    if (key === '#' || isDesignator(key)) {
      let identifierFrom = at + 1
      const lone = word.unit !== undefined && !word.unitNeedsIdentifier
      while (
        identifierFrom < end &&
        (keys[identifierFrom] === '#' || keys[identifierFrom] === 'NO' || keys[identifierFrom] === 'NUMBER')
      )
        identifierFrom++
      let identifierEnd = identifierFrom
      while (
        identifierEnd < end &&
        !(isDesignator(keys[identifierEnd] ?? '') && identifierEnd + Number(lone) > identifierFrom) &&
        keys[identifierEnd] !== '#' &&
        !startsFloor(keys, identifierEnd, end)
      )
        identifierEnd++
      units.push(unitCut(keys, hyphens, at, identifierFrom, identifierEnd, key === '#' ? '#' : (word.unit ?? '')))
      at = Math.max(identifierEnd, at + 1)
    } else if (startsFloor(keys, at, end)) {
      units.push(unitCut(keys, hyphens, at + 1, at, at + 1, lookUp(next ?? '').unit ?? ''))
      at += 2
    } else {
      let identifierEnd = at + 1
      while (identifierEnd < end && !isDesignator(keys[identifierEnd] ?? '') && keys[identifierEnd] !== '#')
        identifierEnd++
      units.push(unitCut(keys, hyphens, -1, at, identifierEnd, ''))
      at = identifierEnd
    }
  }
  return units
}

/** "2nd Floor", "Sixth Fl", "3 FL": the number before its designator. */
function startsFloor(keys: readonly string[], at: number, end: number): boolean {
  if (at + 1 >= end || lookUp(keys[at + 1] ?? '').unit !== 'FL') return false
  const key = keys[at] ?? ''
  const after = keys[at + 2]
  const numbered = at + 2 < end && after !== undefined && /^\d/u.test(after) && /^\d+$/u.test(key)
  return !numbered && (ORDINALS[key] !== undefined || /^\d+(?:ST|ND|RD|TH)?$/u.test(key))
}

function unitCut(
  keys: readonly string[],
  hyphens: readonly boolean[],
  designator: number,
  identifierFrom: number,
  identifierEnd: number,
  standardDesignator: string,
): UnitCut {
  let standardIdentifier = ''
  for (let i = identifierFrom; i < identifierEnd; i++) {
    const key = standardDesignator === 'FL' ? cardinal(keys[i] ?? '') : (keys[i] ?? '')
    standardIdentifier += i === identifierFrom ? key : (hyphens[i] ? '-' : ' ') + key
  }
  return { designator, identifierFrom, identifierEnd, standardDesignator, standardIdentifier }
}
