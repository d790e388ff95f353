import { basename } from 'node:path'
import type Database from 'better-sqlite3'
import { createCoverageWriter } from '../../dataset/coverage-writer.ts'
import type { CoverageWriter } from '../../dataset/coverage-writer.ts'
import { createProviderWriter } from '../../dataset/provider-writer.ts'
import type { ProviderWriter } from '../../dataset/provider-writer.ts'
import type { Source } from '../../dataset/source.ts'
import { AppError } from '../../lib/errors.ts'
import { sha256File } from '../../lib/sha256-file.ts'
import type { SourceFile } from '../files/source-file.ts'
import { parseBdcFileName } from './bdc-file-name.ts'
import type { BdcFileName } from './bdc-file-name.ts'
import { countCoverage, tidyBrand } from './count-coverage.ts'
import type { CoverageNumbers } from './count-coverage.ts'
import { withDuckdbWorkspace } from './duckdb-workspace.ts'
import type { DuckdbWorkspace, WorkspaceOptions } from './duckdb-workspace.ts'
import { findSuperseded } from './find-superseded.ts'
import type { FilingGroup } from './find-superseded.ts'
import { ingestProviders } from './ingest-providers.ts'
import { clearStaged, extractBdcFile, stageBdcFile } from './stage-bdc-file.ts'

export interface IngestBdcOptions extends WorkspaceOptions {
  readonly db: Database.Database
  /** Availability files as listed by `listSourceFiles`; the path tells vintage and revision. May be empty. */
  readonly files: readonly SourceFile[]
  /** Tables of provider ids. May be empty. */
  readonly providerFiles: readonly SourceFile[]
  /** Gives the next free id of a source. */
  readonly nextSourceId: () => number
}

export interface IngestedBdc {
  readonly sources: readonly Source[]
  /** Files that were not read, each with the reason. */
  readonly refused: readonly { readonly file: string; readonly reason: string }[]
}

interface NamedFile {
  readonly file: SourceFile
  readonly sha256: string
  readonly told: BdcFileName
}

/**
 * Counts FCC availability files into the data set and writes the providers that they name.
 *
 * State by state, so that memory and temporary disk are bounded by the largest state (of all states at once where a
 * file's name does not tell its state). For the same state and technology the newest vintage wins; rows of older files
 * are counted as `superseded`. FCC location ids are counted and never kept. Creates the tables also where there is
 * nothing to write.
 *
 * @throws AppError `source_unreadable` when files are given and none of them is an availability file.
 */
export async function ingestBdc({
  db,
  files,
  providerFiles,
  nextSourceId,
  ...workspace
}: IngestBdcOptions): Promise<IngestedBdc> {
  const coverage = createCoverageWriter(db)
  const providers = createProviderWriter(db)
  const sources: Source[] = []
  const refused: { file: string; reason: string }[] = []
  db.exec('BEGIN')
  for (const file of providerFiles) sources.push(await ingestProviders(file, providers, nextSourceId()))
  db.exec('COMMIT')
  const { named, duplicates } = await nameFiles(files)
  refused.push(...duplicates)
  const numbers: CoverageNumbers = { lastCellId: 0, brandIds: new Map() }
  let counted = 0
  for (const group of groupByState(named)) {
    const ingested = await withDuckdbWorkspace(workspace, (duckdb) =>
      ingestGroup(duckdb, group, { db, coverage, providers, nextSourceId, numbers }),
    )
    sources.push(...ingested.sources)
    refused.push(...ingested.refused)
    counted += ingested.sources.length
  }
  if (files.length > 0 && counted === 0) {
    const [first] = refused
    throw new AppError(
      'source_unreadable',
      `None of the ${files.length} BDC files holds availability by location${first ? ` (${first.file}: ${first.reason})` : ''}. ` +
        'Give files such as bdc_23_Cable_fixed_broadband_J23_05mar2024.zip.',
    )
  }
  coverage.finish()
  return { sources, refused }
}

async function nameFiles(
  files: readonly SourceFile[],
): Promise<{ named: NamedFile[]; duplicates: IngestedBdc['refused'] }> {
  const hashes = new Map<string, string>()
  const seen = new Map<string, string>()
  const named: NamedFile[] = []
  const duplicates: { file: string; reason: string }[] = []
  for (const file of files) {
    const sha256 = hashes.get(file.path) ?? (await sha256File(file.path))
    hashes.set(file.path, sha256)
    const key = `${sha256} ${file.member ?? ''}`
    const earlier = seen.get(key)
    if (earlier !== undefined) {
      duplicates.push({ file: basename(file.path), reason: `the same file as ${earlier}` })
      continue
    }
    seen.set(key, basename(file.path))
    const inner = file.member === undefined ? {} : parseBdcFileName(file.member)
    named.push({ file, sha256, told: { ...inner, ...known(parseBdcFileName(file.path)) } })
  }
  return { named, duplicates }
}

const known = (told: BdcFileName): BdcFileName =>
  Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))

function groupByState(files: readonly NamedFile[]): NamedFile[][] {
  if (files.some(({ told }) => told.stateFips === undefined)) return [[...files]]
  const groups = Map.groupBy(files, ({ told }) => told.stateFips)
  return [...groups].sort(([a = ''], [b = '']) => (a < b ? -1 : 1)).map(([, group]) => group)
}

interface Staged extends NamedFile {
  readonly malformed: Readonly<Record<string, number>>
}

async function ingestGroup(
  duckdb: DuckdbWorkspace,
  files: readonly NamedFile[],
  needs: {
    readonly db: Database.Database
    readonly coverage: CoverageWriter
    readonly providers: ProviderWriter
    readonly nextSourceId: () => number
    readonly numbers: CoverageNumbers
  },
): Promise<IngestedBdc> {
  const { staged, refused } = await stageFiles(duckdb, files)
  const groups = await duckdb.rows<{
    file: number
    rejected: string | null
    state: number
    technology: number
    provider: number
    n: number
  }>(`
    SELECT file, rejected, (block_geoid // 10000000000000)::INTEGER AS state, technology, provider_id AS provider,
      count(*)::INTEGER AS n
    FROM staged GROUP BY ALL ORDER BY ALL`)
  const filings: FilingGroup[] = groups
    .filter(({ rejected }) => rejected === null)
    .map(({ file, state, technology, provider, n }) => ({
      file,
      stateFips: String(state).padStart(2, '0'),
      technologyCode: technology,
      providerId: provider,
      rows: n,
    }))
  const superseded = findSuperseded(
    filings,
    staged.map(({ told }) => told),
  )
  const rejectedBy = staged.map(({ malformed }): Record<string, number> => ({ ...malformed }))
  const reject = (file: number, reason: string, rows: number) => {
    const counts = rejectedBy[file]
    if (counts) counts[reason] = (counts[reason] ?? 0) + rows
  }
  for (const { file, rejected, n } of groups) if (rejected !== null) reject(file, rejected, n)
  for (const { file, rows } of superseded) reject(file, 'superseded', rows)
  const sources = staged.map(({ file, sha256, told }, index): Source => {
    const rejected = rejectedBy[index] ?? {}
    const stagedRows = groups.filter((group) => group.file === index).reduce((sum, { n }) => sum + n, 0)
    const malformedRows = Object.values(staged[index]?.malformed ?? {}).reduce((sum, n) => sum + n, 0)
    const rowsRead = stagedRows + malformedRows
    return {
      sourceId: needs.nextSourceId(),
      kind: 'bdc_availability',
      file: basename(file.path),
      vintage: told.asOfDate,
      revision: told.revision,
      licence: 'Public domain (17 U.S.C. 105)',
      attribution: 'Federal Communications Commission, Broadband Data Collection',
      sha256,
      rowsRead,
      rowsKept: rowsRead - Object.values(rejected).reduce((sum, n) => sum + n, 0),
      rejected,
    }
  })
  const sourceIds = sources.map(({ sourceId }) => sourceId)
  needs.db.exec('BEGIN')
  await countCoverage(duckdb, needs.coverage, { superseded, sourceIds, numbers: needs.numbers })
  await nameProviders(duckdb, needs.providers)
  needs.db.exec('COMMIT')
  return { sources, refused }
}

/** While DuckDB reads one file the next is unzipped, so that the temporary folder never holds more than two. */
async function stageFiles(
  duckdb: DuckdbWorkspace,
  files: readonly NamedFile[],
): Promise<{ staged: Staged[]; refused: IngestedBdc['refused'] }> {
  const staged: Staged[] = []
  const refused: { file: string; reason: string }[] = []
  await clearStaged(duckdb)
  const extract = (position: number) => {
    const next = files[position]
    if (!next) return undefined
    const extracting = extractBdcFile(next.file, duckdb, position)
    extracting.catch(() => {})
    return extracting
  }
  let extracting = extract(0)
  for (const [position, named] of files.entries()) {
    const extracted = await extracting
    extracting = extract(position + 1)
    if (!extracted) break
    const { told } = named
    const result = await stageBdcFile(duckdb, { path: extracted.path, index: staged.length, stateFips: told.stateFips })
    await extracted.remove()
    if (result.outcome === 'refused') refused.push({ file: named.file.name, reason: result.reason })
    else staged.push({ ...named, malformed: result.malformed })
  }
  return { staged, refused }
}

/** A provider that no table named is called by the brand that it filed most, until a directory knows better. */
async function nameProviders(duckdb: DuckdbWorkspace, providers: ProviderWriter): Promise<void> {
  const brands = await duckdb.rows<{ provider: number; brand: string }>(`
    SELECT provider_id AS provider, brand FROM staged
    GROUP BY provider_id, brand ORDER BY provider_id, count(*) DESC, brand`)
  for (const { provider, brand } of brands) {
    const name = tidyBrand(brand)
    if (name !== '') providers.addProvider(provider, name)
  }
  const frns = await duckdb.rows<{ provider: number; frn: bigint }>(`
    SELECT provider_id AS provider, frn FROM staged WHERE frn BETWEEN 1 AND 9999999999
    GROUP BY provider_id, frn ORDER BY frn, count(*) DESC, provider_id`)
  for (const { provider, frn } of frns) providers.addFrn(String(frn).padStart(10, '0'), provider)
}
