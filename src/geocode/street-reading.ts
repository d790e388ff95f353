import { standardizeStreet } from '../address/index.ts'
import type { ParsedAddress } from '../address/index.ts'
import { lookUp, spellSuffix } from '../address/lexicon.ts'
import type { StreetVariant } from '../dataset/streets/street-index.ts'
import { streetNameKey } from '../dataset/streets/street-name-key.ts'
import { parseUnit } from './unit.ts'
import type { AskedUnit } from './unit.ts'

/** One way to cut the asked street into its name and what stands around it. */
export interface StreetReading extends StreetVariant {
  /** As written in this reading, in capitals. */
  readonly name: string
  readonly key: string
  /**
   * The unit, where this reading finds one that the parser took for a part of the name; null where it takes the parser's
   * unit for a part of the name.
   */
  readonly unit?: AskedUnit | null | undefined
}

/**
 * The street as the parser cut it, or, where it found none, what it took for a unit: "150 Front". `undefined` when there
 * is neither.
 */
export function readStreet(address: ParsedAddress): StreetReading | undefined {
  const { predirectional = '', pretype = '', streetName = '', suffix = '', postdirectional = '' } = address.standardized
  const key = streetNameKey(streetName)
  if (key !== '') return { name: streetName, key, predirectional, pretype, suffix, postdirectional }
  const readings: StreetReading[] = []
  addUnitAsName(address, (words, variant, unit) => {
    const name = words.join(' ')
    readings.push({ name, key: streetNameKey(name), ...EMPTY, ...variant, unit })
  })
  return readings.find((reading) => reading.key !== '')
}

/**
 * Other ways to cut the same words, the first being `known`.
 *
 * Where a suffix was left out, a word of the name stands in its place: "Long Branch" is Long Branch Court, not a branch
 * named Long; "East Bridge" is East Bridge Street; "Creek N" is Creek Court North. Where it was misspelt, it stands as
 * the name's last word. And what follows a suffix ("Saco Street 229") may be a unit, or what looks like a unit ("Front"
 * as a designator) the name.
 */
export function readStreetOtherwise(address: ParsedAddress, known: StreetReading): StreetReading[] {
  const { predirectional, pretype = '', streetName, suffix, postdirectional } = address.standardized
  const spelled = suffix === undefined ? undefined : spellSuffix(suffix)
  const whole = [predirectional, streetName, spelled, postdirectional].filter(Boolean).join(' ')
  const readings = [known]
  const add = (words: readonly string[], variant: Partial<StreetVariant>, unit?: AskedUnit | null) => {
    const name = words.join(' ')
    const reading = { name, key: streetNameKey(name), ...EMPTY, ...variant, unit }
    if (reading.key !== '' && !readings.some((other) => isSameReading(other, reading))) readings.push(reading)
  }
  recut(whole.split(' '), pretype, add)
  if (pretype !== '') recut([...pretype.split(' '), ...whole.split(' ')], '', add)
  if (address.unitDesignator !== undefined || address.unit !== undefined) {
    addUnitAsName(address, add)
  } else {
    addNameAsUnit(streetName ?? '', predirectional, pretype, add)
  }
  return readings.slice(1)
}

type Add = (words: readonly string[], variant: Partial<StreetVariant>, unit?: AskedUnit | null) => void

const EMPTY: StreetVariant = { predirectional: '', pretype: '', suffix: '', postdirectional: '' }

function isSameReading(a: StreetReading, b: StreetReading): boolean {
  return (
    a.key === b.key &&
    a.predirectional === b.predirectional &&
    a.pretype === b.pretype &&
    a.suffix === b.suffix &&
    a.postdirectional === b.postdirectional
  )
}

/** Every cut in which the first word may be a directional, the last one too, and the one before it a suffix. */
function recut(words: readonly string[], pretype: string, add: Add): void {
  const first = lookUp(words[0] ?? '').directional
  const last = lookUp(words.at(-1) ?? '').directional
  for (const predirectional of first === undefined || words.length < 2 ? [''] : [first, '']) {
    for (const postdirectional of last === undefined || words.length < 2 ? [''] : [last, '']) {
      const rest = words.slice(predirectional === '' ? 0 : 1, postdirectional === '' ? words.length : -1)
      if (rest.length === 0) continue
      const around = { predirectional, pretype, postdirectional }
      add(rest, around)
      if (rest.length < 2) continue
      const type = rest.at(-1) ?? ''
      // A word that is no suffix may be one misspelt: it is compared with the suffix of each street that is found.
      add(rest.slice(0, -1), { ...around, suffix: lookUp(type).suffix ?? type })
    }
  }
}

/** "N Front St" with `FRONT` taken for a designator and `ST` for its identifier. */
function addUnitAsName(address: ParsedAddress, add: Add): void {
  const { predirectional, pretype, streetName, suffix, postdirectional, unitDesignator, unit } = address
  const text = [predirectional, pretype, streetName, suffix, postdirectional, unitDesignator, unit]
    .filter(Boolean)
    .join(' ')
  const { streetName: name, ...variant } = standardizeStreet(text)
  if (name !== undefined) add([name], withoutAbsent(variant), null)
}

/** "Saco Street 229", "Spring Street Trailer 4": a suffix within the name, and an identifier behind it. */
function addNameAsUnit(streetName: string, predirectional = '', pretype: string, add: Add): void {
  const words = streetName.split(' ')
  for (let at = words.length - 2; at > 0 && at >= words.length - 4; at--) {
    const { suffix } = lookUp(words[at] ?? '')
    if (suffix === undefined || !/\d/.test(words.at(-1) ?? '')) continue
    const unit = parseUnit(words.slice(at + 1).join(' '))
    add(words.slice(0, at), { predirectional, pretype, suffix }, unit)
    return
  }
}

function withoutAbsent(variant: Partial<Record<keyof StreetVariant, string | undefined>>): StreetVariant {
  const { predirectional = '', pretype = '', suffix = '', postdirectional = '' } = variant
  return { predirectional, pretype, suffix, postdirectional }
}
