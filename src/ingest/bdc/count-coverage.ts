import type { DuckDBValue } from '@duckdb/node-api'
import type { CoverageWriter } from '../../dataset/coverage-writer.ts'
import type { DuckdbWorkspace } from './duckdb-workspace.ts'
import type { FilingGroup } from './find-superseded.ts'

/** Numbers cells and brands through all states of a build. */
export interface CoverageNumbers {
  lastCellId: number
  /** `provider_id brand` → brand id. */
  readonly brandIds: Map<string, number>
}

/**
 * Counts the staged filings per area and writes them.
 *
 * Duplicates of a location (by FRN, brand, or a row for homes and one for business) are one claim with the highest
 * speeds of its rows, homes and business apart. A cell counts the distinct locations that anybody filed for; a row of
 * coverage those that the provider filed for. The order is that of block, hexagon, provider and technology, whatever the
 * order of files and rows.
 */
export async function countCoverage(
  workspace: DuckdbWorkspace,
  writer: CoverageWriter,
  {
    superseded,
    sourceIds,
    numbers,
  }: {
    readonly superseded: readonly FilingGroup[]
    /** By number of the staged file. */
    readonly sourceIds: readonly number[]
    readonly numbers: CoverageNumbers
  },
): Promise<void> {
  await keepCurrent(workspace, superseded)
  await workspace.run(CLAIMS)
  await workspace.run(`
    CREATE OR REPLACE TABLE counted_cell AS
    SELECT row_number() OVER (ORDER BY block_geoid, h3) + ${numbers.lastCellId} AS cell_id, block_geoid, h3, locations,
      sum(locations) OVER (PARTITION BY block_geoid) AS block_locations
    FROM (SELECT block_geoid, h3, count(DISTINCT location) AS locations FROM staged GROUP BY block_geoid, h3)`)
  for await (const chunk of workspace.chunks(CELLS)) {
    for (const row of chunk.getRows() as [number, bigint, bigint, number, number][]) {
      const [cellId, blockGeoid, h3, locations, blockLocations] = row
      writer.addCell({ cellId, blockGeoid, h3, locations, blockLocations })
      numbers.lastCellId = cellId
    }
  }
  for await (const chunk of workspace.chunks(COVERAGE)) {
    for (const row of chunk.getRows()) writeCoverage(writer, row, sourceIds, numbers)
  }
}

/** Leaves in the staging table what counts. */
async function keepCurrent(workspace: DuckdbWorkspace, superseded: readonly FilingGroup[]): Promise<void> {
  await workspace.run('DELETE FROM staged WHERE rejected IS NOT NULL')
  for (const { file, stateFips, technologyCode, providerId } of superseded) {
    await workspace.run(`
      DELETE FROM staged WHERE file = ${file} AND block_geoid // 10000000000000 = ${Number(stateFips)}
        AND technology = ${technologyCode} AND provider_id = ${providerId}`)
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

/** Counted by brand first, so that the brand of most locations in the cell names the row. */
const COVERAGE = `
  WITH by_brand AS (
    SELECT
      block_geoid, h3, provider_id, technology, brand, count(*) AS claims, min(file) AS file,
      count(*) FILTER (residential) AS residential, max(residential_download) AS residential_download,
      max(residential_upload) AS residential_upload, bool_or(residential_low_latency) AS residential_low_latency,
      count(*) FILTER (business) AS business, max(business_download) AS business_download,
      max(business_upload) AS business_upload, bool_or(business_low_latency) AS business_low_latency
    FROM claim GROUP BY block_geoid, h3, provider_id, technology, brand
  )
  SELECT
    any_value(cell_id)::INTEGER AS cell_id, provider_id, technology::INTEGER AS technology,
    sum(residential)::INTEGER, coalesce(max(residential_download), 0)::INTEGER,
    coalesce(max(residential_upload), 0)::INTEGER, bool_or(residential_low_latency),
    sum(business)::INTEGER, coalesce(max(business_download), 0)::INTEGER,
    coalesce(max(business_upload), 0)::INTEGER, bool_or(business_low_latency),
    max({'claims': claims, 'brand': brand}).brand, min(file)
  FROM by_brand JOIN counted_cell USING (block_geoid, h3)
  GROUP BY block_geoid, h3, provider_id, technology
  ORDER BY cell_id, provider_id, technology`

function writeCoverage(
  writer: CoverageWriter,
  row: readonly DuckDBValue[],
  sourceIds: readonly number[],
  { brandIds }: CoverageNumbers,
): void {
  const [
    cellId,
    providerId,
    technologyCode,
    homes,
    homesDown,
    homesUp,
    homesLow,
    firms,
    firmsDown,
    firmsUp,
    firmsLow,
    brand,
    file,
  ] = row as [number, number, number, number, number, number, boolean, number, number, number, boolean, string, number]
  const name = tidyBrand(brand)
  const key = `${providerId} ${name}`
  let brandId = brandIds.get(key)
  if (brandId === undefined) {
    brandId = brandIds.size + 1
    brandIds.set(key, brandId)
    writer.addBrand(brandId, providerId, name)
  }
  const sourceId = sourceIds[file]
  if (sourceId === undefined) throw new Error(`staged file ${file} has no source`)
  writer.addCoverage({
    cellId,
    providerId,
    technologyCode,
    residential: { locations: homes, maxDownloadMbps: homesDown, maxUploadMbps: homesUp, lowLatency: homesLow },
    business: { locations: firms, maxDownloadMbps: firmsDown, maxUploadMbps: firmsUp, lowLatency: firmsLow },
    brandId,
    sourceId,
  })
}

/** A brand on one line: filings hold line ends and doubled spaces. */
export function tidyBrand(brand: string): string {
  return brand.replace(/\s+/g, ' ').trim()
}
