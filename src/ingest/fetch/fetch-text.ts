import { AppError } from '../../lib/errors.ts'
import { describeUrl, openResponse } from './open-response.ts'
import type { RequestOptions } from './open-response.ts'

/** More than any listing of the publishers; the FCC's of all states has about 12,000 entries and 5 MB. */
const MAX_BYTES = 64 << 20

/**
 * Reads a page of text whole.
 *
 * @throws AppError `source_unreadable` when it has more than 64 MiB, and what `openResponse` throws.
 */
export async function fetchText(address: string, options: RequestOptions): Promise<string> {
  const response = await openResponse(address, options)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body()) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) {
      throw new AppError('source_unreadable', `${describeUrl(address)} gives more than a listing can be.`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
