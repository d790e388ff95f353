import { createReadStream } from 'node:fs'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { AppError } from '../../lib/errors.ts'

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

/** What columns are called in lists that people have, in small letters and without spaces and signs. */
const COLUMNS = {
  id: ['id'],
  /** The whole address; its street alone in a list that has columns for the place too. */
  address: ['address', 'fulladdress', 'input', 'query'],
  street1: ['street1', 'street', 'streetaddress', 'address1', 'addressline1', 'addr1'],
  street2: ['street2', 'unit', 'apt', 'apartment', 'suite', 'address2', 'addressline2', 'addr2'],
  city: ['city', 'town', 'locality', 'municipality'],
  state: ['state', 'st', 'statecode', 'stateabbreviation', 'region'],
  zip: ['zip', 'zipcode', 'zip5', 'postcode', 'postalcode'],
} as const

type Column = keyof typeof COLUMNS

/** Of which the one is taken that the header has most of. */
const DELIMITERS = [',', ';', '\t', '|'] as const

/**
 * Reads a list of addresses row by row, without holding it in memory: CSV, or with semicolons, tabs or bars.
 *
 * The header names the columns in any order and spelling of `COLUMNS`. `-` reads standard input.
 *
 * @throws AppError `source_unreadable` when the file cannot be read, is not CSV, or names no address column.
 */
export async function* readAddressRows(file: string): AsyncGenerator<AddressRow> {
  const source = file === '-' ? process.stdin : createReadStream(file)
  try {
    const parser = parse({
      bom: true,
      delimiter: await findDelimiter(source),
      columns: (header: string[]) => nameColumns(header),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    })
    source.on('error', (error: Error) => parser.destroy(error))
    let count = 0
    for await (const row of source.pipe(parser) as AsyncIterable<Partial<Record<Column, string>>>) {
      count++
      yield toAddressRow(row, count)
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('source_unreadable', `The list of addresses cannot be read: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

/** Looks at the first line, which stays to be read. */
async function findDelimiter(source: Readable): Promise<string> {
  await once(source, 'readable')
  const chunk = source.read() as Buffer | null
  if (chunk === null) return DELIMITERS[0]
  source.unshift(chunk)
  const header = chunk.toString('utf8').split(/[\r\n]/, 1)[0] ?? ''
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? DELIMITERS[0]
}

/** Names each column by what it holds, `false` for those that say nothing of an address. */
function nameColumns(header: readonly string[]): (Column | false)[] {
  const named = new Set<Column>()
  const columns = header.map((name) => {
    const key = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
    const column = (Object.keys(COLUMNS) as Column[]).find((each) => (COLUMNS[each] as readonly string[]).includes(key))
    if (column === undefined || named.has(column)) return false
    named.add(column)
    return column
  })
  if (!named.has('address') && !named.has('street1')) {
    throw new AppError(
      'source_unreadable',
      `The list needs a header with a column "address", or "street1" with "zip" or "city" and "state". It has: ${header.join(', ')}.`,
    )
  }
  return columns
}

/** The number of the row stands for an id where there is none. */
function toAddressRow(row: Partial<Record<Column, string>>, count: number): AddressRow {
  const { id, address, street1, street2, city, state, zip } = Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, value.trim() === '' ? undefined : value.trim()]),
  ) as Partial<Record<Column, string>>
  const isWhole = street1 === undefined && city === undefined && zip === undefined
  return {
    id: id ?? String(count),
    ...(isWhole && address !== undefined && { text: [address, street2, state].filter(Boolean).join(', ') }),
    street1: street1 ?? address ?? '',
    street2,
    city,
    state,
    zip,
  }
}
