import { sqlText } from './duckdb-workspace.ts'
import type { DuckdbWorkspace } from './duckdb-workspace.ts'
import { findSuperseded } from './find-superseded.ts'
import type { FilingGroup } from './find-superseded.ts'
import type { NamedFile } from './name-bdc-files.ts'
import type { StagedGroup } from './stage-bdc-file.ts'

/** A file whose rows lie in a Parquet file. */
export interface StagedFile extends NamedFile {
  readonly parquet: string
  /** Rows left out, by reason. */
  readonly rejected: Record<string, number>
  readonly rowsRead: number
  readonly groups: readonly StagedGroup[]
}

/** Makes the view `staged` of the rows that count, and counts those that a newer file replaces. */
export async function gatherStaged(duckdb: DuckdbWorkspace, staged: readonly StagedFile[]): Promise<void> {
  const filings = staged.flatMap(({ groups }, file) =>
    groups.flatMap(({ rejected, state, technology, provider, rows }): FilingGroup[] => {
      if (rejected !== null || state === null || technology === null || provider === null) return []
      return [
        { file, stateFips: String(state).padStart(2, '0'), technologyCode: technology, providerId: provider, rows },
      ]
    }),
  )
  const superseded = findSuperseded(
    filings,
    staged.map(({ told }) => told),
  )
  await duckdb.run('CREATE TABLE superseded (file INTEGER, state INTEGER, technology INTEGER, provider_id INTEGER)')
  for (const { file, stateFips, technologyCode, providerId, rows } of superseded) {
    const rejected = staged[file]?.rejected
    if (rejected) rejected['superseded'] = (rejected['superseded'] ?? 0) + rows
    await duckdb.run(`INSERT INTO superseded VALUES (${file}, ${Number(stateFips)}, ${technologyCode}, ${providerId})`)
  }
  const selects = staged.map(({ parquet }, file) => {
    const rows = `SELECT ${file}::INTEGER AS file, * EXCLUDE rejected FROM ${sqlText(parquet)} WHERE rejected IS NULL`
    if (!superseded.some((group) => group.file === file)) return rows
    return `${rows} AND NOT EXISTS (FROM superseded s WHERE s.file = ${file}
      AND s.state = block_geoid // 10000000000000 AND s.technology = technology AND s.provider_id = provider_id)`
  })
  await duckdb.run(`CREATE VIEW staged AS ${selects.length > 0 ? selects.join(' UNION ALL ') : NOTHING_STAGED}`)
}

/** What a Parquet file would hold. */
const NOTHING_STAGED = `
  SELECT 0 AS file, 0::UBIGINT AS location, 0 AS provider_id, 0::BIGINT AS frn, '' AS brand, 0::UTINYINT AS technology,
    0::UINTEGER AS download, 0::UINTEGER AS upload, false AS low_latency, false AS residential, false AS business,
    0::BIGINT AS block_geoid, 0::BIGINT AS h3 WHERE false`
