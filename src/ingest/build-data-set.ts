import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { hashContent } from '../dataset/content-hash.ts'
import { createDataSet } from '../dataset/data-set-writer.ts'
import type { DataSetWriter } from '../dataset/data-set-writer.ts'
import { SCHEMA_VERSION } from '../dataset/data-set.ts'
import type { Manifest, SourceEntry } from '../dataset/manifest.ts'
import { writeSandboxBehaviours } from '../dataset/sandbox-behaviours.ts'
import { writeStreetMap } from '../dataset/street-map-writer.ts'
import { createStreetWriter } from '../dataset/street-writer.ts'
import type { StreetWriter } from '../dataset/street-writer.ts'
import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { ingestBdc } from './bdc/ingest-bdc.ts'
import { openBuildFolder } from './build-folder.ts'
import type { BuildFolder } from './build-folder.ts'
import { sha256File } from '../lib/sha256-file.ts'
import { findRetrievalDates } from './find-retrieval-dates.ts'
import { findSources } from './find-sources.ts'
import type { FoundSources, SetAside, SourcePaths } from './find-sources.ts'
import { ingestPointFiles } from './points/ingest-point-files.ts'
import type { NameableField } from './points/point-columns.ts'
import { readBehaviours } from './sandbox/read-behaviours.ts'
import { ingestTiger } from './tiger/ingest-tiger.ts'
import { ingestZipFiles } from './zip/ingest-zip-files.ts'

/** Of memory that DuckDB may use; the rest of the process takes about as much again. */
const FILINGS_MEMORY_MB = 512

export interface BuildOptions extends SourcePaths {
  /** The folder of data sets; made where there is none. */
  readonly out: string
  readonly pointColumns?: Readonly<Partial<Record<NameableField, string>>> | undefined
  /** The state, in two letters, of address points that name none. */
  readonly pointState?: string | undefined
  /** Marks the data set as the sandbox's invented region. */
  readonly isSandbox?: boolean | undefined
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

/** SQLite sorts in temporary files; those of a nation do not fit into every system's temporary folder. */
async function writeDataSet(
  folder: BuildFolder,
  sources: FoundSources,
  { pointColumns, pointState, isSandbox = false }: BuildOptions,
  { clock, report }: { clock: Clock; report: (line: string) => void },
): Promise<Manifest> {
  const writer = createDataSet(folder.file)
  const systemTemporaryFolder = process.env['SQLITE_TMPDIR']
  process.env['SQLITE_TMPDIR'] = folder.temporaryFolder
  try {
    const streets = createStreetWriter(writer.db)
    const streetSources = countFrom(1)
    const zips = await writeZips(writer, streets, sources, streetSources)
    // DuckDB counts in its own threads while this one reads streets.
    const [ranges, filings] = await Promise.all([
      writeStreets(streets, sources, {
        ...zips,
        nextSourceId: streetSources,
        report,
        columns: pointColumns,
        state: pointState,
      }),
      ingestBdc({
        db: writer.db,
        files: sources.bdc,
        providerFiles: sources.providers,
        nextSourceId: countFrom(1 + sources.zips.length + sources.tiger.length + sources.points.length),
        temporaryFolder: folder.temporaryFolder,
        memoryLimitMb: FILINGS_MEMORY_MB,
      }),
    ])
    report('Sorting streets')
    streets.finish()
    writeStreetMap(writer.db)
    if (isSandbox) {
      writeSandboxBehaviours(
        writer.db,
        sources.behaviours.flatMap((file) => readBehaviours(file.path)),
      )
    }
    const retrievedOn = await findRetrievalDates(sources)
    const entries = [...zips.entries, ...ranges.entries, ...filings.sources].map((entry): SourceEntry => ({
      ...entry,
      retrievedOn: retrievedOn.get(entry.sha256),
    }))
    for (const entry of entries) writer.writeSource(entry)
    report('Counting and checking what was written')
    const content = hashContent(writer.db)
    writer.finish({ version: folder.version, isSandbox })
    return {
      version: folder.version,
      schemaVersion: SCHEMA_VERSION,
      isSandbox,
      builtAt: new Date(clock()).toISOString(),
      contentHash: content.hash,
      file: {
        name: basename(folder.file),
        sizeBytes: statSync(folder.file).size,
        sha256: await sha256File(folder.file),
      },
      rows: content.rows,
      sources: entries,
      setAside: [...sources.setAside, ...ranges.setAside, ...filings.refused],
    }
  } finally {
    writer.db.close()
    if (systemTemporaryFolder === undefined) delete process.env['SQLITE_TMPDIR']
    else process.env['SQLITE_TMPDIR'] = systemTemporaryFolder
  }
}

interface Zips {
  readonly entries: readonly SourceEntry[]
  readonly stateOfZip: ReadonlyMap<string, string>
}

/** ZIPs come first, since they tell the state of points that do not. */
async function writeZips(
  { db }: DataSetWriter,
  streets: StreetWriter,
  sources: FoundSources,
  nextSourceId: () => number,
): Promise<Zips> {
  const stateOfZip = new Map<string, string>()
  db.exec('BEGIN')
  const entries = await ingestZipFiles(sources.zips, {
    nextSourceId,
    addZipPlace: (place) => {
      stateOfZip.set(place.zip, place.state)
      streets.addZipPlace(place)
    },
  })
  db.exec('COMMIT')
  return { entries, stateOfZip }
}

interface StreetNeeds extends Zips {
  readonly nextSourceId: () => number
  readonly report: (line: string) => void
  readonly columns: BuildOptions['pointColumns']
  readonly state: string | undefined
}

async function writeStreets(
  streets: StreetWriter,
  sources: FoundSources,
  { nextSourceId, stateOfZip, report, columns, state }: StreetNeeds,
): Promise<{ entries: SourceEntry[]; setAside: SetAside[] }> {
  const tiger = await ingestTiger(sources.tiger, { nextSourceId, report, addRange: (range) => streets.addRange(range) })
  const points = await ingestPointFiles(sources.points, {
    nextSourceId,
    report,
    columns,
    state,
    findStateOfZip: (zip) => stateOfZip.get(zip),
    addPoint: (point) => streets.addPoint(point),
  })
  return { entries: [...tiger.entries, ...points.entries], setAside: [...tiger.setAside, ...points.setAside] }
}

/** Sources are numbered apart where they are read side by side, so that equal inputs get equal numbers. */
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
