import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type Database from 'better-sqlite3'
import { hashContent } from '../dataset/content-hash.ts'
import { createDataSet } from '../dataset/data-set-writer.ts'
import { SCHEMA_VERSION } from '../dataset/data-set.ts'
import type { Manifest, ManifestPart, SourceEntry } from '../dataset/manifest.ts'
import { writeSandboxBehaviours } from '../dataset/sandbox-behaviours.ts'
import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { sha256File } from '../lib/sha256-file.ts'
import { ingestBdc } from './bdc/ingest-bdc.ts'
import { openBuildFolder } from './build-folder.ts'
import type { BuildFolder } from './build-folder.ts'
import { findRetrievalDates } from './find-retrieval-dates.ts'
import { findSources } from './find-sources.ts'
import type { FoundSources, SetAside, SourcePaths } from './find-sources.ts'
import { copyTables, findKeptParts, listTables, listTablesOf, recipeOf } from './kept-part.ts'
import type { KeptPart, PartName } from './kept-part.ts'
import { ingestLabels } from './labels/ingest-labels.ts'
import { readBehaviours } from './sandbox/read-behaviours.ts'
import { writeStreetsAside } from './write-streets-aside.ts'
import type { StreetSettings } from './write-streets.ts'

/**
 * Parts number their sources apart, so that the numbers of one do not depend on the files of another. Most facts are
 * filings, which get the numbers that take least room.
 */
const FIRST_SOURCE_ID = { filings: 1, labels: 8_001, streets: 10_001 } as const
/** Of memory that DuckDB may use; the rest of the process takes about as much again. */
const FILINGS_MEMORY_MB = 512

export interface BuildOptions extends SourcePaths, StreetSettings {
  /** The folder of data sets; made where there is none. */
  readonly out: string
  /** Marks the data set as the sandbox's invented region. */
  readonly isSandbox?: boolean | undefined
  /** Builds every part anew, also those whose sources are those of the newest data set in the folder. */
  readonly isFresh?: boolean | undefined
}

/** What a build did. */
export interface BuildReport extends Manifest {
  /** The path of the data set. */
  readonly path: string
  readonly seconds: number
  /** The most memory that the process held so far. */
  readonly peakMemoryMb: number
}

/**
 * Builds a data set from public files and puts it into a folder under the next free version.
 *
 * The same files give the same facts and the same content hash, on any day. The data set appears whole or not at all:
 * a build that fails or is killed leaves the folder's data sets as they were. Every file given is either a source with
 * its rows counted, or named in `setAside` with the reason.
 *
 * @throws AppError `source_unreadable` when a file is missing, damaged or not what it is given as; `data_set_unwritable`
 *   when the folder cannot be written or the disk is full.
 */
export async function buildDataSet(
  options: BuildOptions,
  { clock, report }: { clock: Clock; report: (line: string) => void },
): Promise<BuildReport> {
  const startedAt = clock()
  const sources = await findSources(options)
  const folder = whileWriting(() => openBuildFolder(options.out, clock))
  try {
    const manifest = await writeDataSet(folder, sources, options, { clock, report })
    const path = folder.publish(manifest)
    const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024)
    return { ...manifest, path, seconds: (clock() - startedAt) / 1000, peakMemoryMb }
  } catch (error) {
    folder.discard()
    throw asWriteError(error)
  }
}

interface BuildNeeds {
  readonly clock: Clock
  readonly report: (line: string) => void
}

/** SQLite sorts in temporary files; those of a nation do not fit into every system's temporary folder. */
async function writeDataSet(
  folder: BuildFolder,
  sources: FoundSources,
  options: BuildOptions,
  needs: BuildNeeds,
): Promise<Manifest> {
  const writer = createDataSet(folder.file)
  const systemTemporaryFolder = process.env['SQLITE_TMPDIR']
  process.env['SQLITE_TMPDIR'] = folder.temporaryFolder
  try {
    const parts = await writeParts(writer.db, folder, sources, options, needs)
    const plans = await ingestLabels({
      db: writer.db,
      files: sources.labels,
      nextSourceId: countFrom(FIRST_SOURCE_ID.labels),
    })
    const isSandbox = options.isSandbox ?? false
    if (isSandbox) {
      const behaviours = sources.behaviours.flatMap((file) => readBehaviours(file.path))
      writeSandboxBehaviours(writer.db, behaviours)
    }
    const retrievedOn = await findRetrievalDates(sources)
    const entries = [...parts.entries, ...plans.sources].map((entry): SourceEntry => ({
      ...entry,
      retrievedOn: retrievedOn.get(entry.sha256) ?? entry.retrievedOn,
    }))
    for (const entry of entries) writer.writeSource(entry)
    needs.report('Counting and checking what was written')
    const content = hashContent(writer.db)
    writer.finish({ version: folder.version, isSandbox })
    return {
      version: folder.version,
      schemaVersion: SCHEMA_VERSION,
      isSandbox,
      builtAt: new Date(needs.clock()).toISOString(),
      contentHash: content.hash,
      file: {
        name: basename(folder.file),
        sizeBytes: statSync(folder.file).size,
        sha256: await sha256File(folder.file),
      },
      rows: content.rows,
      sources: entries,
      setAside: [...sources.setAside, ...parts.setAside, ...plans.refused],
      parts: parts.records,
    }
  } finally {
    writer.db.close()
    if (systemTemporaryFolder === undefined) delete process.env['SQLITE_TMPDIR']
    else process.env['SQLITE_TMPDIR'] = systemTemporaryFolder
  }
}

interface WrittenParts {
  readonly entries: readonly SourceEntry[]
  readonly setAside: readonly SetAside[]
  readonly records: Readonly<Record<PartName, ManifestPart>>
}

/**
 * Takes over the parts whose sources have not changed, and builds the others side by side: streets on a thread of their
 * own, filings on those of DuckDB.
 */
async function writeParts(
  db: Database.Database,
  folder: BuildFolder,
  sources: FoundSources,
  { out, isFresh = false, pointColumns, pointState }: BuildOptions,
  { report }: BuildNeeds,
): Promise<WrittenParts> {
  const tigerFiles = sources.tiger.flatMap(({ table, shape }) => (shape ? [table, shape] : [table]))
  const recipes = {
    streets: await recipeOf([...sources.zips, ...tigerFiles, ...sources.points], { pointColumns, pointState }),
    filings: await recipeOf([...sources.providers, ...sources.bdc, ...sources.locations], {}),
  }
  const kept = isFresh ? {} : await findKeptParts(out, recipes)
  for (const [name, { version }] of Object.entries(kept)) {
    report(`The ${name} of data set ${version} are kept: their sources are the same`)
  }
  const streetFile = kept.streets?.file ?? join(folder.temporaryFolder, 'streets.sqlite')
  const stopping = new AbortController()
  const core = listTables(db)
  if (kept.filings) copyTables(db, kept.filings.file, kept.filings.tables)
  try {
    const [streets, filings] = await Promise.all([
      kept.streets ??
        writeStreetsAside(sources, {
          file: streetFile,
          settings: { pointColumns, pointState },
          firstSourceId: FIRST_SOURCE_ID.streets,
          report,
          signal: stopping.signal,
        }),
      kept.filings ?? writeFilings(db, folder, sources, report),
    ])
    const filingTables = listTables(db).filter((table) => !core.includes(table))
    const streetTables = kept.streets?.tables ?? listTablesOf(streetFile).filter((table) => !core.includes(table))
    copyTables(db, streetFile, streetTables)
    return {
      entries: [...streets.entries, ...filings.entries],
      setAside: [...streets.setAside, ...filings.setAside],
      records: {
        streets: recordOf(streets, recipes.streets, streetTables),
        filings: recordOf(filings, recipes.filings, filingTables),
      },
    }
  } finally {
    stopping.abort()
  }
}

function recordOf(
  { entries, setAside }: Pick<KeptPart, 'entries' | 'setAside'>,
  recipe: string,
  tables: readonly string[],
): ManifestPart {
  return { recipe, tables, sourceIds: entries.map(({ sourceId }) => sourceId), setAside }
}

async function writeFilings(
  db: Database.Database,
  folder: BuildFolder,
  { bdc, providers, locations }: FoundSources,
  report: (line: string) => void,
): Promise<Pick<KeptPart, 'entries' | 'setAside'>> {
  if (bdc.length > 0) report(`FCC filings of ${bdc.length} files`)
  const { sources, refused } = await ingestBdc({
    db,
    files: bdc,
    providerFiles: providers,
    locationFiles: locations,
    nextSourceId: countFrom(FIRST_SOURCE_ID.filings),
    temporaryFolder: folder.temporaryFolder,
    memoryLimitMb: FILINGS_MEMORY_MB,
  })
  return { entries: sources, setAside: refused }
}

function countFrom(first: number): () => number {
  let next = first
  return () => next++
}

function whileWriting<Result>(write: () => Result): Result {
  try {
    return write()
  } catch (error) {
    throw asWriteError(error)
  }
}

function asWriteError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'SQLITE_FULL' || /no space left|disk.*full|full disk/i.test(error.message)) {
    return new AppError('data_set_unwritable', 'The disk is full. Make room or build into a folder on another disk.', {
      cause: error,
    })
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) {
    return new AppError('data_set_unwritable', `The data set cannot be written: ${error.message}.`, { cause: error })
  }
  return error
}
