import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { SourceFile } from '../files/source-file.ts'
import { parseBdcHeader } from './bdc-header.ts'
import { csvTable, readColumns, takeMalformed } from './duckdb-csv.ts'
import { sqlText } from './duckdb-workspace.ts'
import type { DuckdbWorkspace } from './duckdb-workspace.ts'

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

/** How many rows a staged file holds that have the same fate. */
export interface StagedGroup {
  /** Why the rows do not count; `null` for those that do, which state, technology and provider are told of. */
  readonly rejected: string | null
  readonly state: number | null
  readonly technology: number | null
  readonly provider: number | null
  readonly rows: number
}

/** What became of a file: rows in a Parquet file, or the reason why it was not read. */
export type BdcFileFacts =
  | {
      readonly outcome: 'staged'
      /** Lines that are no rows, by reason. They are counted here, since they reach no table. */
      readonly malformed: Readonly<Record<string, number>>
      readonly groups: readonly StagedGroup[]
    }
  | { readonly outcome: 'refused'; readonly reason: string }

/**
 * A location id as it may lie on disk: hashed with a secret of the folder, so that locations can be told apart and not
 * named.
 */
export const sqlHiddenLocation = (location: string, secret: string): string => `hash(${location}, ${sqlText(secret)})`

/**
 * Reads an availability CSV into a Parquet file, a row each; rows that cannot be counted say why.
 *
 * Text is taken as RFC 4180 has it: quoted fields hold commas, doubled quotes and line ends. A row is rejected where the
 * provider, location, technology, block, hexagon, customer code or a speed is none; where the block lies outside of
 * `stateFips`. A brand that is missing and a latency that is not said are no reason: they are empty and false.
 */
export async function stageBdcFile(
  workspace: DuckdbWorkspace,
  {
    path,
    target,
    secret,
    stateFips,
  }: {
    readonly path: string
    readonly target: string
    readonly secret: string
    readonly stateFips?: string | undefined
  },
): Promise<BdcFileFacts> {
  const header = parseBdcHeader(await readColumns(path))
  if (header.outcome === 'refused') return header
  await workspace.run(`
    COPY (
      WITH typed AS (
        SELECT
          TRY_CAST(location_id AS BIGINT) AS location,
          TRY_CAST(provider_id AS INTEGER) AS provider_id,
          TRY_CAST(frn AS BIGINT) AS frn,
          coalesce(brand_name, '') AS brand,
          TRY_CAST(technology AS UTINYINT) AS technology,
          TRY_CAST(max_advertised_download_speed AS UINTEGER) AS download,
          TRY_CAST(max_advertised_upload_speed AS UINTEGER) AS upload,
          coalesce(TRY_CAST(low_latency AS BOOLEAN), false) AS low_latency,
          business_residential_code AS code,
          CASE WHEN length(block_geoid) = 15 THEN TRY_CAST(block_geoid AS BIGINT) END AS block_geoid,
          CASE WHEN length(h3_res8_id) = 15 AND starts_with(h3_res8_id, '88')
            THEN TRY_CAST('0x' || h3_res8_id AS BIGINT) END AS h3
        FROM ${csvTable(path, header.columns, 'availability')}
      )
      SELECT ${sqlHiddenLocation('typed.location', secret)} AS location, provider_id, frn, brand, technology, download, upload,
        low_latency, code IN ('R', 'X') AS residential, code IN ('B', 'X') AS business, block_geoid, h3,
        CASE
          WHEN provider_id IS NULL OR provider_id <= 0 THEN 'provider_id_invalid'
          WHEN typed.location IS NULL OR typed.location <= 0 THEN 'location_id_invalid'
          WHEN technology IS NULL OR technology NOT IN (0, 10, 40, 50, 60, 61, 70, 71, 72) THEN 'technology_unknown'
          WHEN block_geoid IS NULL OR block_geoid < 1000000000000 THEN 'block_invalid'
          WHEN h3 IS NULL THEN 'hexagon_invalid'
          WHEN download IS NULL OR upload IS NULL THEN 'speed_invalid'
          WHEN code IS NULL OR code NOT IN ('R', 'B', 'X') THEN 'customer_code_unknown'
          ${stateFips === undefined ? '' : `WHEN block_geoid // 10000000000000 <> ${Number(stateFips)} THEN 'block_in_other_state'`}
        END AS rejected
      FROM typed
    ) TO ${sqlText(target)} (FORMAT parquet, COMPRESSION zstd)`)
  const groups = await workspace.rows<StagedGroup>(`
    SELECT rejected, CASE WHEN rejected IS NULL THEN (block_geoid // 10000000000000)::INTEGER END AS state,
      CASE WHEN rejected IS NULL THEN technology END AS technology,
      CASE WHEN rejected IS NULL THEN provider_id END AS provider, count(*)::INTEGER AS rows
    FROM ${sqlText(target)} GROUP BY ALL ORDER BY ALL`)
  return { outcome: 'staged', malformed: await takeMalformed(workspace, 'availability'), groups }
}
