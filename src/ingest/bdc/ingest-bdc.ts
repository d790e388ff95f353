import type Database from 'better-sqlite3'
import { createCoverageWriter } from '../../dataset/coverage-writer.ts'
import { createProviderWriter } from '../../dataset/provider-writer.ts'
import type { Source } from '../../dataset/source.ts'
import { AppError } from '../../lib/errors.ts'
import type { SourceFile } from '../files/source-file.ts'
import type { CoverageNumbers } from './count-coverage.ts'
import { openLocationList, toLocationSource } from './count-locations.ts'
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
  locationFiles = [],
  nextSourceId,
  ...workspace
}: IngestBdcOptions): Promise<{ readonly sources: readonly Source[]; readonly refused: readonly RefusedFile[] }> {
  const coverage = createCoverageWriter(db)
  const providers = createProviderWriter(db)
  const sources: Source[] = []
  for (const file of providerFiles) sources.push(await ingestProviders(file, providers, nextSourceId()))
  if (locationFiles.length > 0 && files.length === 0) {
    throw new AppError('source_unreadable', 'A list of locations says nothing without FCC filings: give them too.')
  }
  const locationLists = locationFiles.map(openLocationList)
  const { named, refused } = await nameBdcFiles(files)
  const numbers: CoverageNumbers = { lastCellId: 0, lastProfileId: 0, lastBrandId: 0, brandIds: new Map() }
  const filings: Source[] = []
  for (const group of groupByState(named)) {
    const ingested = await withDuckdbWorkspace(workspace, (duckdb) =>
      ingestState(duckdb, group, { coverage, providers, nextSourceId, numbers, locationLists }),
    )
    filings.push(...ingested.sources)
    refused.push(...ingested.refused)
  }
  if (files.length > 0 && filings.length === 0) throw noAvailability(refused)
  coverage.finish()
  const lists = await Promise.all(locationLists.map((list) => toLocationSource(list, nextSourceId())))
  return { sources: [...sources, ...filings, ...lists], refused }
}

function noAvailability([first]: readonly RefusedFile[]): AppError {
  const why = first ? ` (${first.file}: ${first.reason})` : ''
  return new AppError(
    'source_unreadable',
    `None of the FCC files holds availability by location${why}. ` +
      'Give files such as bdc_23_Cable_fixed_broadband_J23_05mar2024.zip.',
  )
}
