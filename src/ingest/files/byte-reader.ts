import type { Readable } from 'node:stream'
import { AppError } from '../../lib/errors.ts'

const EMPTY = Buffer.alloc(0)

/**
 * Reads a stream in pieces of known length, holding no more than the piece asked for and what the stream last gave.
 *
 * `fill` waits; `take` and `peek` do not, so that a caller can cut many small records without a turn of the event loop
 * for each.
 */
export interface ByteReader {
  /** Bytes at hand. */
  readonly available: () => number
  /** Waits until at least `bytes` are at hand; false when the stream ends before. */
  readonly fill: (bytes: number) => Promise<boolean>
  /** The next bytes without moving on; only of those at hand. Valid until the next `fill`. */
  readonly peek: (bytes: number) => Buffer
  readonly take: (bytes: number) => Buffer
  readonly close: () => void
}

/** `name` is the file's bare name, for messages. */
export function createByteReader(stream: Readable, name: string): ByteReader {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let buffer: Buffer = EMPTY
  let offset = 0

  async function fill(bytes: number): Promise<boolean> {
    if (buffer.length - offset >= bytes) return true
    const parts: Buffer[] = [buffer.subarray(offset)]
    let length = buffer.length - offset
    while (length < bytes) {
      const next = await chunks.next().catch((error: unknown) => {
        if (error instanceof AppError) throw error
        throw new AppError('source_unreadable', `${name} cannot be read.`, { cause: error })
      })
      if (next.done === true) break
      parts.push(next.value)
      length += next.value.length
    }
    buffer = parts.length === 1 ? (parts[0] ?? EMPTY) : Buffer.concat(parts, length)
    offset = 0
    return length >= bytes
  }

  const peek = (bytes: number): Buffer => buffer.subarray(offset, offset + bytes)
  return {
    available: () => buffer.length - offset,
    fill,
    peek,
    take: (bytes) => {
      const piece = peek(bytes)
      offset += piece.length
      return piece
    },
    close: () => stream.destroy(),
  }
}
