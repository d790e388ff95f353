import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { parseAddress } from '../../src/address/index.ts'
import type { Geocoder } from '../../src/geocode/geocoder.ts'
import { distanceMeters } from '../../src/lib/coordinates.ts'

interface PointRow {
  readonly number: string
  readonly street: string
  readonly unit: string
  readonly city: string
  readonly state: string
  readonly postcode: string
  readonly lat: string
  readonly lon: string
}

/** A point is its own within what rounding takes off; its building's is any point of the same number and street. */
const OWN_METERS = 1

/**
 * Geocodes each address of a file of address points, fully written and with its street's last word left out, and counts
 * how many come back at a point of their own number and street.
 */
export async function measurePoints(geocoder: Geocoder, file: string, showMisses: boolean) {
  const rows: PointRow[] = []
  for await (const row of createReadStream(file).pipe(parse({ columns: true, bom: true }))) rows.push(row as PointRow)
  const buildings = Map.groupBy(rows, (row) => `${row.number} ${row.street} ${row.postcode}`)
  const counts = { own: 0, building: 0, unitKnown: 0, withUnit: 0, noSuffixMatched: 0, noSuffixNamed: 0, wrong: 0 }
  const isAt = (row: PointRow, coordinates: { latitude: number; longitude: number }) =>
    distanceMeters({ latitude: Number(row.lat), longitude: Number(row.lon) }, coordinates) <= OWN_METERS
  for (const row of rows) {
    const { number, street, unit, city, state, postcode } = row
    const building = buildings.get(`${number} ${street} ${postcode}`) ?? []
    const isHere = (coordinates: { latitude: number; longitude: number }) =>
      building.some((other) => isAt(other, coordinates))
    const lastLine = `${city}, ${state} ${postcode}`
    const inFull = `${[`${number} ${street}`, unit].filter(Boolean).join(' ')}, ${lastLine}`
    const result = geocoder.geocode(parseAddress(inFull))
    if (unit !== '') counts.withUnit++
    if (result.outcome === 'matched') {
      const { place } = result.candidate
      if (place.unit === 'known') counts.unitKnown++
      if (isAt(row, place.coordinates)) counts.own++
      else if (isHere(place.coordinates)) counts.building++
      else counts.wrong++
      if (showMisses && !isHere(place.coordinates)) console.log(`  ${inFull} → ${place.serviceAddress}`)
    } else if (showMisses) console.log(`  ${inFull} → ${result.outcome}`)
    const withoutSuffix = `${number} ${street.split(' ').slice(0, -1).join(' ')}, ${lastLine}`
    const loose = geocoder.geocode(parseAddress(withoutSuffix))
    if (loose.outcome === 'matched' && isHere(loose.candidate.place.coordinates)) counts.noSuffixMatched++
    else if (loose.outcome === 'multiple' && loose.candidates.some(({ place }) => isHere(place.coordinates))) {
      counts.noSuffixNamed++
    } else {
      if (loose.outcome === 'matched') counts.wrong++
      if (showMisses) console.log(`  ${withoutSuffix} → ${loose.outcome}`)
    }
  }
  const percent = (hits: number, of = rows.length) => Math.round((10_000 * hits) / of) / 100
  const figures = {
    addresses: rows.length,
    ownPointPercent: percent(counts.own),
    ownOrBuildingPercent: percent(counts.own + counts.building),
    unitKnownPercent: percent(counts.unitKnown, counts.withUnit),
    noSuffixMatchedPercent: percent(counts.noSuffixMatched),
    noSuffixMatchedOrNamedPercent: percent(counts.noSuffixMatched + counts.noSuffixNamed),
    wrongPercent: percent(counts.wrong, 2 * rows.length),
  }
  console.log(`${rows.length.toLocaleString('en-US')} address points of Westbrook ME`)
  console.log(
    `fully written: at the own point ${figures.ownPointPercent} %, or the building's ${figures.ownOrBuildingPercent} %`,
  )
  console.log(
    `suffix left out: matched ${figures.noSuffixMatchedPercent} %, or named among several ${figures.noSuffixMatchedOrNamedPercent} %`,
  )
  return figures
}
