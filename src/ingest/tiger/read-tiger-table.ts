import type { Coordinates } from '../../lib/coordinates.ts'
import { AppError } from '../../lib/errors.ts'
import { openCsv } from '../files/read-csv.ts'
import type { SourceFile } from '../files/source-file.ts'
import type { TigerLayer } from './find-tiger-layers.ts'
import { openDbf } from './read-dbf.ts'
import type { DbfRow } from './read-dbf.ts'
import { readShpLines } from './read-shp.ts'
import type { ShpLine } from './read-shp.ts'

/** Column of a table of text that holds the line, as `longitude latitude;longitude latitude`. */
const GEOMETRY = 'GEOMETRY'

/** A layer's table, whether DBF or text, with the columns that it has. */
export interface TigerTable {
  readonly columns: readonly string[]
  /**
   * Records in file order, in batches; a column that the table does not have is blank.
   *
   * @throws AppError `source_unreadable` when a required column is missing.
   */
  rows<Column extends string>(wanted: readonly Column[], required?: readonly Column[]): AsyncGenerator<DbfRow<Column>[]>
  readonly close: () => void
}

/** Opens a layer's table and reads its header. */
export async function openTigerTable({ table, encoding }: TigerLayer): Promise<TigerTable> {
  if (/\.csv$/i.test(table.name)) return openTextTable(table)
  const dbf = await openDbf(await table.open(), table.name, await readEncoding(encoding))
  return {
    columns: dbf.columns,
    close: dbf.close,
    async *rows<Column extends string>(wanted: readonly Column[], required: readonly Column[] = wanted) {
      requireColumns(table.name, dbf.columns, required)
      const present = wanted.filter((column) => dbf.columns.includes(column))
      const missing = wanted.filter((column) => !present.includes(column))
      for await (const rows of dbf.rows(present)) {
        if (missing.length > 0) {
          for (const row of rows) for (const column of missing) if (row) (row as Record<Column, string>)[column] = ''
        }
        yield rows
      }
    },
  }
}

/**
 * Reads a layer's records together with their lines.
 *
 * @throws AppError `source_unreadable` when the layer has no lines beside it, or not as many as it has records.
 */
export async function* readTigerLines<Column extends string>(
  layer: TigerLayer,
  table: TigerTable,
  wanted: readonly Column[],
  required: readonly Column[] = wanted,
): AsyncGenerator<{ row: DbfRow<Column>; line: ShpLine }[]> {
  if (/\.csv$/i.test(layer.table.name)) {
    for await (const rows of table.rows<string>([...wanted, GEOMETRY], [...required, GEOMETRY])) {
      yield rows.map((row) => ({ row: row as DbfRow<Column>, line: row && parseLine(row[GEOMETRY] ?? '') }))
    }
    return
  }
  if (!layer.shape) throw new AppError('source_unreadable', `${layer.table.name} has no .shp beside it.`)
  const unequal = () =>
    new AppError('source_unreadable', `${layer.table.name} and its .shp do not have equally many records.`)
  const shapes = readShpLines(await layer.shape.open(), layer.shape.name)
  let lines: ShpLine[] = []
  let used = 0
  try {
    for await (const rows of table.rows(wanted, required)) {
      const pairs: { row: DbfRow<Column>; line: ShpLine }[] = []
      for (const row of rows) {
        while (used >= lines.length) {
          const next = await shapes.next()
          if (next.done === true) throw unequal()
          lines = next.value
          used = 0
        }
        pairs.push({ row, line: lines[used++] })
      }
      yield pairs
    }
    if (used < lines.length || (await shapes.next()).done !== true) throw unequal()
  } finally {
    await shapes.return(undefined)
  }
}

async function openTextTable(file: SourceFile): Promise<TigerTable> {
  const stream = await file.open()
  const csv = await openCsv(stream, file.name)
  const columns = csv.columns.map((column) => column.toUpperCase())
  return {
    columns,
    close: () => stream.destroy(),
    async *rows<Column extends string>(wanted: readonly Column[], required: readonly Column[] = wanted) {
      requireColumns(file.name, columns, required)
      const positions = wanted.map((column) => [column, columns.indexOf(column)] as const)
      for await (const rows of csv.rows()) {
        yield rows.map((cells) => {
          if (cells?.length !== columns.length) return undefined
          const row = {} as Record<Column, string>
          for (const [column, position] of positions) row[column] = cells[position]?.trim() ?? ''
          return row
        })
      }
    },
  }
}

function requireColumns(name: string, columns: readonly string[], required: readonly string[]): void {
  const missing = required.filter((column) => !columns.includes(column))
  if (missing.length > 0) throw new AppError('source_unreadable', `${name} lacks ${missing.join(', ')}.`)
}

/** Census names the encoding in a `.cpg`: UTF-8 since 2016, before that a code page of which only Latin-1 was used. */
async function readEncoding(file: SourceFile | undefined): Promise<'utf8' | 'latin1'> {
  if (!file) return 'utf8'
  for await (const chunk of (await file.open()) as AsyncIterable<Buffer>) {
    return /utf-?8/i.test(chunk.toString('latin1', 0, 64)) ? 'utf8' : 'latin1'
  }
  return 'utf8'
}

function parseLine(text: string): ShpLine {
  const line: Coordinates[] = []
  for (const point of text.split(';')) {
    const [longitude = Number.NaN, latitude = Number.NaN] = point.trim().split(/\s+/).map(Number)
    if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) return undefined
    line.push({ latitude, longitude })
  }
  return line.length >= 2 ? line : undefined
}
