import type { StreetParts } from '../../address/index.ts'
import type { AddressPointRecord } from '../../dataset/streets/street-records.ts'
import type { Coordinates } from '../../lib/coordinates.ts'
import { createRowTally } from '../row-tally.ts'
import type { RowCounts } from '../row-tally.ts'
import type { PointFile, PointRow } from './read-point-rows.ts'

/** What the points of one file are read with. */
export interface PointIngest {
  readonly sourceId: number
  /** Two letters for a state's name, code or FIPS; `undefined` for what is no state or territory. */
  readonly findState: (text: string) => string | undefined
  /** The state that a ZIP lies in, where ZIPs are loaded. */
  readonly findStateOfZip: (zip: string) => string | undefined
  /** The state that the file is of, where its folder or the operator tells it. */
  readonly stateOfFile?: string | undefined
  readonly standardizeStreet: (text: string) => StreetParts
  readonly standardizeUnit: (text: string) => string | undefined
  /** False where the data set cannot hold the point. */
  readonly addPoint: (record: AddressPointRecord) => boolean
}

const MAX_REMEMBERED_STREETS = 50_000
const NUMBER = /^[A-Z0-9][A-Z0-9 ./-]*$/

/**
 * Reads the addresses of one file.
 *
 * A row is rejected, with its reason counted, when it has no number or street, when its coordinates are missing or lie
 * outside of the United States and its territories (rows shifted by an unquoted comma show up this way), and when its
 * state is none. A city that is a code (`02`) and a ZIP that is none are left out, the row stays.
 */
export async function ingestPoints(file: PointFile, needs: PointIngest): Promise<RowCounts> {
  const tally = createRowTally()
  const streets = new Map<string, StreetParts>()
  const standardizeStreet = (text: string): StreetParts => {
    const known = streets.get(text)
    if (known) return known
    if (streets.size >= MAX_REMEMBERED_STREETS) streets.clear()
    const street = needs.standardizeStreet(text)
    streets.set(text, street)
    return street
  }
  for await (const results of file.rows()) {
    for (const result of results) {
      const record = 'row' in result ? readPoint(result.row, needs, standardizeStreet) : result.fault
      if (typeof record === 'string') tally.reject(record)
      else if (needs.addPoint(record)) tally.keep()
      else tally.reject('number_unreadable')
    }
  }
  return tally.counts()
}

function readPoint(
  row: PointRow,
  needs: PointIngest,
  standardizeStreet: (text: string) => StreetParts,
): AddressPointRecord | string {
  const number = readNumber(row)
  if (number === '') return 'no_number'
  if (!NUMBER.test(number) || number.length > 20) return 'number_unreadable'
  const streetText = readStreet(row)
  if (streetText === '') return 'no_street'
  const coordinates = readCoordinates(row)
  if (typeof coordinates === 'string') return coordinates
  const zip = readZip(row('zip'))
  const stateText = row('state')
  const state =
    stateText === ''
      ? ((zip === undefined ? undefined : needs.findStateOfZip(zip)) ?? needs.stateOfFile)
      : needs.findState(stateText)
  if (state === undefined) return stateText === '' ? 'no_state' : 'not_a_state'
  const street = standardizeStreet(streetText)
  if (street.streetName === undefined || street.streetName === '') return 'no_street'
  const city = row('city').toUpperCase()
  return {
    street,
    number,
    unit: readUnit(row, needs.standardizeUnit),
    zip,
    city: /\p{L}{2}/u.test(city) ? city : undefined,
    state,
    coordinates,
    sourceId: needs.sourceId,
  }
}

/** `12`, `12 1/2`, `112-10`, `10A`; a number that a spreadsheet made decimal (`12.0`) becomes whole again. */
function readNumber(row: PointRow): string {
  const full = row('fullNumber')
  const digits = row('number')
    .replace(/\.0+$/, '')
    .replace(/^0+(?=\d)/, '')
  const suffix = row('numberSuffix')
  const number = full || row('numberPrefix') + digits + (/^\d/.test(suffix) ? ' ' : '') + suffix
  const text = number.toUpperCase().replace(/\s+/g, ' ').trim()
  return /[1-9]/.test(text) ? text : ''
}

function readStreet(row: PointRow): string {
  const full = row('street')
  if (full !== '') return full
  const name = row('streetName')
  if (name === '') return ''
  return [
    row('premodifier'),
    row('predirectional'),
    row('pretype'),
    row('separator'),
    name,
    row('suffix'),
    row('postdirectional'),
    row('postmodifier'),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function readUnit(row: PointRow, standardizeUnit: (text: string) => string | undefined): string | undefined {
  const building = row('building')
  const floor = row('floor')
  const unit = row('unit') || row('room')
  const text = [building && withWord('BLDG', building), floor && withWord('FL', floor), unit].filter(Boolean).join(' ')
  return text === '' ? undefined : standardizeUnit(text)
}

const withWord = (word: string, text: string): string => (/^[A-Za-z]{2,}/.test(text) ? text : `${word} ${text}`)

const WKT_POINT = /^POINT\s*Z?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)/i

function readCoordinates(row: PointRow): Coordinates | string {
  const [, wktLongitude, wktLatitude] = WKT_POINT.exec(row('geometry')) ?? []
  const longitudeText = row('longitude') || (wktLongitude ?? '')
  const latitudeText = row('latitude') || (wktLatitude ?? '')
  if (longitudeText === '' || latitudeText === '') return 'no_coordinates'
  const coordinates = { latitude: Number(latitudeText), longitude: Number(longitudeText) }
  if (Number.isNaN(coordinates.latitude) || Number.isNaN(coordinates.longitude)) return 'coordinates_unreadable'
  return isInUnitedStates(coordinates) ? coordinates : 'coordinates_out_of_range'
}

/** Boxes around the states with Puerto Rico and the Virgin Islands, the far Aleutians, Guam and the Marianas, and Samoa. */
const BOXES: readonly (readonly [south: number, north: number, west: number, east: number])[] = [
  [17.5, 71.5, -180, -64.4],
  [51, 54, 172, 180],
  [13, 21, 144, 147],
  [-15, -11, -172, -168],
]

function isInUnitedStates({ latitude, longitude }: Coordinates): boolean {
  return BOXES.some(
    ([south, north, west, east]) => latitude >= south && latitude <= north && longitude >= west && longitude <= east,
  )
}

/** Five digits, of ZIP+4 as of a number that lost its leading zeros (`4092`). */
function readZip(text: string): string | undefined {
  const digits = /^(\d{3,5})(?:[-\s]?\d{4})?(?:\.0)?$/.exec(text)?.[1]
  return digits === undefined || Number(digits) === 0 ? undefined : digits.padStart(5, '0')
}
