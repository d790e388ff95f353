import { createReadStream, existsSync, truncateSync } from 'node:fs'
import { AppError } from '../../lib/errors.ts'

/** How far an earlier batch has come. */
export interface Answered {
  readonly lines: number
  /** Of the last address that was answered. */
  readonly lastId: string | undefined
}

/**
 * Finds what an output of `hum batch` has already, and takes off half a line at its end, where the batch was stopped.
 *
 * @throws AppError `source_unreadable` when the file holds something else.
 */
export async function findAnswered(file: string): Promise<Answered> {
  if (!existsSync(file)) return { lines: 0, lastId: undefined }
  let lines = 0
  let whole = 0
  let read = 0
  let last = ''
  let open = ''
  for await (const chunk of createReadStream(file, 'latin1') as AsyncIterable<string>) {
    const end = chunk.lastIndexOf('\n')
    if (end >= 0) {
      const parts = (open + chunk.slice(0, end)).split('\n')
      lines += parts.length
      last = parts.at(-1) ?? ''
      whole = read + end + 1
      open = chunk.slice(end + 1)
    } else open += chunk
    read += chunk.length
  }
  const lastId = lines === 0 ? undefined : readId(last, file)
  truncateSync(file, whole)
  return { lines, lastId }
}

function readId(line: string, file: string): string {
  try {
    const { id } = JSON.parse(Buffer.from(line, 'latin1').toString()) as { id?: unknown }
    if (typeof id === 'string') return id
  } catch {
    // Said below.
  }
  throw new AppError(
    'source_unreadable',
    `${file} is no output of a batch. Name the one to go on with, or another file.`,
  )
}
