import { basename, join } from 'node:path'
import type { CoverageWriter } from '../../dataset/coverage/coverage-writer.ts'
import type { ProviderWriter } from '../../dataset/coverage/provider-writer.ts'
import type { Source } from '../../dataset/source.ts'
import type { SourceFile } from '../files/source-file.ts'
import type { KeptResult, KeptResults } from '../kept-results.ts'
import { countCoverage, tidyBrand } from './count-coverage.ts'
import type { CoverageNumbers } from './count-coverage.ts'
import { countLocations } from './count-locations.ts'
import type { ListCounts } from './count-locations.ts'
import type { DuckdbWorkspace } from './duckdb-workspace.ts'
import { gatherStaged } from './gather-staged.ts'
import type { StagedFile } from './gather-staged.ts'
import type { NamedFile, RefusedFile } from './name-bdc-files.ts'
import { extractFile, stageBdcFile } from './stage-bdc-file.ts'
import type { BdcFileFacts } from './stage-bdc-file.ts'

/** What is to be known of a state besides its counts; sources have no numbers yet. */
export interface StateFacts {
  readonly sources: readonly Omit<Source, 'sourceId'>[]
  readonly refused: readonly RefusedFile[]
  /** By list of locations. */
  readonly lists: readonly ListCounts[]
}

export interface StateNeeds {
  readonly coverage: CoverageWriter
  readonly providers: ProviderWriter
  readonly locationFiles: readonly SourceFile[]
  readonly kept: KeptResults
  readonly recipeOf: (files: readonly SourceFile[], settings: unknown) => Promise<unknown>
}

const STAGED = 'staged.parquet'

/**
 * Counts the files of a state, or of several where they cannot be told apart. Files that were read before are not read
 * again. Sources are numbered by their place in the answer.
 */
export async function ingestState(
  duckdb: DuckdbWorkspace,
  files: readonly NamedFile[],
  needs: StateNeeds,
): Promise<StateFacts> {
  const { staged, refused } = await stageFiles(duckdb, files, needs)
  await gatherStaged(duckdb, staged)
  const numbers: CoverageNumbers = { lastCellId: 0, lastProfileId: 0, lastBrandId: 0, brandIds: new Map() }
  const counting = { coverage: needs.coverage, numbers, sourceIds: staged.map((_, index) => index) }
  await countCoverage(duckdb, counting)
  const lists: ListCounts[] = []
  for (const list of needs.locationFiles) {
    lists.push(await countLocations(duckdb, list, { ...counting, secret: needs.kept.secret }))
  }
  await nameProviders(duckdb, needs.providers)
  return { sources: staged.map(describeSource), refused, lists }
}

function describeSource({ file, sha256, told, rowsRead, rejected }: StagedFile): Omit<Source, 'sourceId'> {
  return {
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
  }
}

/** While DuckDB reads one file the next is unzipped, so that the temporary folder never holds more than two. */
async function stageFiles(
  duckdb: DuckdbWorkspace,
  files: readonly NamedFile[],
  { kept, recipeOf }: StateNeeds,
): Promise<{ staged: StagedFile[]; refused: RefusedFile[] }> {
  const known = []
  for (const named of files) {
    const recipe = await recipeOf([named.file], named.told.stateFips)
    known.push({ named, recipe, result: (await kept.find(recipe)) as KeptResult<BdcFileFacts> | undefined })
  }
  const unread = known.filter(({ result }) => !result).map(({ named }) => named)
  const extract = (position: number) => {
    const next = unread[position]
    if (!next) return undefined
    const extracting = extractFile(next.file, duckdb, String(position))
    extracting.catch(() => {}) // It is awaited later; until then a failure must not end the process.
    return extracting
  }
  const staged: StagedFile[] = []
  const refused: RefusedFile[] = []
  let position = 0
  let extracting = extract(position)
  try {
    for (const { named, recipe, result: earlier } of known) {
      let result = earlier
      if (!result) {
        const extracted = await extracting
        extracting = extract(++position)
        if (!extracted) break
        result = await kept.make(recipe, (folder) =>
          stageBdcFile(duckdb, {
            path: extracted.path,
            target: join(folder, STAGED),
            secret: kept.secret,
            stateFips: named.told.stateFips,
          }),
        )
        await extracted.remove()
      }
      const { facts, folder } = result
      if (facts.outcome === 'refused') {
        refused.push({ file: named.file.name, reason: facts.reason })
        continue
      }
      const { malformed, groups } = facts
      const rejected = { ...malformed }
      for (const { rejected: reason, rows } of groups) {
        if (reason !== null) rejected[reason] = (rejected[reason] ?? 0) + rows
      }
      const rowsRead = sumOf([...Object.values(malformed), ...groups.map(({ rows }) => rows)])
      staged.push({ ...named, parquet: join(folder, STAGED), rejected, rowsRead, groups })
    }
  } finally {
    await extracting?.catch(() => {})
  }
  return { staged, refused }
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
