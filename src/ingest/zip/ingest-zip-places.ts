import { BOROUGH_OF_COUNTY } from '../../address/index.ts'
import type { ZipPlaceRecord } from '../../dataset/streets/street-records.ts'
import { readLines } from '../files/read-lines.ts'
import type { SourceFile } from '../files/source-file.ts'
import { createRowTally } from '../row-tally.ts'
import type { RowCounts } from '../row-tally.ts'

/** Columns of GeoNames' postal files: country, ZIP, place, state, state code, county and more; latitude and longitude. */
const COLUMNS = 12
const LATITUDE = 9
const LONGITUDE = 10

export interface ZipPlaceIngest {
  readonly sourceId: number
  /** ZIPs that have their place already. */
  readonly seen: Set<string>
  readonly addZipPlace: (record: ZipPlaceRecord) => void
}

/**
 * Reads a GeoNames postal file (`US.txt`, tab-separated, without a header).
 *
 * Military ZIPs have no state there, and the region in their place (`APO AA`) is often wrong; it is taken from the ZIP.
 * The first place of a ZIP counts.
 */
export async function ingestZipPlaces(
  file: SourceFile,
  { sourceId, seen, addZipPlace }: ZipPlaceIngest,
): Promise<RowCounts> {
  const tally = createRowTally()
  for await (const lines of readLines(await file.open(), file.name)) {
    for (const line of lines) {
      if (line === '') continue
      const record = readZipPlace(line, sourceId)
      if (typeof record === 'string') tally.reject(record)
      else if (seen.has(record.zip)) tally.reject('zip_repeated')
      else {
        seen.add(record.zip)
        addZipPlace(record)
        tally.keep()
      }
    }
  }
  return tally.counts()
}

function readZipPlace(line: string, sourceId: number): ZipPlaceRecord | string {
  const cells = line.split('\t')
  if (cells.length < COLUMNS) return 'wrong_number_of_cells'
  const [country = '', zip = '', place = '', , stateCode = '', county = ''] = cells
  if (!['US', 'PR', 'GU', 'VI', 'AS', 'MP'].includes(country)) return 'not_in_us'
  if (!/^\d{5}$/.test(zip)) return 'zip_unreadable'
  const military = stateCode === '' ? /^[AFD]PO\b/.exec(place)?.[0] : undefined
  const city = (military ?? place).toUpperCase()
  const state = country !== 'US' ? country : military === undefined ? stateCode : militaryRegion(zip)
  if (city === '' || !/^[A-Z]{2}$/.test(state)) return 'no_place'
  const coordinates = { latitude: Number(cells[LATITUDE]), longitude: Number(cells[LONGITUDE]) }
  if (!(Math.abs(coordinates.latitude) <= 90 && Math.abs(coordinates.longitude) <= 180)) return 'coordinates_unreadable'
  const borough = state === 'NY' ? BOROUGH_OF_COUNTY.get(county) : undefined
  return { zip, city, ...(borough !== undefined && { borough }), state, coordinates, sourceId }
}

/** The regions that USPS assigns overseas military mail by ZIP prefix: Americas 340, Pacific 962 to 966, Europe 090 to 098. */
function militaryRegion(zip: string): string {
  if (zip.startsWith('340')) return 'AA'
  return zip.startsWith('96') ? 'AP' : 'AE'
}
