import type { CoverageWriter } from '../../dataset/coverage/coverage-writer.ts'
import type { DuckdbWorkspace } from './duckdb-workspace.ts'

/** Numbers cells, profiles of exact locations, and brands through all states of a build. */
export interface CoverageNumbers {
  lastCellId: number
  lastProfileId: number
  lastBrandId: number
  /** `provider_id brand`, as filed and tidied, → brand id. */
  readonly brandIds: Map<string, number>
}

/** What turns a counted row into a record. */
export interface CoverageNeeds {
  readonly coverage: CoverageWriter
  /** By number of the staged file. */
  readonly sourceIds: readonly number[]
  readonly numbers: CoverageNumbers
}

/**
 * Counts the staged filings per area and writes them.
 *
 * Duplicates of a location (by FRN, brand, or a row for homes and one for business) are one claim with the highest
 * speeds of its rows, homes and business apart. A cell counts the distinct locations that anybody filed for; a row of
 * coverage those that the provider filed for. The order is that of block, hexagon, provider and technology, whatever the
 * order of files and rows.
 */
export async function countCoverage(workspace: DuckdbWorkspace, needs: CoverageNeeds): Promise<void> {
  const { coverage, numbers } = needs
  await workspace.run(CLAIMS)
  await workspace.run(`
    CREATE OR REPLACE TABLE counted_cell AS
    SELECT row_number() OVER (ORDER BY block_geoid, h3) + ${numbers.lastCellId} AS cell_id, block_geoid, h3, locations,
      sum(locations) OVER (PARTITION BY block_geoid) AS block_locations
    FROM (SELECT block_geoid, h3, count(DISTINCT location) AS locations FROM staged GROUP BY block_geoid, h3)`)
  for await (const chunk of workspace.chunks(CELLS)) {
    const rows = chunk.getRows() as [number, bigint, bigint, number, number][]
    coverage.inOneTransaction(() => {
      for (const [cellId, blockGeoid, h3, locations, blockLocations] of rows) {
        coverage.addCell({ cellId, blockGeoid, h3, locations, blockLocations })
        numbers.lastCellId = cellId
      }
    })
  }
  const counted = `SELECT cell_id::INTEGER, ${COUNTED_COLUMNS}
    FROM (${countClaims('block_geoid, h3', 'claim')}) counted JOIN counted_cell USING (block_geoid, h3)
    ORDER BY cell_id, provider_id, technology`
  for await (const chunk of workspace.chunks(counted)) {
    const rows = chunk.getRows()
    coverage.inOneTransaction(() => {
      for (const row of rows) addCounted(row as CountedRow, Number(row[0]), needs)
    })
  }
}

/**
 * A claim is a location that a provider filed for with a technology. Nearly every row is one; only those that repeat
 * another are gathered, which is many times cheaper than gathering all.
 */
const CLAIMS = `
  CREATE OR REPLACE TABLE repeated AS
    SELECT location, provider_id, technology FROM staged GROUP BY ALL HAVING count(*) > 1;
  CREATE OR REPLACE VIEW claim AS
    WITH filed AS (
      SELECT location, block_geoid, h3, provider_id, technology, brand, file,
        residential, CASE WHEN residential THEN download END AS residential_download,
        CASE WHEN residential THEN upload END AS residential_upload,
        residential AND low_latency AS residential_low_latency,
        business, CASE WHEN business THEN download END AS business_download,
        CASE WHEN business THEN upload END AS business_upload, business AND low_latency AS business_low_latency
      FROM staged
    )
    SELECT * FROM filed ANTI JOIN repeated USING (location, provider_id, technology)
    UNION ALL
    SELECT location, block_geoid, h3, provider_id, technology, coalesce(min(nullif(brand, '')), ''), min(file),
      bool_or(residential), max(residential_download), max(residential_upload), bool_or(residential_low_latency),
      bool_or(business), max(business_download), max(business_upload), bool_or(business_low_latency)
    FROM filed SEMI JOIN repeated USING (location, provider_id, technology)
    GROUP BY location, block_geoid, h3, provider_id, technology`

const CELLS = `
  SELECT cell_id::INTEGER, block_geoid, h3, locations::INTEGER, block_locations::INTEGER
  FROM counted_cell ORDER BY cell_id`

/** What `countClaims` gives besides the area, in the order that `addCounted` reads. */
export const COUNTED_COLUMNS = `provider_id, technology, homes, homes_download, homes_upload, homes_low_latency,
  firms, firms_download, firms_upload, firms_low_latency, brand, file`

/**
 * Claims counted per area, provider and technology. By brand first, so that the brand of most locations in the area
 * names the row.
 */
export function countClaims(area: string, claims: string): string {
  return `
    SELECT ${area}, provider_id, technology::INTEGER AS technology,
      sum(residential)::INTEGER AS homes, coalesce(max(residential_download), 0)::INTEGER AS homes_download,
      coalesce(max(residential_upload), 0)::INTEGER AS homes_upload, bool_or(residential_low_latency) AS homes_low_latency,
      sum(business)::INTEGER AS firms, coalesce(max(business_download), 0)::INTEGER AS firms_download,
      coalesce(max(business_upload), 0)::INTEGER AS firms_upload, bool_or(business_low_latency) AS firms_low_latency,
      max({'claims': claims, 'brand': brand}).brand AS brand, min(file) AS file
    FROM (
      SELECT ${area}, provider_id, technology, brand, count(*) AS claims, min(file) AS file,
        count(*) FILTER (residential) AS residential, max(residential_download) AS residential_download,
        max(residential_upload) AS residential_upload, bool_or(residential_low_latency) AS residential_low_latency,
        count(*) FILTER (business) AS business, max(business_download) AS business_download,
        max(business_upload) AS business_upload, bool_or(business_low_latency) AS business_low_latency
      FROM ${claims} GROUP BY ${area}, provider_id, technology, brand
    )
    GROUP BY ${area}, provider_id, technology`
}

/** A number of the area, then `COUNTED_COLUMNS`. */
export type CountedRow = [
  areaId: number,
  providerId: number,
  technologyCode: number,
  homes: number,
  homesDownload: number,
  homesUpload: number,
  homesLowLatency: boolean,
  firms: number,
  firmsDownload: number,
  firmsUpload: number,
  firmsLowLatency: boolean,
  brand: string,
  file: number,
]

/** Writes a counted row under a cell. */
export function addCounted(row: CountedRow, cellId: number, { coverage, sourceIds, numbers }: CoverageNeeds): void {
  const sourceId = sourceIds[row[12]]
  if (sourceId === undefined) throw new Error(`staged file ${row[12]} has no source`)
  coverage.addCoverage({
    cellId,
    providerId: row[1],
    technologyCode: row[2],
    residential: { locations: row[3], maxDownloadMbps: row[4], maxUploadMbps: row[5], lowLatency: row[6] },
    business: { locations: row[7], maxDownloadMbps: row[8], maxUploadMbps: row[9], lowLatency: row[10] },
    brandId: brandIdOf(row[1], row[11], coverage, numbers),
    sourceId,
  })
}

/** Filings write one brand in several ways; each way is remembered, so that a row costs one look. */
function brandIdOf(providerId: number, filed: string, coverage: CoverageWriter, numbers: CoverageNumbers): number {
  const key = `${providerId} ${filed}`
  let brandId = numbers.brandIds.get(key)
  if (brandId !== undefined) return brandId
  const brand = tidyBrand(filed)
  brandId = brand === filed ? undefined : numbers.brandIds.get(`${providerId} ${brand}`)
  if (brandId === undefined) {
    brandId = ++numbers.lastBrandId
    coverage.addBrand(brandId, providerId, brand)
    numbers.brandIds.set(`${providerId} ${brand}`, brandId)
  }
  numbers.brandIds.set(key, brandId)
  return brandId
}

/** A brand on one line: filings hold line ends and doubled spaces. */
export function tidyBrand(brand: string): string {
  return brand.replace(/\s+/g, ' ').trim()
}
