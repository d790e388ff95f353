import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openCoverageGatherer } from '../../dataset/coverage/coverage-part.ts'
import { createCoverageWriter } from '../../dataset/coverage/coverage-writer.ts'
import type { CoverageWriter } from '../../dataset/coverage/coverage-writer.ts'
import { createProviderWriter } from '../../dataset/coverage/provider-writer.ts'
import type { ProviderWriter } from '../../dataset/coverage/provider-writer.ts'
import type { Source } from '../../dataset/source.ts'
import { AppError } from '../../lib/errors.ts'
import type { SourceFile } from '../files/source-file.ts'
import { openKeptResults } from '../kept-results.ts'
import type { KeptResults } from '../kept-results.ts'
import { createChecksums, identify } from '../recipe.ts'
import type { ChecksumOf } from '../recipe.ts'
import { toLocationSource } from './count-locations.ts'
import type { ListCounts } from './count-locations.ts'
import { withDuckdbWorkspace } from './duckdb-workspace.ts'
import type { WorkspaceOptions } from './duckdb-workspace.ts'
import { ingestProviders } from './ingest-providers.ts'
import { ingestState } from './ingest-state.ts'
import { groupByState, nameBdcFiles } from './name-bdc-files.ts'
import type { RefusedFile } from './name-bdc-files.ts'

export interface IngestBdcOptions extends WorkspaceOptions {
  readonly db: Database.Database
  /** Availability files as listed by `listSourceFiles`; the path tells vintage and revision. May be empty. */
  readonly files: readonly SourceFile[]
  /** Tables of provider ids. May be empty. */
  readonly providerFiles: readonly SourceFile[]
  /** Lists of locations with coordinates, which only a licence gives. */
  readonly locationFiles?: readonly SourceFile[] | undefined
  /** Gives the next free id of a source. */
  readonly nextSourceId: () => number
  /** What earlier builds kept, and the code that made it; nothing is kept when absent. */
  readonly earlier?: { readonly kept: KeptResults; readonly code: string } | undefined
  readonly checksumOf?: ChecksumOf | undefined
}

const PART = 'filings.sqlite'

/**
 * Counts FCC availability files into the data set and writes the providers that they name.
 *
 * State by state, so that memory and temporary disk are bounded by the largest state (of all states at once where a
 * file's name does not tell its state). A state whose files are those of an earlier build is not counted again. For the
 * same state and technology the newest vintage wins; rows of older files are counted as `superseded`. FCC location ids
 * are counted and never kept. Creates the tables also where there is nothing to write.
 *
 * @throws AppError `source_unreadable` when files are given and none of them is an availability file.
 */
export async function ingestBdc({
  db,
  files,
  providerFiles,
  locationFiles = [],
  nextSourceId,
  earlier,
  checksumOf = createChecksums(),
  ...workspace
}: IngestBdcOptions): Promise<{ readonly sources: readonly Source[]; readonly refused: readonly RefusedFile[] }> {
  const coverage = createCoverageWriter(db)
  const providers = createProviderWriter(db)
  const sources: Source[] = []
  for (const file of providerFiles) sources.push(await ingestProviders(file, providers, nextSourceId()))
  if (locationFiles.length > 0 && files.length === 0) {
    throw new AppError('source_unreadable', 'A list of locations says nothing without FCC filings: give them too.')
  }
  const { named, refused } = await nameBdcFiles(files, checksumOf)
  const gatherer = openCoverageGatherer(db)
  const filings: Source[] = []
  const lists: (readonly ListCounts[])[] = []
  await withKept(earlier, workspace.temporaryFolder, async ({ kept, code }) => {
    const recipeOf = async (given: readonly SourceFile[], settings: unknown): Promise<unknown> => [
      code,
      settings,
      await Promise.all(given.map((file) => identify(file, checksumOf))),
    ]
    for (const group of groupByState(named)) {
      const told = group.map((file) => file.told)
      const recipe = await recipeOf([...group.map(({ file }) => file), ...locationFiles], told)
      const { folder, facts } = await kept.take(recipe, (made) =>
        withPart(join(made, PART), (writers) =>
          withDuckdbWorkspace(workspace, (duckdb) =>
            ingestState(duckdb, group, { ...writers, locationFiles, kept, recipeOf }),
          ),
        ),
      )
      for (const {
        file,
        told: { stateFips },
      } of group)
        kept.spare(await recipeOf([file], stateFips))
      const counted = facts.sources.map((source): Source => ({ ...source, sourceId: nextSourceId() }))
      filings.push(...counted)
      refused.push(...facts.refused)
      lists.push(facts.lists)
      gatherer.addPart(
        join(folder, PART),
        counted.map(({ sourceId }) => sourceId),
      )
    }
  })
  if (files.length > 0 && filings.length === 0) throw noAvailability(refused)
  coverage.finish()
  const listed = await Promise.all(
    locationFiles.map((file, index) => {
      const counts = lists.flatMap((ofState) => ofState[index] ?? [])
      return toLocationSource(file, counts, nextSourceId())
    }),
  )
  return { sources: [...sources, ...filings, ...listed], refused }
}

/** Hands over what earlier builds kept, or a place that is gone afterwards. */
async function withKept(
  earlier: IngestBdcOptions['earlier'],
  temporaryFolder: string = tmpdir(),
  use: (earlier: NonNullable<IngestBdcOptions['earlier']>) => Promise<void>,
): Promise<void> {
  if (earlier) return use(earlier)
  const folder = await mkdtemp(join(temporaryFolder, 'hum-results-'))
  try {
    const kept = openKeptResults({ folder, temporaryFolder: folder, isFresh: true, report: () => {} })
    await use({ kept, code: '' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Without a journal and in one transaction: a part that was not finished is thrown away. */
async function withPart<Result>(
  file: string,
  use: (writers: { readonly coverage: CoverageWriter; readonly providers: ProviderWriter }) => Promise<Result>,
): Promise<Result> {
  const db = new Database(file)
  try {
    db.pragma('journal_mode = off')
    db.pragma('synchronous = off')
    db.exec('BEGIN')
    const result = await use({ coverage: createCoverageWriter(db), providers: createProviderWriter(db) })
    db.exec('COMMIT')
    return result
  } finally {
    db.close()
  }
}

function noAvailability([first]: readonly RefusedFile[]): AppError {
  const why = first ? ` (${first.file}: ${first.reason})` : ''
  return new AppError(
    'source_unreadable',
    `None of the FCC files holds availability by location${why}. ` +
      'Give files such as bdc_23_Cable_fixed_broadband_J23_05mar2024.zip.',
  )
}
