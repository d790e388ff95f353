import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { SourceFile } from '../files/source-file.ts'
import { parseBdcHeader } from './bdc-header.ts'
import { csvTable, readColumns, takeMalformed } from './duckdb-csv.ts'
import type { DuckdbWorkspace } from './duckdb-workspace.ts'

/** Filings of the files being counted, a row each; rows that cannot be counted say why. */
const STAGED = `
  CREATE OR REPLACE TABLE staged (
    file INTEGER, location BIGINT, provider_id INTEGER, frn BIGINT, brand VARCHAR, technology UTINYINT,
    download UINTEGER, upload UINTEGER, low_latency BOOLEAN, residential BOOLEAN, business BOOLEAN,
    block_geoid BIGINT, h3 BIGINT, rejected VARCHAR
  )`

/** Empties the staging table, or creates it. */
export async function clearStaged(workspace: DuckdbWorkspace): Promise<void> {
  await workspace.run(STAGED)
}

/** A CSV file on disk that DuckDB can read. */
export interface ExtractedFile {
  readonly path: string
  /** Removes what was written; nothing where the source lay on disk as it is. */
  remove(): Promise<void>
}

/** Writes a file that lies in a zip into the workspace's folder. One that lies on disk stays where it is. */
export async function extractFile(file: SourceFile, workspace: DuckdbWorkspace, name: string): Promise<ExtractedFile> {
  if (file.member === undefined) return { path: file.path, remove: async () => {} }
  const path = join(workspace.folder, `${name}.csv`)
  await pipeline(await file.open(), createWriteStream(path, { highWaterMark: 1 << 20, mode: 0o600 }))
  return { path, remove: () => rm(path, { force: true }) }
}

export type StagedFile =
  /** Lines that are no rows, by reason. They are counted here, since they reach no table. */
  | { readonly outcome: 'staged'; readonly malformed: Readonly<Record<string, number>> }
  | { readonly outcome: 'refused'; readonly reason: string }

/**
 * Reads an availability CSV into the staging table.
 *
 * Text is taken as RFC 4180 has it: quoted fields hold commas, doubled quotes and line ends. A row is rejected where the
 * provider, location, technology, block, hexagon, customer code or a speed is none; where the block lies outside of
 * `stateFips`. A brand that is missing and a latency that is not said are no reason: they are empty and false.
 */
export async function stageBdcFile(
  workspace: DuckdbWorkspace,
  {
    path,
    index,
    stateFips,
  }: { readonly path: string; readonly index: number; readonly stateFips?: string | undefined },
): Promise<StagedFile> {
  const header = parseBdcHeader(await readColumns(path))
  if (header.outcome === 'refused') return header
  const rejects = `file_${index}`
  await workspace.run(`
    INSERT INTO staged
    WITH typed AS (
      SELECT
        TRY_CAST(location_id AS BIGINT) AS location,
        TRY_CAST(provider_id AS INTEGER) AS provider,
        TRY_CAST(frn AS BIGINT) AS frn,
        coalesce(brand_name, '') AS brand,
        TRY_CAST(technology AS UTINYINT) AS technology,
        TRY_CAST(max_advertised_download_speed AS UINTEGER) AS download,
        TRY_CAST(max_advertised_upload_speed AS UINTEGER) AS upload,
        coalesce(TRY_CAST(low_latency AS BOOLEAN), false) AS low_latency,
        business_residential_code AS code,
        CASE WHEN length(block_geoid) = 15 THEN TRY_CAST(block_geoid AS BIGINT) END AS block,
        CASE WHEN length(h3_res8_id) = 15 AND starts_with(h3_res8_id, '88')
          THEN TRY_CAST('0x' || h3_res8_id AS BIGINT) END AS h3
      FROM ${csvTable(path, header.columns, rejects)}
    )
    SELECT ${index}, location, provider, frn, brand, technology, download, upload, low_latency,
      code IN ('R', 'X'), code IN ('B', 'X'), block, h3,
      CASE
        WHEN provider IS NULL OR provider <= 0 THEN 'provider_id_invalid'
        WHEN location IS NULL OR location <= 0 THEN 'location_id_invalid'
        WHEN technology IS NULL OR technology NOT IN (0, 10, 40, 50, 60, 61, 70, 71, 72) THEN 'technology_unknown'
        WHEN block IS NULL OR block < 1000000000000 THEN 'block_invalid'
        WHEN h3 IS NULL THEN 'hexagon_invalid'
        WHEN download IS NULL OR upload IS NULL THEN 'speed_invalid'
        WHEN code IS NULL OR code NOT IN ('R', 'B', 'X') THEN 'customer_code_unknown'
        ${stateFips === undefined ? '' : `WHEN block // 10000000000000 <> ${Number(stateFips)} THEN 'block_in_other_state'`}
      END
    FROM typed`)
  return { outcome: 'staged', malformed: await takeMalformed(workspace, rejects) }
}
