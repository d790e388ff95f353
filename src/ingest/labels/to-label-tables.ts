import { countFields, normalizeHeader } from './label-field.ts'
import type { HeaderReader } from './label-field.ts'
import { toLabelTable } from './label-table.ts'
import type { LabelTable } from './label-table.ts'

/**
 * The tables of labels in the cells of a sheet: one, or one for each of the labels that stand below one another, as they
 * are printed. A label's row is then the one in which it begins.
 */
export function toLabelTables(
  cells: readonly (readonly string[])[],
  readHeader: HeaderReader,
  sheet?: string,
): LabelTable[] {
  const starts = findStarts(cells, readHeader)
  if (starts.length === 0) return [toLabelTable(cells, readHeader, sheet)].filter((table) => table !== undefined)
  return starts.flatMap((start, at) => {
    const table = toLabelTable(cells.slice(start, starts[at + 1]), readHeader, sheet)
    return table ? [{ ...table, rows: table.rows.map((row) => ({ ...row, row: start + 1 })) }] : []
  })
}

/**
 * Where labels begin: each with the words of the first one's first line, and as many as there are identifiers, each in
 * a line of its own.
 */
function findStarts(cells: readonly (readonly string[])[], readHeader: HeaderReader): number[] {
  const names = cells.map((row) => row.find((cell) => cell.trim() !== '') ?? '')
  const first = normalizeHeader(names.find((name) => name !== '') ?? '')
  const starts = names.flatMap((name, at) => (name !== '' && normalizeHeader(name) === first ? [at] : []))
  const identifiers = names.filter(
    (name, at) => readHeader(name) === 'upi' && countFields(cells[at] ?? [], readHeader) === 1,
  )
  return identifiers.length > 1 && starts.length === identifiers.length ? starts : []
}
