/**
 * Writes `data/sandbox/` out of `scripts/sandbox/region.ts`, in the layouts of the real sources: TIGER ADDRFEAT, FACES
 * and PLACE as CSV, address points, BDC availability, the provider table, GeoNames ZIP rows.
 *
 * `node scripts/write-sandbox.ts` after a change of the region; a test compares the files with the region.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { cellToParent, latLngToCell } from 'h3-js'
import { METERS_PER_DEGREE } from '../src/lib/coordinates.ts'
import type { Coordinates } from '../src/lib/coordinates.ts'
import { BEHAVIOURS, CONFIRMATIONS, COUNTIES, PROVIDERS, ZIP_PLACES } from './sandbox/region.ts'
import type { County, Filing, Side, Street } from './sandbox/region.ts'

const YEAR = 2025
const STATE_FIPS: Readonly<Record<string, string>> = { MI: '26', DC: '11', MA: '25', NY: '36' }
const TECHNOLOGY_FILES: Readonly<Record<number, string>> = {
  10: 'Copper',
  40: 'Cable',
  50: 'FibertothePremises',
  61: 'NGSOSatellite',
  70: 'UnlicensedFixedWireless',
}
/** How far from the centre line a location lies, in metres; the geocoder moves its points by as much. */
const OFFSET_METERS = 10

const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => row.map((cell) => (/[",\n]/.test(String(cell)) ? `"${cell}"` : cell)).join(',')).join('\n') + '\n'

/** Rows that name their columns. */
const csvOf = (rows: readonly Readonly<Record<string, string | number>>[]): string =>
  csv([Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))])

function coordinatesAt(county: County, [east, north]: readonly [number, number]): Coordinates {
  const { latitude, longitude } = county.origin
  return {
    latitude: latitude + north / METERS_PER_DEGREE,
    longitude: longitude + east / (METERS_PER_DEGREE * Math.cos((latitude * Math.PI) / 180)),
  }
}

const text = (degrees: number): string => degrees.toFixed(7)

/** The hexagon by the FCC's rule: the parent of the resolution-9 cell. */
const hexagon = ({ latitude, longitude }: Coordinates): string => cellToParent(latLngToCell(latitude, longitude, 9), 8)

/** Evenly spread locations along one side of a street. */
function locationsAlong(county: County, street: Street, side: Side, isLeft: boolean): Coordinates[] {
  const [startEast, startNorth] = street.start
  const [endEast, endNorth] = street.end
  const length = Math.hypot(endEast - startEast, endNorth - startNorth)
  const rightward = [(endNorth - startNorth) / length, (startEast - endEast) / length] as const
  const offset = isLeft ? -OFFSET_METERS : OFFSET_METERS
  return Array.from({ length: side.locations }, (_, index) => {
    const fraction = (index + 0.5) / side.locations
    return coordinatesAt(county, [
      startEast + fraction * (endEast - startEast) + offset * rightward[0],
      startNorth + fraction * (endNorth - startNorth) + offset * rightward[1],
    ])
  })
}

interface FiledLocation {
  readonly locationId: number
  /** Where the location lies along a side of a street; absent for that of a point. */
  readonly along?: { readonly county: County; readonly side: Side; readonly at: Coordinates }
  readonly state: string
  readonly blockGeoid: string
  readonly h3: string
  readonly filings: readonly Filing[]
}

/** Every location of the region with what is filed for it. A filing for n locations covers the first n. */
function filedLocations(): FiledLocation[] {
  const filed: FiledLocation[] = []
  const add = (location: Omit<FiledLocation, 'locationId'>) =>
    filed.push({ locationId: 9_900_000_001 + filed.length, ...location })
  for (const county of COUNTIES) {
    for (const street of county.streets) {
      for (const side of [street.left, street.right]) {
        if (!side) continue
        for (const [index, at] of locationsAlong(county, street, side, side === street.left).entries()) {
          const filings = side.filings.filter((filing) => index < (filing.locations ?? side.locations))
          add({
            along: { county, side, at },
            state: county.state,
            blockGeoid: county.geoid + side.block,
            h3: hexagon(at),
            filings,
          })
        }
      }
    }
    for (const point of county.points) {
      if (point.filings) {
        const blockGeoid = `${county.geoid}9900001${String(filed.length).padStart(3, '0')}`
        add({ state: county.state, blockGeoid, h3: hexagon(coordinatesAt(county, point.at)), filings: point.filings })
      }
    }
  }
  return filed
}

function bdcFiles(): Map<string, string> {
  const header =
    'frn,provider_id,brand_name,location_id,technology,max_advertised_download_speed,max_advertised_upload_speed,low_latency,business_residential_code,state_usps,block_geoid,h3_res8_id'
  const lines = new Map<string, string[]>()
  for (const location of filedLocations()) {
    for (const filing of location.filings) {
      const provider = PROVIDERS.find(({ providerId }) => providerId === filing.providerId)!
      const technology = TECHNOLOGY_FILES[filing.technologyCode]
      const file = `bdc/bdc_${STATE_FIPS[location.state]}_${technology}_fixed_broadband_D25_15jul2026.csv`
      const row = [
        provider.frn,
        provider.providerId,
        provider.brand,
        location.locationId,
        filing.technologyCode,
        filing.downloadMbps,
        filing.uploadMbps,
        filing.lowLatency ? 1 : 0,
        filing.code,
        location.state,
        location.blockGeoid,
        location.h3,
      ].join(',')
      lines.set(file, [...(lines.get(file) ?? [header]), row])
    }
  }
  return new Map([...lines].map(([file, rows]) => [file, rows.join('\n') + '\n']))
}

function tigerFiles(): Map<string, string> {
  const addrfeat = new Map<string, (string | number)[][]>()
  const faces = new Map<string, (string | number)[][]>()
  const places = new Map<string, (string | number)[][]>()
  let tlid = 990_000_000
  let tfid = 880_000_000
  for (const county of COUNTIES) {
    const ranges = addrfeat.get(county.geoid) ?? [
      'TLID,TFIDL,TFIDR,FULLNAME,LFROMHN,LTOHN,RFROMHN,RTOHN,ZIPL,ZIPR,PARITYL,PARITYR,GEOMETRY'.split(','),
    ]
    const countyFaces = faces.get(county.geoid) ?? ['TFID,STATEFP20,COUNTYFP20,TRACTCE20,BLOCKCE20,PLACEFP'.split(',')]
    const statePlaces = places.get(county.geoid.slice(0, 2)) ?? ['PLACEFP,NAME'.split(',')]
    const face = (side: Side | undefined): number | '' => {
      if (!side) return ''
      countyFaces.push([
        ++tfid,
        county.geoid.slice(0, 2),
        county.geoid.slice(2),
        side.block.slice(0, 6),
        side.block.slice(6),
        county.placeFips,
      ])
      return tfid
    }
    for (const street of county.streets) {
      const line = [street.start, street.end]
        .map((end) => coordinatesAt(county, end))
        .map(({ latitude, longitude }) => `${text(longitude)} ${text(latitude)}`)
        .join(';')
      ranges.push([
        ++tlid,
        face(street.left),
        face(street.right),
        street.name,
        street.left?.from ?? '',
        street.left?.to ?? '',
        street.right?.from ?? '',
        street.right?.to ?? '',
        street.left ? street.zip : '',
        street.right ? street.zip : '',
        parity(street.left),
        parity(street.right),
        line,
      ])
    }
    statePlaces.push([county.placeFips, county.place])
    addrfeat.set(county.geoid, ranges)
    faces.set(county.geoid, countyFaces)
    places.set(county.geoid.slice(0, 2), statePlaces)
  }
  return new Map([
    ...[...addrfeat].map(([geoid, rows]) => [`tiger/tl_${YEAR}_${geoid}_addrfeat.csv`, csv(rows)] as const),
    ...[...faces].map(([geoid, rows]) => [`tiger/tl_${YEAR}_${geoid}_faces.csv`, csv(rows)] as const),
    ...[...places].map(([fips, rows]) => [`tiger/tl_${YEAR}_${fips}_place.csv`, csv(rows)] as const),
  ])
}

const parity = (side: Side | undefined): string => (side ? (Number(side.from.at(-1)) % 2 === 0 ? 'E' : 'O') : '')

function pointsFile(): string {
  const rows: (string | number)[][] = [['number', 'street', 'unit', 'city', 'state', 'postcode', 'lat', 'lon']]
  for (const county of COUNTIES) {
    for (const { number, street, units = [''], zip, at } of county.points) {
      const { latitude, longitude } = coordinatesAt(county, at)
      for (const unit of units) {
        rows.push([
          number,
          street,
          unit && `Apt ${unit}`,
          county.place,
          county.state,
          zip,
          text(latitude),
          text(longitude),
        ])
      }
    }
  }
  return csv(rows)
}

/** The points whose location is listed, with the columns that `--locations` asks for. */
function locationsFile(): string {
  const filed = filedLocations()
  const rows: (string | number)[][] = [['location_id', 'latitude', 'longitude', 'block_geoid']]
  for (const county of COUNTIES) {
    for (const { number, street: name, location, at } of county.points) {
      if (location === undefined) continue
      const street = county.streets.find((candidate) => candidate.name === name)
      const side = [street?.left, street?.right].find((one) => one && Number(one.from) % 2 === Number(number) % 2)
      const listed = filed.filter(({ along }) => along?.county === county && along.side === side)[location - 1]
      const { latitude, longitude } = coordinatesAt(county, at)
      if (listed?.along === undefined || Math.abs(listed.along.at.longitude - longitude) > 1e-6) {
        throw new Error(`${number} ${name} does not lie at location ${location} of its side.`)
      }
      rows.push([listed.locationId, text(latitude), text(longitude), listed.blockGeoid])
    }
  }
  return csv(rows)
}

/** The sandbox's source files: path below `data/sandbox/` → content. */
export function sandboxFiles(): Map<string, string> {
  const providers = [
    ['provider_name', 'affiliation', 'operation_type', 'frn', 'provider_id'],
    ...PROVIDERS.map(({ providerId, frn, name, brand }) => [name, brand, 'Non-ILEC', frn, providerId]),
  ]
  return new Map([
    ...tigerFiles(),
    ...bdcFiles(),
    ['points/sandbox_addresses.csv', pointsFile()],
    ['locations/sandbox_locations.csv', locationsFile()],
    ['bdc/bdc_provider_id_table.csv', csv(providers)],
    ['zip/US.txt', ZIP_PLACES.join('\n') + '\n'],
    ['behaviours.csv', csvOf(BEHAVIOURS)],
    ['confirmations.csv', csvOf(CONFIRMATIONS)],
  ])
}

if (import.meta.main) {
  const folder = resolve(import.meta.dirname, '../data/sandbox')
  for (const [path, content] of sandboxFiles()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}
