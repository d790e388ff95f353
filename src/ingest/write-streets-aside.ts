import { Worker } from 'node:worker_threads'
import { AppError } from '../lib/errors.ts'
import type { ErrorCode } from '../lib/errors.ts'
import { stopThread } from '../lib/stop-thread.ts'
import type { SourceFile, SourceLocation } from './files/source-file.ts'
import type { KeptResultsOptions } from './kept-results.ts'
import type { TigerLayer } from './tiger/find-tiger-layers.ts'
import type { StreetSettings, StreetSources, WrittenStreets } from './write-streets.ts'

type Located<Layer> = { readonly [Key in keyof Layer]: Layer[Key] extends SourceFile ? SourceLocation : Layer[Key] }

/** What the thread is handed: places instead of files, which cannot be sent. */
export interface StreetJob {
  readonly file: string
  readonly zips: readonly SourceLocation[]
  readonly points: readonly SourceLocation[]
  readonly tiger: readonly (Omit<Located<TigerLayer>, 'shape' | 'encoding'> & {
    readonly shape: SourceLocation | undefined
    readonly encoding: SourceLocation | undefined
  })[]
  readonly settings: StreetSettings
  readonly firstSourceId: number
  readonly kept: Omit<KeptResultsOptions, 'report'>
  readonly code: string
  /** SHA-256 of the files. */
  readonly checksums: readonly (readonly [path: string, sha256: string])[]
}

/** What the thread says: progress, and in the end what it wrote or why it could not. */
export type StreetMessage =
  | { readonly line: string }
  | { readonly written: StreetsAside }
  | { readonly failed: { readonly message: string; readonly code: string; readonly isAppError: boolean } }

/** What was written, and the kept results that it was made of. */
export interface StreetsAside extends WrittenStreets {
  readonly used: ReadonlySet<string>
}

/** `file` is the database to write, which must not exist. */
export interface AsideOptions extends Omit<StreetJob, 'zips' | 'points' | 'tiger'> {
  readonly report: (line: string) => void
  /** Ends the thread when nobody waits for it any more. */
  readonly signal: AbortSignal
}

/**
 * `writeStreets` into a database of its own on a thread of its own, so that streets and filings are built side by side.
 */
export async function writeStreetsAside(
  { tiger, points, zips }: StreetSources,
  { report, signal, ...options }: AsideOptions,
): Promise<StreetsAside> {
  const job: StreetJob = {
    ...options,
    zips: zips.map(locationOf),
    points: points.map(locationOf),
    tiger: tiger.map((layer) => ({
      ...layer,
      table: locationOf(layer.table),
      shape: layer.shape && locationOf(layer.shape),
      encoding: layer.encoding && locationOf(layer.encoding),
    })),
  }
  const worker = new Worker(new URL('street-worker.ts', import.meta.url), { workerData: job })
  const stop = (): void => void stopThread(worker)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<StreetsAside>((resolve, reject) => {
      worker.on('message', (message: StreetMessage) => {
        if ('line' in message) report(message.line)
        else if ('written' in message) resolve(message.written)
        else reject(errorOf(message.failed))
      })
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the thread that writes streets ended early')))
    })
  } finally {
    signal.removeEventListener('abort', stop)
    await stopThread(worker)
  }
}

function locationOf({ name, path, member, isGzipped, sizeBytes }: SourceFile): SourceLocation {
  return { name, path, member, isGzipped, sizeBytes }
}

/** An error loses its class and code on the way from one thread to another; both are sent beside it. */
function errorOf({ message, code, isAppError }: { message: string; code: string; isAppError: boolean }): Error {
  return isAppError ? new AppError(code as ErrorCode, message) : Object.assign(new Error(message), { code })
}
