import type { Readable } from 'node:stream'
import { AppError } from '../../lib/errors.ts'

/** Longer than any row of any known file; a longer line means that the file is no text. */
const MAX_LINE = 1 << 20

/**
 * Reads a text file (UTF-8, with or without a byte-order mark) line by line, in batches, without the line ends.
 *
 * @throws AppError `source_unreadable` for a line of more than a million characters.
 */
export async function* readLines(stream: Readable, name: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > MAX_LINE)
        throw new AppError(
          'source_unreadable',
          `${name} has a line of over a million characters. One row or feature a line is expected.`,
        )
      if (lines.length > 0) yield lines.map(withoutReturn)
    }
    rest += decoder.decode()
    if (rest !== '') yield [withoutReturn(rest)]
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('source_unreadable', `${name} cannot be read.`, { cause: error })
  } finally {
    stream.destroy()
  }
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)
