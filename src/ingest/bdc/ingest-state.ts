import { basename } from 'node:path'
import type { CoverageWriter } from '../../dataset/coverage-writer.ts'
import type { ProviderWriter } from '../../dataset/provider-writer.ts'
import type { Source } from '../../dataset/source.ts'
import { countCoverage, tidyBrand } from './count-coverage.ts'
import type { CoverageNumbers } from './count-coverage.ts'
import { countLocations } from './count-locations.ts'
import type { LocationList } from './count-locations.ts'
import type { DuckdbWorkspace } from './duckdb-workspace.ts'
import { findSuperseded } from './find-superseded.ts'
import type { FilingGroup } from './find-superseded.ts'
import type { NamedFile, RefusedFile } from './name-bdc-files.ts'
import { clearStaged, extractFile, stageBdcFile } from './stage-bdc-file.ts'

interface StagedFile extends NamedFile {
  /** Rows left out, by reason. */
  readonly rejected: Record<string, number>
  rowsRead: number
}

/** Counts the files of a state, or of several where they cannot be told apart. */
export async function ingestState(
  duckdb: DuckdbWorkspace,
  files: readonly NamedFile[],
  needs: {
    readonly coverage: CoverageWriter
    readonly providers: ProviderWriter
    readonly nextSourceId: () => number
    readonly numbers: CoverageNumbers
    readonly locationLists: readonly LocationList[]
  },
): Promise<{ readonly sources: readonly Source[]; readonly refused: readonly RefusedFile[] }> {
  const { staged, refused } = await stageFiles(duckdb, files)
  await rejectRows(duckdb, staged)
  const sources = staged.map(({ file, sha256, told, rowsRead, rejected }): Source => ({
    sourceId: needs.nextSourceId(),
    kind: 'bdc_availability',
    file: basename(file.path),
    vintage: told.asOfDate,
    revision: told.revision,
    licence: 'Public domain (17 U.S.C. 105)',
    attribution: 'Federal Communications Commission, Broadband Data Collection',
    sha256,
    rowsRead,
    rowsKept: rowsRead - sumOf(Object.values(rejected)),
    rejected,
  }))
  const sourceIds = sources.map(({ sourceId }) => sourceId)
  await countCoverage(duckdb, { ...needs, sourceIds })
  for (const list of needs.locationLists) await countLocations(duckdb, list, { ...needs, sourceIds })
  await nameProviders(duckdb, needs.providers)
  return { sources, refused }
}

/** While DuckDB reads one file the next is unzipped, so that the temporary folder never holds more than two. */
async function stageFiles(
  duckdb: DuckdbWorkspace,
  files: readonly NamedFile[],
): Promise<{ staged: StagedFile[]; refused: RefusedFile[] }> {
  const staged: StagedFile[] = []
  const refused: RefusedFile[] = []
  await clearStaged(duckdb)
  const extract = (position: number) => {
    const next = files[position]
    if (!next) return undefined
    const extracting = extractFile(next.file, duckdb, String(position))
    extracting.catch(() => {}) // It is awaited later; until then a failure must not end the process.
    return extracting
  }
  let extracting = extract(0)
  try {
    for (const [position, named] of files.entries()) {
      const extracted = await extracting
      extracting = extract(position + 1)
      if (!extracted) break
      const result = await stageBdcFile(duckdb, {
        path: extracted.path,
        index: staged.length,
        stateFips: named.told.stateFips,
      })
      await extracted.remove()
      if (result.outcome === 'refused') refused.push({ file: named.file.name, reason: result.reason })
      else
        staged.push({ ...named, rejected: { ...result.malformed }, rowsRead: sumOf(Object.values(result.malformed)) })
    }
  } finally {
    await extracting?.catch(() => {})
  }
  return { staged, refused }
}

/** Takes out of the staging table what does not count, and counts that by reason. */
async function rejectRows(duckdb: DuckdbWorkspace, staged: readonly StagedFile[]): Promise<void> {
  const groups = await duckdb.rows<{
    file: number
    rejected: string | null
    state: number
    technology: number
    provider: number
    n: number
  }>(`
    SELECT file, rejected, CASE WHEN rejected IS NULL THEN (block_geoid // 10000000000000)::INTEGER END AS state,
      CASE WHEN rejected IS NULL THEN technology END AS technology,
      CASE WHEN rejected IS NULL THEN provider_id END AS provider, count(*)::INTEGER AS n
    FROM staged GROUP BY ALL ORDER BY ALL`)
  const filings: FilingGroup[] = []
  const reject = (file: number, reason: string, rows: number) => {
    const rejected = staged[file]?.rejected
    if (rejected) rejected[reason] = (rejected[reason] ?? 0) + rows
  }
  for (const { file, rejected, state, technology, provider, n } of groups) {
    const counted = staged[file]
    if (counted) counted.rowsRead += n
    if (rejected !== null) reject(file, rejected, n)
    else {
      const stateFips = String(state).padStart(2, '0')
      filings.push({ file, stateFips, technologyCode: technology, providerId: provider, rows: n })
    }
  }
  await duckdb.run('DELETE FROM staged WHERE rejected IS NOT NULL')
  const vintages = staged.map(({ told }) => told)
  for (const { file, stateFips, technologyCode, providerId, rows } of findSuperseded(filings, vintages)) {
    reject(file, 'superseded', rows)
    await duckdb.run(`
      DELETE FROM staged WHERE file = ${file} AND block_geoid // 10000000000000 = ${Number(stateFips)}
        AND technology = ${technologyCode} AND provider_id = ${providerId}`)
  }
}

/** A provider that no table named is called by the brand that it filed most, until a directory knows better. */
async function nameProviders(duckdb: DuckdbWorkspace, providers: ProviderWriter): Promise<void> {
  const brands = await duckdb.rows<{ provider: number; brand: string }>(`
    SELECT provider_id AS provider, brand FROM staged
    GROUP BY provider_id, brand ORDER BY provider_id, count(*) DESC, brand`)
  const frns = await duckdb.rows<{ provider: number; frn: bigint }>(`
    SELECT provider_id AS provider, frn FROM staged WHERE frn BETWEEN 1 AND 9999999999
    GROUP BY provider_id, frn ORDER BY frn, count(*) DESC, provider_id`)
  providers.inOneTransaction(() => {
    for (const { provider, brand } of brands) {
      const name = tidyBrand(brand)
      if (name !== '') providers.addProvider(provider, name)
    }
    for (const { provider, frn } of frns) providers.addFrn(String(frn).padStart(10, '0'), provider)
  })
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
