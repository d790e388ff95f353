import { realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, codeOf } from '../lib/errors.ts'
import { dataSetFileName, listDataSetVersions, resolveDataSetFile } from './data-set-file.ts'
import { findManifest, manifestFile } from './manifest.ts'
import { checkSize } from './verify-data-set.ts'
import { verifyInBackground } from './verify-in-background.ts'

/** What is opened over one data set file: all that answers from it. */
interface Opened {
  readonly version: string
  close(): void
}

/** Holds the data set that answers, and takes a new one while it serves. */
export interface DataSetHolder<T extends Opened> {
  /**
   * What answers now. Take it once for each piece of work, so that the work ends on the data set that it began with;
   * one that is replaced stays open for another minute.
   */
  readonly current: () => T
  /** Looks for a new data set now. Comes back when one was taken or refused, or there is none. */
  readonly refresh: () => Promise<void>
  /** Stops looking, also at a file that is being verified, and closes what is open. */
  close(): Promise<void>
}

/** What happened to the data set that answers. A refused one leaves the old one answering. */
export type DataSetChange =
  | { readonly kind: 'swapped'; readonly version: string; readonly previous: string }
  | { readonly kind: 'refused'; readonly reason: string }

export interface HolderOptions<T extends Opened> {
  /** A data set file, or a folder of which the newest data set counts. */
  readonly path: string
  readonly open: (file: string) => T
  readonly onChange: (change: DataSetChange) => void
  /** How often to look at the path. File systems that tell no changes (network, containers) need that. */
  readonly pollMs?: number
  /** How long a replaced data set stays open: longer than any request or agent takes. */
  readonly graceMs?: number
}

/**
 * Opens the data set at a path and goes on watching the path.
 *
 * A new file there is verified byte for byte on another thread and takes over in one step; while it is being copied,
 * or when it is damaged or of another schema, the old one goes on. At start the newest data set of a folder that can be
 * opened counts, so that a broken one does not keep a server from starting.
 *
 * @throws AppError `data_set_missing` or `data_set_invalid` when there is none that can be opened.
 */
export function holdDataSet<T extends Opened>({
  path,
  open,
  onChange,
  pollMs = 2_000,
  graceMs = 60_000,
}: HolderOptions<T>): DataSetHolder<T> {
  const retired = new Map<T, NodeJS.Timeout>()
  const closing = new AbortController()
  let refused: string | undefined
  let moving: string | undefined
  let refreshing: Promise<void> = Promise.resolve()
  let held = openAtStart()

  function openAtStart(): { opened: T; state: string } {
    const [newest, ...older] = listCandidates(path)
    let failure: unknown
    for (const file of [newest ?? resolveDataSetFile(path), ...older]) {
      let state: string | undefined
      try {
        state = describeState(file)
        const manifest = findManifest(realpathSync(file))
        if (manifest) checkSize(file, manifest)
        return { opened: open(file), state }
      } catch (thrown) {
        const error = toRefusal(thrown)
        failure ??= error
        refused ??= state
        onChange({ kind: 'refused', reason: error.message })
      }
    }
    throw failure
  }

  /** What lies at the path, unless it answers already or was refused. */
  function findNew(): { file: string; state: string } | undefined {
    try {
      const file = resolveDataSetFile(path)
      const state = describeState(file)
      return state === held.state || state === refused ? undefined : { file, state }
    } catch {
      // An empty path is no news: what is open goes on answering.
      return undefined
    }
  }

  async function takeNew(): Promise<void> {
    const found = findNew()
    if (!found || closing.signal.aborted) return
    try {
      const file = realpathSync(found.file)
      await verifyInBackground(file, closing.signal)
      if (closing.signal.aborted || describeState(found.file) !== found.state) return
      const { opened: previous } = held
      held = { opened: open(file), state: found.state }
      retire(previous)
      onChange({ kind: 'swapped', version: held.opened.version, previous: previous.version })
    } catch (error) {
      refused = found.state
      onChange({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) })
    }
  }

  function retire(opened: T): void {
    const timer = setTimeout(() => {
      retired.delete(opened)
      opened.close()
    }, graceMs)
    retired.set(opened, timer.unref())
  }

  function refresh(): Promise<void> {
    refreshing = refreshing.then(takeNew)
    return refreshing
  }

  /** A file that changed since the last look may still be on its way. */
  function look(): void {
    const found = findNew()
    if (found && found.state === moving) void refresh()
    moving = found?.state
  }

  const timer = setInterval(look, pollMs).unref()

  return {
    current: () => held.opened,
    refresh,
    close: async () => {
      clearInterval(timer)
      closing.abort()
      await refreshing
      for (const [opened, waiting] of retired) {
        clearTimeout(waiting)
        opened.close()
      }
      retired.clear()
      held.opened.close()
    },
  }
}

/** A file that is taken away while it is looked at is refused like one that cannot be opened. @throws what is neither. */
function toRefusal(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (codeOf(error) !== 'ENOENT') throw error
  return new AppError('data_set_missing', 'The data set file is not there any more.', { cause: error })
}

function listCandidates(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return []
  return listDataSetVersions(path)
    .toReversed()
    .map((version) => join(path, dataSetFileName(version)))
}

/** Changes whenever the file or its manifest is replaced or written to. */
function describeState(file: string): string {
  const real = realpathSync(file)
  const parts = [real, manifestFile(real)].map((path) => {
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats ? `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeMs}` : 'none'
  })
  return [real, ...parts].join(' ')
}
