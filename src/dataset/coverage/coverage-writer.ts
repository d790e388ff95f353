import type Database from 'better-sqlite3'

/**
 * Filings counted per area. A cell is one block within one hexagon, the finest area that public filings tell.
 *
 * `block_geoid` is the 15-digit GEOID as a number, `h3` the cell index as a 64-bit number (`0x882a…`). Coverage lies in
 * the order of cells, so that an answer reads one page of the file.
 *
 * Where a licensed list of locations was loaded, `location_point` tells for coordinates which profile of coverage they
 * have: the rows of `coverage` whose `cell_id` is the negative `profile_id`, none where that is 0.
 */
const TABLES = `
  CREATE TABLE cell (
    cell_id INTEGER PRIMARY KEY, block_geoid INTEGER NOT NULL, h3 INTEGER NOT NULL, locations INTEGER NOT NULL,
    block_locations INTEGER NOT NULL
  );
  CREATE TABLE brand (brand_id INTEGER PRIMARY KEY, provider_id INTEGER NOT NULL, name TEXT NOT NULL);
  CREATE TABLE coverage (
    cell_id INTEGER NOT NULL, provider_id INTEGER NOT NULL, technology INTEGER NOT NULL,
    residential_locations INTEGER NOT NULL, residential_download INTEGER NOT NULL,
    residential_upload INTEGER NOT NULL, residential_low_latency INTEGER NOT NULL,
    business_locations INTEGER NOT NULL, business_download INTEGER NOT NULL,
    business_upload INTEGER NOT NULL, business_low_latency INTEGER NOT NULL,
    brand_id INTEGER NOT NULL, source_id INTEGER NOT NULL,
    PRIMARY KEY (cell_id, provider_id, technology)
  ) WITHOUT ROWID;
  CREATE TABLE location_point (
    latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, locations INTEGER NOT NULL, profile_id INTEGER NOT NULL,
    PRIMARY KEY (latitude, longitude)
  ) WITHOUT ROWID;
`

const INDEXES = `
  CREATE UNIQUE INDEX cell_by_block ON cell (block_geoid, h3);
  CREATE INDEX cell_by_hexagon ON cell (h3);
`

/** A cell as it is written, `blockGeoid` and `h3` as the numbers of the table. */
export interface CellRecord {
  readonly cellId: number
  readonly blockGeoid: bigint
  readonly h3: bigint
  /** Distinct locations that anybody filed for, with any technology; and those of the whole block. */
  readonly locations: number
  readonly blockLocations: number
}

/** What one provider filed in a cell with one technology, for one kind of customer. */
export interface FiledService {
  /** Distinct locations. */
  readonly locations: number
  readonly maxDownloadMbps: number
  readonly maxUploadMbps: number
  readonly lowLatency: boolean
}

/** A row of coverage as it is written; `cellId` in the order of cells, or the negative id of a profile. */
export interface CoverageRecord {
  readonly cellId: number
  readonly providerId: number
  readonly technologyCode: number
  readonly residential: FiledService
  readonly business: FiledService
  readonly brandId: number
  readonly sourceId: number
}

/** Coordinates in the tables are degrees times this. */
export const LOCATION_POINT_SCALE = 1_000_000

/** A point with locations that the licensed list tells; coordinates as numbers of the table. */
export interface LocationPointRecord {
  readonly latitude: number
  readonly longitude: number
  readonly locations: number
  /** 0 where nobody filed. */
  readonly profileId: number
}

/** Writes the coverage tables. Cells come in the order of block and hexagon, coverage in the order of cells. */
export interface CoverageWriter {
  addBrand(brandId: number, providerId: number, name: string): void
  addCell(record: CellRecord): void
  addCoverage(record: CoverageRecord): void
  /** What is added first for a point stays. */
  addPoint(record: LocationPointRecord): void
  /** Many times faster than each addition by itself. */
  inOneTransaction(add: () => void): void
  /** Builds the indexes. Nothing can be added after. */
  finish(): void
}

/** Creates the coverage tables, also where nothing will be added: a data set without filings has them empty. */
export function createCoverageWriter(db: Database.Database): CoverageWriter {
  db.exec(TABLES)
  const insertBrand = db.prepare('INSERT INTO brand VALUES (?, ?, ?)')
  const insertCell = db.prepare('INSERT INTO cell VALUES (?, ?, ?, ?, ?)')
  const insertCoverage = db.prepare('INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertPoint = db.prepare('INSERT OR IGNORE INTO location_point VALUES (?, ?, ?, ?)')
  return {
    addBrand: (brandId, providerId, name) => void insertBrand.run(brandId, providerId, name),
    addCell: ({ cellId, blockGeoid, h3, locations, blockLocations }) =>
      void insertCell.run(cellId, blockGeoid, h3, locations, blockLocations),
    addCoverage: ({ cellId, providerId, technologyCode, residential, business, brandId, sourceId }) =>
      void insertCoverage.run(
        cellId,
        providerId,
        technologyCode,
        residential.locations,
        residential.maxDownloadMbps,
        residential.maxUploadMbps,
        residential.lowLatency ? 1 : 0,
        business.locations,
        business.maxDownloadMbps,
        business.maxUploadMbps,
        business.lowLatency ? 1 : 0,
        brandId,
        sourceId,
      ),
    addPoint: ({ latitude, longitude, locations, profileId }) =>
      void insertPoint.run(latitude, longitude, locations, profileId),
    inOneTransaction: (add) => db.transaction(add)(),
    finish: () => void db.exec(INDEXES),
  }
}
