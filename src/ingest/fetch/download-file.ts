import type { FileHandle } from 'node:fs/promises'
import { asDiskFull } from './disk-full.ts'
import { findDamage } from './find-damage.ts'
import { describeUrl, openResponse } from './open-response.ts'
import type { OpenResponse } from './open-response.ts'
import type { Pacer } from './pacer.ts'
import { partialFile } from './partial-file.ts'
import type { PartialFile } from './partial-file.ts'
import { TransientFailure, withRetries } from './retry.ts'
import type { RetryNeeds } from './retry.ts'

export interface DownloadNeeds extends RetryNeeds {
  readonly idleTimeoutMs: number
}

/** What tells one version of a file at an address from another. */
export interface Version {
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
}

export interface DownloadRequest {
  readonly url: string
  readonly path: string
  readonly credentials?: Readonly<Record<string, string>> | undefined
  /** Asked before each request. */
  readonly pace?: Pacer | undefined
  /** The version that stands at `path` already. */
  readonly present?: Version | undefined
  readonly onBytes?: (bytes: number) => void
  readonly onRetry: (failure: TransientFailure, waitMs: number) => void
}

export type Downloaded =
  | { readonly outcome: 'unchanged' }
  | ({ readonly outcome: 'fetched'; readonly bytes: number } & Version)

/** Less than this is no progress: a server that hands out crumbs is not asked for ever. */
const PROGRESS_BYTES = 64 << 10

/**
 * Downloads a file and puts it in place once it is whole: as long as the server said, and readable to its end.
 *
 * A download that broke off, also in an earlier run, goes on where it stopped as long as the server still has the same
 * version of the file (RFC 9110, `Range` with `If-Range`); else it starts over. What stands at the path already stays
 * until then, and for good where the server says that it did not change.
 *
 * @throws AppError `source_unreadable` when it cannot be had, `data_set_unwritable` when the disk is full.
 */
export async function downloadFile(needs: DownloadNeeds, request: DownloadRequest): Promise<Downloaded> {
  const partial = partialFile(request.path)
  try {
    return await withRetries(needs, () => attempt(needs, request, partial), request.onRetry)
  } catch (error) {
    throw asDiskFull(error)
  }
}

async function attempt(
  { idleTimeoutMs }: DownloadNeeds,
  request: DownloadRequest,
  partial: PartialFile,
): Promise<Downloaded> {
  const { url, credentials } = request
  const shownUrl = describeUrl(url)
  const earlier = await partial.resume(shownUrl)
  await request.pace?.()
  const headers = earlier
    ? { range: `bytes=${earlier.bytes}-`, 'if-range': earlier.validator ?? '' }
    : conditions(request.present)
  const response = await openResponse(url, { headers, credentials, idleTimeoutMs })
  if (response.status === 304) {
    response.cancel()
    return { outcome: 'unchanged' }
  }
  const start = response.status === 206 ? readRange(response) : undefined
  const resumes = earlier !== undefined && start?.from === earlier.bytes && start.total === earlier.totalBytes
  if (response.status === 416 || (response.status === 206 && !resumes)) {
    response.cancel()
    await partial.discard()
    throw new TransientFailure(`${shownUrl} has no such range any more.`)
  }
  const version = readVersion(response)
  const totalBytes = resumes ? earlier.totalBytes : readLength(response)
  const file = await (resumes
    ? partial.append()
    : partial.begin({ url: shownUrl, validator: readValidator(version), totalBytes }))
  const received = await receive(response, file, request.onBytes)
  const bytes = (resumes ? earlier.bytes : 0) + received
  if (totalBytes !== undefined && bytes !== totalBytes) {
    if (bytes > totalBytes) await partial.discard()
    throw new TransientFailure(`${shownUrl} gave ${bytes} of ${totalBytes} bytes.`, {
      progressed: received >= PROGRESS_BYTES,
    })
  }
  const damage = await findDamage(partial.path)
  if (damage !== undefined) {
    await partial.discard()
    throw new TransientFailure(damage)
  }
  await partial.publish()
  return { outcome: 'fetched', bytes, ...version }
}

async function receive(response: OpenResponse, file: FileHandle, onBytes?: (bytes: number) => void): Promise<number> {
  let received = 0
  try {
    for await (const chunk of response.body()) {
      await file.write(chunk)
      received += chunk.length
      onBytes?.(chunk.length)
    }
    return received
  } catch (error) {
    if (!(error instanceof TransientFailure)) throw error
    throw new TransientFailure(error.message, { progressed: received >= PROGRESS_BYTES, cause: error })
  } finally {
    await file.close()
  }
}

function conditions(present: Version | undefined): Record<string, string> {
  if (present?.etag !== undefined) return { 'if-none-match': present.etag }
  return present?.lastModified === undefined ? {} : { 'if-modified-since': present.lastModified }
}

function readVersion({ headers }: OpenResponse): Version {
  return { etag: headers.get('etag') ?? undefined, lastModified: headers.get('last-modified') ?? undefined }
}

/** Weak tags tell that two versions mean the same, not that their bytes do. */
function readValidator({ etag, lastModified }: Version): string | undefined {
  return etag !== undefined && !etag.startsWith('W/') ? etag : lastModified
}

function readLength({ headers }: OpenResponse): number | undefined {
  const text = headers.get('content-length')
  return text === null ? undefined : Number(text)
}

function readRange({ headers }: OpenResponse): { from: number; total: number | undefined } | undefined {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '')
  if (!match) return undefined
  return { from: Number(match[1]), total: match[2] === '*' ? undefined : Number(match[2]) }
}
