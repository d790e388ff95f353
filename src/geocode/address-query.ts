import { isDistance } from '../address/index.ts'
import type { ParsedAddress } from '../address/index.ts'
import { cityKey } from '../dataset/streets/city-key.ts'
import { parseStreetNumber } from '../dataset/streets/street-number.ts'
import type { StreetNumber } from '../dataset/streets/street-number.ts'
import { spellCity } from './city-short-forms.ts'
import type { MatchedPart, PartMatch } from './geocode-result.ts'
import { readStreet, readStreetOtherwise } from './street-reading.ts'
import type { StreetReading } from './street-reading.ts'
import { readUnit } from './unit.ts'
import type { AskedUnit } from './unit.ts'

/** A house number as it may stand in the data, with what it costs the score to read it so. */
export interface NumberReading extends StreetNumber {
  readonly cost: number
  readonly match: PartMatch
}

/** A parsed address as the look-ups want it. */
export interface AddressQuery {
  /** As it is written in the answer. */
  readonly numberText: string
  /** The likeliest first; none where the address has no number. */
  readonly numbers: readonly NumberReading[]
  readonly street: StreetReading
  /** Further ways to cut the street, for when the first finds nothing. */
  readonly readOtherwise: () => readonly StreetReading[]
  readonly unit: AskedUnit | undefined
  readonly city: string | undefined
  readonly cityKey: string | undefined
  /** Two letters. */
  readonly state: string | undefined
  readonly zip: string | undefined
  /** Parts that were spelled out where the standard abbreviates, `Drive` for `DR`. */
  readonly spelledOut: ReadonlySet<MatchedPart>
}

/** What it costs the score when only another reading of the number is found. */
const HYPHEN_COST = 0.02
const FIRST_OF_RANGE_COST = 0.03

/** A county given as the city: the data set knows none, so that it is as if the city were left out. */
const COUNTY = / (?:COUNTY|CNTY|PARISH)$/

/** Letters of the longest name that is looked for; TIGER's field for the whole street has 100. */
const MAX_STREET_LENGTH = 100

/** Readies an address for being looked up; `undefined` when it has no street, or one that is none. */
export function createAddressQuery(address: ParsedAddress): AddressQuery | undefined {
  const { standardized } = address
  if ((standardized.streetName?.length ?? 0) > MAX_STREET_LENGTH) return undefined
  const street = readStreet(address)
  if (!street) return undefined
  const numberText = standardized.primaryNumber ?? ''
  const number = isDistance(numberText) ? undefined : parseStreetNumber(numberText)
  const { zip } = standardized
  const named = standardized.city !== undefined && COUNTY.test(standardized.city) ? undefined : standardized.city
  const { city, state } = spellCity(named, standardized.state)
  return {
    numberText,
    numbers: number ? readNumber(number) : [],
    street,
    readOtherwise: () => readStreetOtherwise(address, street),
    unit: readUnit(standardized),
    city,
    cityKey: city === undefined ? undefined : cityKey(city),
    state,
    zip,
    spelledOut: findSpelledOut(address),
  }
}

/**
 * `112-10` is written `11210` by many, and the other way round; `100-104` may be a house that spans its numbers, which
 * then stands at the first.
 */
function readNumber(number: StreetNumber): NumberReading[] {
  const readings: NumberReading[] = [{ ...number, cost: 0, match: 'exact' }]
  const add = (prefix: string, value: number, cost: number) =>
    readings.push({ prefix, value, suffix: number.suffix, cost, match: 'corrected' })
  const first = /^(\d{1,6})-$/.exec(number.prefix)?.[1]
  if (first !== undefined) {
    if (number.value < 100) add('', Number(first) * 100 + number.value, HYPHEN_COST)
    if (number.value > Number(first) && number.value - Number(first) < 100) add('', Number(first), FIRST_OF_RANGE_COST)
  } else if (number.prefix === '' && number.value >= 1000) {
    add(`${Math.floor(number.value / 100)}-`, number.value % 100, HYPHEN_COST)
  }
  return readings
}

const ABBREVIATED_PARTS = ['predirectional', 'suffix', 'postdirectional', 'state'] as const

function findSpelledOut(address: ParsedAddress): Set<MatchedPart> {
  const spelledOut = new Set<MatchedPart>()
  for (const part of ABBREVIATED_PARTS) {
    const asked = address[part]
    const standard = address.standardized[part]
    if (asked !== undefined && standard !== undefined && asked.replaceAll('.', '').toUpperCase() !== standard) {
      spelledOut.add(part)
    }
  }
  return spelledOut
}
