import { basename } from 'node:path'
import { LOCATION_POINT_SCALE } from '../../dataset/coverage/coverage-writer.ts'
import type { Source } from '../../dataset/source.ts'
import { AppError } from '../../lib/errors.ts'
import { sha256File } from '../../lib/sha256-file.ts'
import type { SourceFile } from '../files/source-file.ts'
import { addCounted, COUNTED_COLUMNS, countClaims } from './count-coverage.ts'
import type { CountedRow, CoverageNeeds } from './count-coverage.ts'
import { csvTable, readColumns, takeMalformed } from './duckdb-csv.ts'
import type { DuckdbWorkspace } from './duckdb-workspace.ts'
import { extractFile, sqlHiddenLocation } from './stage-bdc-file.ts'

/** Columns that a list must have, by the names of the Broadband Serviceable Location Fabric. */
const COLUMNS = ['location_id', 'latitude', 'longitude', 'block_geoid']

/** What a licensed list of locations holds. */
export interface ListCounts {
  /** Of the whole file; the same whichever state it is read for. */
  readonly rowsRead: number
  readonly rejected: Readonly<Record<string, number>>
  /** Locations of the states that were counted. */
  readonly rowsKept: number
}

/**
 * Counts what was filed for each location of a list, and writes it by coordinates. Answers what the list holds.
 *
 * Takes the locations of the states that are staged, so that a list of many states is read once a state. Locations at
 * the same coordinates, as in a building, are counted together. One that nobody filed for is written too: that nobody
 * serves it is known. Expects the claims of `countCoverage`. Location ids are joined by and go no further.
 *
 * @throws AppError `source_unreadable` when a column is missing.
 */
export async function countLocations(
  workspace: DuckdbWorkspace,
  list: SourceFile,
  needs: CoverageNeeds & { readonly secret: string },
): Promise<ListCounts> {
  const { coverage, numbers } = needs
  const counts = await stageLocations(workspace, list, needs.secret)
  await workspace.run(`
    CREATE OR REPLACE TABLE filed_at AS ${countClaims('latitude, longitude', 'claim JOIN located USING (location)')};
    CREATE OR REPLACE TABLE filings_at AS
      SELECT latitude, longitude, string_agg(concat_ws('|', ${COUNTED_COLUMNS}), chr(10) ORDER BY provider_id, technology) AS filings
      FROM filed_at GROUP BY latitude, longitude;
    CREATE OR REPLACE TABLE profile AS
      SELECT row_number() OVER (ORDER BY example) + ${numbers.lastProfileId} AS profile_id, filings, example
      FROM (SELECT filings, min({'latitude': latitude, 'longitude': longitude}) AS example FROM filings_at GROUP BY filings)`)
  for await (const chunk of workspace.chunks(PROFILES)) {
    const rows = chunk.getRows()
    coverage.inOneTransaction(() => {
      for (const row of rows) {
        const profileId = Number(row[0])
        addCounted(row as CountedRow, -profileId, needs)
        numbers.lastProfileId = profileId
      }
    })
  }
  for await (const chunk of workspace.chunks(POINTS)) {
    const rows = chunk.getRows() as [number, number, number, number][]
    coverage.inOneTransaction(() => {
      for (const [latitude, longitude, locations, profileId] of rows) {
        coverage.addPoint({ latitude, longitude, locations, profileId })
      }
    })
  }
  return counts
}

/** Points of one building, and of many along a street, have the same filings: each such profile is written once. */
const PROFILES = `
  SELECT profile_id::INTEGER, ${COUNTED_COLUMNS} FROM profile JOIN filed_at ON latitude = example.latitude AND longitude = example.longitude
  ORDER BY profile_id, provider_id, technology`

const POINTS = `
  SELECT latitude, longitude, count(*)::INTEGER AS locations, coalesce(any_value(profile_id), 0)::INTEGER AS profile_id
  FROM located LEFT JOIN filings_at USING (latitude, longitude) LEFT JOIN profile USING (filings)
  GROUP BY latitude, longitude ORDER BY latitude, longitude`

async function stageLocations(workspace: DuckdbWorkspace, list: SourceFile, secret: string): Promise<ListCounts> {
  const extracted = await extractFile(list, workspace, 'locations')
  const columns = await readColumns(extracted.path)
  const missing = COLUMNS.filter((name) => !columns.includes(name))
  if (missing.length > 0) {
    throw new AppError('source_unreadable', `${list.name} is no list of locations: it lacks ${missing.join(', ')}.`)
  }
  const isServiceable = columns.includes('bsl_flag') ? 'coalesce(TRY_CAST(bsl_flag AS BOOLEAN), true)' : 'true'
  await workspace.run(`
    CREATE OR REPLACE TABLE listed AS
    WITH typed AS (
      SELECT TRY_CAST(location_id AS BIGINT) AS location, TRY_CAST(latitude AS DOUBLE) AS north,
        TRY_CAST(longitude AS DOUBLE) AS east, TRY_CAST(block_geoid AS BIGINT) // 10000000000000 AS state,
        ${isServiceable} AS is_serviceable
      FROM ${csvTable(extracted.path, columns, 'locations')}
    )
    SELECT ${sqlHiddenLocation('typed.location', secret)} AS location, round(north * ${LOCATION_POINT_SCALE})::INTEGER AS latitude,
      round(east * ${LOCATION_POINT_SCALE})::INTEGER AS longitude, state,
      CASE
        WHEN typed.location IS NULL OR typed.location <= 0 THEN 'location_id_invalid'
        WHEN north IS NULL OR east IS NULL OR abs(north) > 90 OR abs(east) > 180 THEN 'coordinates_invalid'
        WHEN state IS NULL THEN 'block_invalid'
        WHEN NOT is_serviceable THEN 'not_serviceable'
      END AS rejected
    FROM typed`)
  const malformed = await takeMalformed(workspace, 'locations')
  await extracted.remove()
  const counts = await workspace.rows<{ rejected: string | null; is_here: boolean; n: number }>(`
    SELECT rejected, state IN (SELECT DISTINCT block_geoid // 10000000000000 FROM staged) AS is_here, count(*)::INTEGER AS n
    FROM listed GROUP BY ALL ORDER BY ALL`)
  const rejected: Record<string, number> = { ...malformed }
  let rowsKept = 0
  for (const { rejected: reason, is_here: isHere, n } of counts) {
    if (reason !== null) rejected[reason] = (rejected[reason] ?? 0) + n
    else if (isHere) rowsKept += n
  }
  await workspace.run(`
    CREATE OR REPLACE TABLE located AS SELECT DISTINCT location, latitude, longitude FROM listed
    WHERE rejected IS NULL AND state IN (SELECT DISTINCT block_geoid // 10000000000000 FROM staged)`)
  return { rowsRead: sumOf([...Object.values(malformed), ...counts.map(({ n }) => n)]), rejected, rowsKept }
}

/** A list as a source, by what it held for each state that was counted: rows of other states are rejected. */
export async function toLocationSource(
  file: SourceFile,
  counts: readonly ListCounts[],
  sourceId: number,
): Promise<Source> {
  const { rowsRead, rejected } = counts[0] ?? { rowsRead: 0, rejected: {} }
  const rowsKept = sumOf(counts.map((state) => state.rowsKept))
  const elsewhere = rowsRead - rowsKept - sumOf(Object.values(rejected))
  return {
    sourceId,
    kind: 'fabric_locations',
    file: basename(file.path),
    licence: 'Under the licence of its publisher: not to be passed on',
    attribution: 'Broadband Serviceable Location Fabric, CostQuest Associates',
    sha256: await sha256File(file.path),
    rowsRead,
    rowsKept,
    rejected: elsewhere > 0 ? { ...rejected, no_filings_for_state: elsewhere } : rejected,
  }
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
