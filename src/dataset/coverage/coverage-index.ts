import type Database from 'better-sqlite3'
import { LOCATION_POINT_SCALE } from './coverage-writer.ts'
import type { FiledService } from './coverage-writer.ts'
import type { Coordinates } from '../../lib/coordinates.ts'
import type { DataSet } from '../data-set.ts'

/** How finely the filings tell a place: one location, block and hexagon together, block alone, or hexagon alone. */
export type AreaPrecision = 'location' | 'block_and_hexagon' | 'block' | 'hexagon'

/** What one provider filed for an area with one technology. A kind of customer that it did not file for has no locations. */
export interface FiledCoverage {
  readonly providerId: number
  readonly technologyCode: number
  readonly residential: FiledService
  readonly business: FiledService
  /** As filed, for most of the area's locations. */
  readonly brandName: string
  /** The file that most of the area's locations come from. */
  readonly sourceId: number
}

/** The filings of one area. */
export interface AreaCoverage {
  readonly precision: AreaPrecision
  /** Distinct locations of the area that anybody filed for, with any technology. */
  readonly locations: number
  /** Those of the whole block, where the block is known; more than `locations` where hexagons cut it. */
  readonly blockLocations?: number | undefined
  /** By provider and technology, in the order of their numbers. */
  readonly filings: readonly FiledCoverage[]
}

/** Where to look. */
export interface CoverageQuery {
  /** 2020 census block, 15 digits. */
  readonly blockGeoid?: string | undefined
  /** H3 cell at resolution 8, the parent of the resolution-9 cell. */
  readonly h3: string
  /** Given where they are those of the address itself, for an exact answer where a licensed list holds the point. */
  readonly coordinates?: Coordinates | undefined
}

export interface CoverageIndex {
  /**
   * The filings for a place, from the finest area that has any: the exact location where a licensed list was loaded,
   * else block and hexagon together, else the block, else the hexagon. `undefined` where none has a location.
   */
  findCoverage(query: CoverageQuery): AreaCoverage | undefined
  /** Whether a licensed list was loaded, so that coordinates can have an exact answer. */
  readonly knowsLocations: boolean
  /** Whether filings for any place of the state are loaded. */
  isStateLoaded(stateFips: string): boolean
}

/** Read as an array, which is cheaper than an object: the area's locations, then the columns of `FILING`. */
type Row = readonly [
  areaLocations: number,
  blockLocations: number,
  providerId: number,
  technologyCode: number,
  residentialLocations: number,
  residentialDownload: number,
  residentialUpload: number,
  residentialLowLatency: number,
  businessLocations: number,
  businessDownload: number,
  businessUpload: number,
  businessLowLatency: number,
  brandId: number,
  sourceId: number,
]

const FILING = `provider_id, technology,
  residential_locations, residential_download, residential_upload, residential_low_latency,
  business_locations, business_download, business_upload, business_low_latency, brand_id, source_id`

interface PointRow {
  locations: number
  profileId: number
}

const select = (where: string): string =>
  `SELECT cell.locations, block_locations, ${FILING} FROM cell JOIN coverage USING (cell_id) WHERE ${where}`

/** Two texts of the same point may differ in the last digit. */
const POINT_TOLERANCE = 1

const BLOCKS_PER_STATE = 10_000_000_000_000

/** Opens the coverage of a data set. Look-ups take microseconds; that of a dense hexagon some hundred. */
export function openCoverage({ db }: Pick<DataSet, 'db'>): CoverageIndex {
  const brands = readBrands(db)
  const ofPair = db
    .prepare<[number, bigint], Row>(`${select('block_geoid = ? AND h3 = ?')} ORDER BY provider_id, technology`)
    .raw()
  const ofBlock = db.prepare<[number], Row>(select('block_geoid = ?')).raw()
  const ofHexagon = db.prepare<[bigint], Row>(select('h3 = ?')).raw()
  const locationsOfHexagon = db
    .prepare<[bigint], number>('SELECT coalesce(sum(locations), 0) FROM cell WHERE h3 = ?')
    .pluck()
  const knowsLocations = db.prepare('SELECT 1 FROM location_point LIMIT 1').get() !== undefined
  const pointsNear = db.prepare<[number, number, number, number], PointRow>(
    `SELECT locations, profile_id AS profileId FROM location_point
    WHERE latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ? LIMIT 1`,
  )
  const ofProfile = db
    .prepare<[number], Row>(`SELECT 0, 0, ${FILING} FROM coverage WHERE cell_id = -? ORDER BY provider_id, technology`)
    .raw()
  const anyCell = db.prepare<[number, number], { one: 1 }>(
    'SELECT 1 AS one FROM cell WHERE block_geoid BETWEEN ? AND ? LIMIT 1',
  )

  return {
    knowsLocations,
    findCoverage: ({ blockGeoid, h3, coordinates }) => {
      const point = knowsLocations && coordinates ? findPoint(pointsNear, coordinates) : undefined
      if (point) {
        const filings = ofProfile.all(point.profileId).map((row) => toFiled(row, brands))
        return { precision: 'location', locations: point.locations, filings }
      }
      const hexagon = BigInt(`0x${h3}`)
      if (blockGeoid !== undefined) {
        const block = Number(blockGeoid)
        const pair = ofPair.all(block, hexagon)
        if (pair[0]) {
          const [locations, blockLocations] = pair[0]
          return {
            precision: 'block_and_hexagon',
            locations,
            blockLocations,
            filings: pair.map((row) => toFiled(row, brands)),
          }
        }
        const rows = ofBlock.all(block)
        if (rows[0]) {
          const [, blockLocations] = rows[0]
          return { precision: 'block', locations: blockLocations, blockLocations, filings: mergeCells(rows, brands) }
        }
      }
      const rows = ofHexagon.all(hexagon)
      if (rows.length === 0) return undefined
      return {
        precision: 'hexagon',
        locations: locationsOfHexagon.get(hexagon) ?? 0,
        filings: mergeCells(rows, brands),
      }
    },
    isStateLoaded: (stateFips) => {
      const first = Number(stateFips) * BLOCKS_PER_STATE
      return anyCell.get(first, first + BLOCKS_PER_STATE - 1) !== undefined
    },
  }
}

function findPoint(
  pointsNear: Database.Statement<[number, number, number, number], PointRow>,
  { latitude, longitude }: Coordinates,
): PointRow | undefined {
  const north = Math.round(latitude * LOCATION_POINT_SCALE)
  const east = Math.round(longitude * LOCATION_POINT_SCALE)
  return pointsNear.get(
    north - POINT_TOLERANCE,
    north + POINT_TOLERANCE,
    east - POINT_TOLERANCE,
    east + POINT_TOLERANCE,
  )
}

function readBrands(db: Database.Database): ReadonlyMap<number, string> {
  const rows = db.prepare<[], { brand_id: number; name: string }>('SELECT brand_id, name FROM brand').all()
  return new Map(rows.map(({ brand_id, name }) => [brand_id, name]))
}

/** Adds up what the cells of an area hold. A location lies in one cell, so counts add; speeds are maxima. */
function mergeCells(rows: readonly Row[], brands: ReadonlyMap<number, string>): FiledCoverage[] {
  const merged = new Map<number, { filed: FiledCoverage; mostLocations: number }>()
  for (const row of rows) {
    const filed = toFiled(row, brands)
    const key = filed.providerId * 100 + filed.technologyCode
    const locations = filed.residential.locations + filed.business.locations
    const before = merged.get(key)
    merged.set(key, before ? add(before, filed, locations) : { filed, mostLocations: locations })
  }
  return [...merged].sort(([a], [b]) => a - b).map(([, { filed }]) => filed)
}

function add(
  before: { readonly filed: FiledCoverage; readonly mostLocations: number },
  next: FiledCoverage,
  locations: number,
): { filed: FiledCoverage; mostLocations: number } {
  const leading = locations > before.mostLocations ? next : before.filed
  return {
    filed: {
      ...leading,
      residential: addServices(before.filed.residential, next.residential),
      business: addServices(before.filed.business, next.business),
    },
    mostLocations: Math.max(before.mostLocations, locations),
  }
}

const addServices = (a: FiledService, b: FiledService): FiledService => ({
  locations: a.locations + b.locations,
  maxDownloadMbps: Math.max(a.maxDownloadMbps, b.maxDownloadMbps),
  maxUploadMbps: Math.max(a.maxUploadMbps, b.maxUploadMbps),
  lowLatency: a.lowLatency || b.lowLatency,
})

function toFiled(row: Row, brands: ReadonlyMap<number, string>): FiledCoverage {
  return {
    providerId: row[2],
    technologyCode: row[3],
    residential: { locations: row[4], maxDownloadMbps: row[5], maxUploadMbps: row[6], lowLatency: row[7] === 1 },
    business: { locations: row[8], maxDownloadMbps: row[9], maxUploadMbps: row[10], lowLatency: row[11] === 1 },
    brandName: brands.get(row[12]) ?? '',
    sourceId: row[13],
  }
}
