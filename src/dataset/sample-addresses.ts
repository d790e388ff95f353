import type { DataSet } from './data-set.ts'
import { areaState, areaZip, RANGE_FLAG } from './streets/street-tables.ts'

/** An address that the data set holds, as somebody would write it. */
export interface SampleAddress {
  readonly street1: string
  readonly city?: string | undefined
  readonly state: string
  readonly zip?: string | undefined
}

interface StreetRow {
  readonly street_id: number
  readonly area_id: number
  readonly name: string
  readonly predirectional: string
  readonly pretype: string
  readonly suffix: string
  readonly postdirectional: string
}

interface NumberRow {
  readonly prefix: string
  readonly value: number
  readonly suffix: string
  readonly flags: number
  readonly city: string | null
}

/**
 * Takes addresses at even steps through the data set, the same ones each time: of each street met its first address
 * point, else the lowest number of its first range.
 */
export function sampleAddresses({ db }: DataSet, most: number): SampleAddress[] {
  const last = db.prepare<[], number | null>('SELECT max(street_id) FROM street').pluck().get() ?? 0
  const streetFrom = db.prepare<[number], StreetRow>(
    `SELECT street_id, area_id, name, predirectional, pretype, suffix, postdirectional
     FROM street JOIN street_name USING (name_id) JOIN street_variant USING (variant_id)
     WHERE street_id >= ? ORDER BY street_id LIMIT 1`,
  )
  const firstPoint = db.prepare<[number], NumberRow>(
    `SELECT prefix, value, suffix, 0 AS flags, city.name AS city
     FROM address_point LEFT JOIN city USING (city_id) WHERE street_id = ? LIMIT 1`,
  )
  const firstRange = db.prepare<[number], NumberRow>(
    `SELECT prefix, low AS value, '' AS suffix, flags, city.name AS city
     FROM address_range LEFT JOIN city USING (city_id) WHERE street_id = ? LIMIT 1`,
  )
  const samples = new Map<number, SampleAddress>()
  for (let step = 0; step < most; step++) {
    const street = streetFrom.get(Math.floor((step * last) / most))
    if (!street || samples.has(street.street_id)) continue
    const number = firstPoint.get(street.street_id) ?? firstRange.get(street.street_id)
    if (number) samples.set(street.street_id, describe(street, number))
  }
  return [...samples.values()]
}

function describe(street: StreetRow, number: NumberRow): SampleAddress {
  const { predirectional, pretype, name, suffix, postdirectional } = street
  const primaryNumber = `${number.prefix}${numberOnSide(number)}${number.suffix}`
  return {
    street1: [primaryNumber, predirectional, pretype, name, suffix, postdirectional].filter(Boolean).join(' '),
    city: number.city ?? undefined,
    state: areaState(street.area_id),
    zip: areaZip(street.area_id),
  }
}

/** A range's lowest number may be of the wrong parity where its source is. */
function numberOnSide({ value, flags }: NumberRow): number {
  const isOdd = value % 2 !== 0
  return (flags & RANGE_FLAG.odd && !isOdd) || (flags & RANGE_FLAG.even && isOdd) ? value + 1 : value
}
