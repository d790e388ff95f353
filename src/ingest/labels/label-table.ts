import { countFields, normalizeHeader } from './label-field.ts'
import type { HeaderReader } from './label-field.ts'

/** A row of a label file: one label. */
export interface LabelRow {
  /** As a spreadsheet numbers it; where labels stand side by side, the column; in JSON the position in its list. */
  readonly row: number
  readonly cells: readonly string[]
}

/** Labels under the headers of their columns. */
export interface LabelTable {
  readonly sheet?: string | undefined
  readonly headers: readonly string[]
  readonly rows: readonly LabelRow[]
}

/** Titles and notes may stand above the header, but not much. */
const HEADER_WITHIN = 25
/** A label states fewer facts than this; more rows are labels themselves. */
const MOST_FACTS = 200
/** Fewer columns that look like a label's are a coincidence. */
const MIN_FIELDS = 4

/**
 * Finds the header in the cells of a sheet: the row among the first 25 in which the most columns of a label are
 * recognized. A sheet that sets labels side by side, as the printed ones are, is turned.
 *
 * Empty rows and headers that come again (files put together from several) are left out.
 *
 * @returns `undefined` where no row looks like the header of labels.
 */
export function toLabelTable(
  cells: readonly (readonly string[])[],
  readHeader: HeaderReader,
  sheet?: string,
): LabelTable | undefined {
  const upright = findHeader(cells, readHeader)
  const turnedCells = cells.length <= MOST_FACTS ? turn(cells) : []
  const turned = findHeader(turnedCells, readHeader)
  const best = (turned?.fields ?? 0) > (upright?.fields ?? 0) ? turned : upright
  if (!best || best.fields < MIN_FIELDS) return undefined
  const grid = best === turned ? turnedCells : cells
  const headers = best.headers.map((header) => header.trim())
  const words = headers.map(normalizeHeader)
  const rows = grid
    .map((row, at) => ({ row: at + 1, cells: headers.map((_, column) => bareText(row[column] ?? '')) }))
    .slice(best.at + 1)
    .filter(
      (row) =>
        row.cells.some((cell) => cell !== '') && !row.cells.every((cell, at) => normalizeHeader(cell) === words[at]),
    )
  return { sheet, headers, rows }
}

/** Programs write `="0123"` so that spreadsheets keep the zeros. */
function bareText(cell: string): string {
  return cell
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .trim()
}

interface Header {
  readonly at: number
  readonly headers: readonly string[]
  /** How many different columns of a label it names. */
  readonly fields: number
}

function findHeader(cells: readonly (readonly string[])[], readHeader: HeaderReader): Header | undefined {
  return cells
    .slice(0, HEADER_WITHIN)
    .flatMap((row, at) => [row, ...withGroups(row, cells[at - 1] ?? [])].map((headers) => ({ at, headers })))
    .map(({ at, headers }) => ({ at, headers, fields: countFields(headers, readHeader) }))
    .reduce<Header | undefined>((best, row) => (best && best.fields >= row.fields ? best : row), undefined)
}

/**
 * A header of two rows: groups above (`Introductory`, over `Rate` and `Months`), each of which reaches to the next. The
 * group of the first columns may be blank.
 */
function withGroups(row: readonly string[], above: readonly string[]): string[][] {
  if (above.filter((group) => group.trim() !== '').length < 2) return []
  let group = ''
  return [row.map((header, at) => `${(group = above[at]?.trim() || group)} ${header}`)]
}

function turn(cells: readonly (readonly string[])[]): string[][] {
  const width = Math.min(
    cells.reduce((most, row) => Math.max(most, row.length), 0),
    10_000,
  )
  return Array.from({ length: width }, (_, column) => cells.map((row) => row[column] ?? ''))
}
