import { mkdir, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../lib/clock.ts'
import { AppError } from '../../lib/errors.ts'
import { asDiskFull } from './disk-full.ts'
import { sha256File } from '../../lib/sha256-file.ts'
import { downloadFile } from './download-file.ts'
import type { Downloaded, DownloadNeeds, Version } from './download-file.ts'
import { readFetchManifest, writeFetchManifest } from './fetch-manifest.ts'
import type { FetchedFile } from './fetch-manifest.ts'
import type { FetchSettings } from './fetch-settings.ts'
import { findDamage } from './find-damage.ts'
import { describeUrl } from './open-response.ts'
import type { Pacer } from './pacer.ts'
import { PARTIAL_FOLDER } from './partial-file.ts'
import { fccCredentials } from './plan-fetch.ts'
import type { FetchFolder, PlannedFile } from './planned-file.ts'

export interface RunNeeds extends DownloadNeeds {
  readonly settings: FetchSettings
  readonly fccPace: Pacer
  readonly clock: Clock
}

/** What becomes of a file. */
export type FetchOutcome = 'fetched' | 'unchanged' | 'failed'

/** Told while files come in. */
export interface FetchListener {
  received(file: PlannedFile, bytes: number): void
  retrying(file: PlannedFile, reason: string, waitMs: number): void
  finished(file: PlannedFile, outcome: FetchOutcome, bytes: number, reason?: string): void
}

/** A file of an earlier run of which a newer version stands beside it now. */
export interface SupersededFile {
  readonly name: string
  readonly bytes: number
}

/** The FCC takes ten calls a minute, the Census Bureau's server is asked for few files at a time. */
const SIDE_BY_SIDE: Readonly<Record<FetchFolder, number>> = { tiger: 2, bdc: 2, zip: 1, points: 1 }
const MANIFEST_EVERY_MS = 2_000

/**
 * Fetches planned files into the folder, sorted into `tiger`, `bdc`, `zip` and `points`.
 *
 * A file that is there already, from an earlier run or laid there by hand, is kept where it is whole and its publisher
 * has no newer one. A file that cannot be had does not stop the others; the FCC refusing the account ends its part.
 * Beside the files stands a record of where and when each was fetched.
 *
 * @returns files that an earlier run fetched and newer ones replace; deleted where `prune` says so.
 * @throws AppError `data_set_unwritable` when the disk is full.
 */
export async function runFetch(
  needs: RunNeeds,
  { files, into, prune }: { readonly files: readonly PlannedFile[]; readonly into: string; readonly prune: boolean },
  listener: FetchListener,
): Promise<SupersededFile[]> {
  const folders = [...Map.groupBy(files, ({ folder }) => folder)]
  const superseded = await Promise.all(
    folders.map(([name, planned]) =>
      fetchFolder(needs, { planned, folder: join(into, name), sideBySide: SIDE_BY_SIDE[name], prune }, listener),
    ),
  ).catch((error: unknown) => {
    throw asDiskFull(error)
  })
  return superseded.flat()
}

async function fetchFolder(
  needs: RunNeeds,
  {
    planned,
    folder,
    sideBySide,
    prune,
  }: {
    readonly planned: readonly PlannedFile[]
    readonly folder: string
    readonly sideBySide: number
    readonly prune: boolean
  },
  listener: FetchListener,
): Promise<SupersededFile[]> {
  await mkdir(folder, { recursive: true })
  const fetched = await readFetchManifest(folder)
  const waiting = [...planned]
  let writtenAt = needs.clock()
  let refusal: AppError | undefined

  async function fetchNext(): Promise<void> {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      if (refusal) {
        listener.finished(file, 'failed', 0, refusal.message)
        continue
      }
      try {
        const { outcome, record } = await fetchFile(needs, file, folder, fetched.get(file.name), listener)
        fetched.set(file.name, record)
        listener.finished(file, outcome, record.bytes)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        if (error.code !== 'source_unreadable') refusal = error
        listener.finished(file, 'failed', 0, error.message)
      }
      if (needs.clock() - writtenAt >= MANIFEST_EVERY_MS) {
        writtenAt = needs.clock()
        await writeFetchManifest(folder, fetched)
      }
    }
  }

  await Promise.all(Array.from({ length: sideBySide }, fetchNext))
  await rmdir(join(folder, PARTIAL_FOLDER)).catch(() => {})
  const superseded = await findSuperseded(folder, planned, fetched)
  if (prune) {
    for (const { name } of superseded) {
      await rm(join(folder, name), { force: true })
      fetched.delete(name)
    }
  }
  await writeFetchManifest(folder, fetched)
  return superseded
}

async function fetchFile(
  needs: RunNeeds,
  file: PlannedFile,
  folder: string,
  known: FetchedFile | undefined,
  listener: FetchListener,
): Promise<{ outcome: FetchOutcome; record: FetchedFile }> {
  const path = join(folder, file.name)
  const { fccAccount } = needs.settings
  const isFcc = file.folder === 'bdc' && fccAccount !== undefined
  const present = await findPresent(path, known)
  const downloaded: Downloaded =
    present && file.isVersioned
      ? { outcome: 'unchanged' }
      : await downloadFile(needs, {
          url: file.url,
          path,
          credentials: isFcc ? fccCredentials(fccAccount) : undefined,
          pace: isFcc ? needs.fccPace : undefined,
          present,
          onBytes: (bytes) => listener.received(file, bytes),
          onRetry: (failure, waitMs) => listener.retrying(file, failure.message, waitMs),
        })
  const version: Version = downloaded.outcome === 'fetched' ? downloaded : (present ?? {})
  const { size: bytes } = await stat(path)
  return {
    outcome: downloaded.outcome,
    record: {
      name: file.name,
      url: describeUrl(file.url),
      subject: file.subject,
      retrievedOn:
        downloaded.outcome === 'unchanged' && present?.retrievedOn !== undefined
          ? present.retrievedOn
          : new Date(needs.clock()).toISOString().slice(0, 10),
      bytes,
      etag: version.etag,
      lastModified: version.lastModified,
      sha256: present && downloaded.outcome === 'unchanged' ? present.sha256 : await sha256File(path),
    },
  }
}

interface PresentFile extends Version {
  readonly retrievedOn: string
  readonly sha256: string
}

/**
 * What stands at a path already. A file without a record was laid there by hand, or its run was killed: it counts when
 * it is whole, as of the day on which it was written.
 */
async function findPresent(path: string, known: FetchedFile | undefined): Promise<PresentFile | undefined> {
  const stats = await stat(path).catch(() => undefined)
  if (!stats) return undefined
  if (known && known.bytes === stats.size) return known
  if ((await findDamage(path)) !== undefined) return undefined
  return {
    lastModified: stats.mtime.toUTCString(),
    retrievedOn: stats.mtime.toISOString().slice(0, 10),
    sha256: await sha256File(path),
  }
}

async function findSuperseded(
  folder: string,
  files: readonly PlannedFile[],
  fetched: ReadonlyMap<string, FetchedFile>,
): Promise<SupersededFile[]> {
  const newest = new Map(files.map(({ subject, name }) => [subject, name]))
  const older: SupersededFile[] = []
  for (const { name, subject } of fetched.values()) {
    const replacement = newest.get(subject)
    if (replacement === undefined || replacement === name || !fetched.has(replacement)) continue
    const stats = await stat(join(folder, name)).catch(() => undefined)
    if (stats) older.push({ name, bytes: stats.size })
  }
  return older
}
