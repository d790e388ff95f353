import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { AppError } from '../lib/errors.ts'

/** One row of a list of addresses: the caller's own id and the address, as one text or in Hum's fields. */
export interface AddressRow {
  readonly id: string
  /** The whole address in one text; absent when the list has it in fields. */
  readonly text?: string | undefined
  readonly street1: string
  readonly street2?: string | undefined
  readonly city?: string | undefined
  readonly state?: string | undefined
  readonly zip?: string | undefined
}

/**
 * Reads a CSV list of addresses row by row, without holding it in memory.
 *
 * The header names the columns in any order and case: `id` (the line's number when there is none), and either `address`
 * (or `input`, `query`) or `street1` (or `street`) with any of `street2`/`unit`, `city`, `state`, `zip`/`postcode`.
 * `-` reads standard input.
 *
 * @throws AppError `source_unreadable` when the file cannot be read, is not CSV, or names neither kind of address column.
 */
export async function* readAddressRows(file: string): AsyncGenerator<AddressRow> {
  const source = file === '-' ? process.stdin : createReadStream(file)
  const parser = parse({
    bom: true,
    columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  })
  source.on('error', (error: Error) => parser.destroy(error))
  try {
    let line = 1
    for await (const row of source.pipe(parser) as AsyncIterable<Record<string, string | undefined>>) {
      line++
      const pick = (...names: string[]) => names.map((name) => row[name]?.trim()).find(Boolean)
      if (line === 2 && !['address', 'input', 'query', 'street1', 'street'].some((name) => name in row)) {
        throw new AppError(
          'source_unreadable',
          'The list needs a header with a column `address`, or `street1` with `zip` or `city` and `state`.',
        )
      }
      const text = pick('address', 'input', 'query')
      yield {
        id: pick('id') ?? String(line - 1),
        ...(text !== undefined && { text }),
        street1: pick('street1', 'street') ?? '',
        street2: pick('street2', 'unit'),
        city: pick('city'),
        state: pick('state'),
        zip: pick('zip', 'postcode'),
      }
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('source_unreadable', `The list of addresses cannot be read: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
