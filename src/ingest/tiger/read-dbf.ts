import type { Readable } from 'node:stream'
import { AppError } from '../../lib/errors.ts'
import { createByteReader } from '../files/byte-reader.ts'

const HEADER_BYTES = 32
const FIELD_BYTES = 32
const END_OF_FIELDS = 0x0d
const DELETED = 0x2a
const SPACE = 0x20
/** Records cut in one go; about 280 kB of ADDRFEAT. */
const BATCH = 1000

/** The wanted columns of one record, trimmed; `undefined` for a record that is marked as deleted. */
export type DbfRow<Column extends string> = Readonly<Record<Column, string>> | undefined

/** A dBASE III table whose header has been read. */
export interface DbfTable {
  readonly columns: readonly string[]
  readonly recordCount: number
  /**
   * The records in file order, in batches. Deleted ones keep their place, since a shapefile's lines are matched to
   * its records by position.
   *
   * @throws AppError `source_unreadable` when a wanted column is missing or the file ends before its last record.
   */
  rows<Column extends string>(wanted: readonly Column[]): AsyncGenerator<DbfRow<Column>[]>
  readonly close: () => void
}

interface Field {
  readonly column: string
  readonly start: number
  readonly end: number
}

/**
 * Reads the header of a DBF and leaves the stream before its first record.
 *
 * Text is decoded as `encoding`, which Census gives in the `.cpg` beside the table (UTF-8 since 2016).
 */
export async function openDbf(stream: Readable, name: string, encoding: 'utf8' | 'latin1' = 'utf8'): Promise<DbfTable> {
  const reader = createByteReader(stream, name)
  const broken = (what: string) => new AppError('source_unreadable', `${name} is not a whole DBF: ${what}.`)
  try {
    if (!(await reader.fill(HEADER_BYTES))) throw broken('it ends within its header')
    const header = reader.take(HEADER_BYTES)
    const recordCount = header.readUInt32LE(4)
    const headerLength = header.readUInt16LE(8)
    const recordLength = header.readUInt16LE(10)
    if (headerLength < HEADER_BYTES + 1) throw broken('its header has an impossible length')
    if (!(await reader.fill(headerLength - HEADER_BYTES))) throw broken('it ends within its header')
    const fields = readFields(reader.take(headerLength - HEADER_BYTES))
    if (fields.length === 0 || (fields.at(-1)?.end ?? 0) > recordLength) {
      throw broken('its columns do not fit its records')
    }
    return {
      columns: fields.map((field) => field.column),
      recordCount,
      close: reader.close,
      async *rows(wanted) {
        const chosen = wanted.map((column) => {
          const field = fields.find((candidate) => candidate.column === column)
          if (!field) throw new AppError('source_unreadable', `${name} has no column ${column}.`)
          return field as Field & { readonly column: typeof column }
        })
        try {
          for (let read = 0; read < recordCount;) {
            if (!(await reader.fill(recordLength))) {
              throw broken(
                `it ends after ${read.toLocaleString('en-US')} of ${recordCount.toLocaleString('en-US')} records`,
              )
            }
            const count = Math.min(BATCH, recordCount - read, Math.floor(reader.available() / recordLength))
            const bytes = reader.take(count * recordLength)
            const rows = []
            for (let index = 0; index < count; index++) rows.push(cutRow(bytes, index * recordLength, chosen, encoding))
            yield rows
            read += count
          }
        } finally {
          reader.close()
        }
      },
    }
  } catch (error) {
    reader.close()
    throw error
  }
}

function readFields(descriptors: Buffer): Field[] {
  const fields: Field[] = []
  let start = 1
  for (let at = 0; at + FIELD_BYTES <= descriptors.length && descriptors[at] !== END_OF_FIELDS; at += FIELD_BYTES) {
    const nameEnd = descriptors.indexOf(0, at)
    const column = descriptors.toString('latin1', at, Math.min(nameEnd < 0 ? at + 11 : nameEnd, at + 11)).trim()
    const length = descriptors[at + 16] ?? 0
    fields.push({ column, start, end: start + length })
    start += length
  }
  return fields
}

function cutRow<Column extends string>(
  bytes: Buffer,
  at: number,
  fields: readonly (Field & { readonly column: Column })[],
  encoding: 'utf8' | 'latin1',
): DbfRow<Column> {
  if (bytes[at] === DELETED) return undefined
  const row = {} as Record<Column, string>
  for (const { column, start, end } of fields) row[column] = cutText(bytes, at + start, at + end, encoding)
  return row
}

function cutText(bytes: Buffer, from: number, to: number, encoding: 'utf8' | 'latin1'): string {
  let start = from
  let end = to
  while (end > start && (bytes[end - 1] ?? 0) <= SPACE) end--
  while (start < end && (bytes[start] ?? 0) <= SPACE) start++
  return start === end ? '' : bytes.toString(encoding, start, end)
}
