import { rmSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { hashContent } from '../dataset/content-hash.ts'
import { createDataSet } from '../dataset/data-set-writer.ts'
import { SCHEMA_VERSION } from '../dataset/data-set.ts'
import type { Manifest, SourceEntry } from '../dataset/manifest.ts'
import { writeSandboxBehaviours } from '../dataset/sandbox/sandbox-behaviours.ts'
import { writeSandboxConfirmations } from '../dataset/sandbox/sandbox-confirmations.ts'
import type { Clock } from '../lib/clock.ts'
import { sha256File } from '../lib/sha256-file.ts'
import { asWriteError, isDiskFull } from './as-write-error.ts'
import { openBuildFolder } from './build-folder.ts'
import type { BuildFolder } from './build-folder.ts'
import { countFrom } from './count-from.ts'
import { findRetrievalDates } from './find-retrieval-dates.ts'
import { findSources } from './find-sources.ts'
import type { FoundSources, SourcePaths } from './find-sources.ts'
import { ingestLabels } from './labels/ingest-labels.ts'
import { readBehaviours } from './sandbox/read-behaviours.ts'
import { readConfirmations } from './sandbox/read-confirmations.ts'
import { FIRST_SOURCE_ID, writeParts } from './write-parts.ts'
import type { PartsOptions } from './write-parts.ts'

export interface BuildOptions extends SourcePaths, PartsOptions {
  /** Marks the data set as the sandbox's invented region. */
  readonly isSandbox?: boolean | undefined
}

/** What a build did. */
export interface BuildReport extends Manifest {
  /** The path of the data set. */
  readonly path: string
  readonly seconds: number
  /** Of all cores together, by the whole process. */
  readonly processorSeconds: number
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
  const folder = openFolder(options.out, clock)
  try {
    const { manifest, prune } = await writeDataSet(folder, sources, options, { clock, report })
    const path = folder.publish(manifest)
    if (folder.keepsResults) prune()
    const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024)
    const { user, system } = process.cpuUsage()
    const processorSeconds = (user + system) / 1e6
    return { ...manifest, path, seconds: (clock() - startedAt) / 1000, processorSeconds, peakMemoryMb }
  } catch (error) {
    folder.discard()
    if (isDiskFull(error) && folder.keepsResults) rmSync(folder.keptFolder, { recursive: true, force: true })
    throw asWriteError(error)
  }
}

function openFolder(out: string, clock: Clock): BuildFolder {
  try {
    return openBuildFolder(out, clock)
  } catch (error) {
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
): Promise<{ readonly manifest: Manifest; readonly prune: () => void }> {
  const writer = createDataSet(folder.file)
  const systemTemporaryFolder = process.env['SQLITE_TMPDIR']
  process.env['SQLITE_TMPDIR'] = folder.temporaryFolder
  try {
    const parts = await writeParts(writer.db, sources, options, {
      temporaryFolder: folder.temporaryFolder,
      keptFolder: folder.keptFolder,
      report: needs.report,
    })
    const plans = await ingestLabels({
      db: writer.db,
      files: sources.labels,
      nextSourceId: countFrom(FIRST_SOURCE_ID.labels),
    })
    const isSandbox = options.isSandbox ?? false
    if (isSandbox) {
      const behaviours = sources.behaviours.flatMap((file) => readBehaviours(file.path))
      writeSandboxBehaviours(writer.db, behaviours)
      const confirmations = sources.confirmations.flatMap((file) => readConfirmations(file.path))
      writeSandboxConfirmations(writer.db, confirmations)
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
    const manifest = {
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
      setAside: [...sources.setAside, ...parts.setAside, ...plans.refused, ...plans.unread],
      parts: parts.records,
    }
    return { manifest, prune: parts.prune }
  } finally {
    writer.db.close()
    if (systemTemporaryFolder === undefined) delete process.env['SQLITE_TMPDIR']
    else process.env['SQLITE_TMPDIR'] = systemTemporaryFolder
  }
}
