import type { Readable } from 'node:stream'
import { AppError } from '../../lib/errors.ts'
import { readLines } from './read-lines.ts'

const DELIMITERS = [',', '\t', '|', ';']
/** A quoted cell may hold line ends; one that runs on further than this was opened by a stray quote. */
const MAX_LINES_PER_ROW = 20
const MAX_QUOTED_ROW = 1 << 16

/** The cells of one row in the order of the columns; `undefined` for a row whose quotes never close. */
export type CsvRow = readonly string[] | undefined

/** A table of text whose header has been read. */
export interface CsvTable {
  /** Trimmed and in lower case. */
  readonly columns: readonly string[]
  /** The rows in batches, without empty lines. A row may have more or fewer cells than there are columns. */
  rows(): AsyncGenerator<CsvRow[]>
}

/**
 * Reads the header of a delimited text file; commas, tabs, bars and semicolons are told by the header itself.
 *
 * Public address files break the rules of CSV: cells with stray quotes, quotes that never close. Where a strict reader
 * gives up or swallows the rest of the file, this one loses the one row and goes on with the next.
 *
 * @throws AppError `source_unreadable` when the file is empty or no text.
 */
export async function openCsv(stream: Readable, name: string): Promise<CsvTable> {
  const batches = readLines(stream, name)
  let waiting: string[] = []
  while (waiting.length === 0) {
    const next = await batches.next()
    if (next.done === true) throw new AppError('source_unreadable', `${name} is empty.`)
    waiting = next.value.filter((line) => line.trim() !== '')
  }
  const [header = '', ...firstLines] = waiting
  const delimiter = findDelimiter(header)
  const columns = (splitCsvLine(header, delimiter) ?? []).map((column) => column.trim().toLowerCase())
  return {
    columns,
    async *rows() {
      const cutter = createRowCutter(delimiter)
      yield cutter.cut(firstLines)
      for await (const lines of batches) yield cutter.cut(lines)
      yield cutter.finish()
    },
  }
}

function findDelimiter(header: string): string {
  const count = (delimiter: string): number => header.split(delimiter).length
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}

function createRowCutter(delimiter: string): { cut(lines: readonly string[]): CsvRow[]; finish(): CsvRow[] } {
  let open: string[] = []
  let openLength = 0

  function add(line: string, rows: CsvRow[]): void {
    if (open.length === 0 && line === '') return
    const cells = splitCsvLine(open.length === 0 ? line : `${open.join('\n')}\n${line}`, delimiter)
    if (cells) {
      open = []
      openLength = 0
      rows.push(cells)
      return
    }
    open.push(line)
    openLength += line.length
    if (open.length > MAX_LINES_PER_ROW || openLength > MAX_QUOTED_ROW) giveUpOnFirst(rows)
  }

  function giveUpOnFirst(rows: CsvRow[]): void {
    const [, ...others] = open
    open = []
    openLength = 0
    rows.push(undefined)
    for (const line of others) add(line, rows)
  }

  return {
    cut: (lines) => {
      const rows: CsvRow[] = []
      for (const line of lines) add(line, rows)
      return rows
    },
    finish: () => {
      const rows: CsvRow[] = []
      while (open.length > 0) giveUpOnFirst(rows)
      return rows
    },
  }
}

/**
 * Cuts a line into its cells: quotes around a cell are taken off and doubled ones inside are halved. A quote inside a
 * cell that does not start with one is text (`5" PIPE RD`).
 *
 * @returns `undefined` when a quote is opened and not closed.
 */
function splitCsvLine(line: string, delimiter: string): string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter)
  const cells: string[] = []
  let at = 0
  while (at <= line.length) {
    let cell = ''
    if (line.charAt(at) === '"') {
      let quote = line.indexOf('"', at + 1)
      while (quote >= 0 && line.charAt(quote + 1) === '"') {
        cell += line.slice(at + 1, quote + 1)
        at = quote + 1
        quote = line.indexOf('"', at + 1)
      }
      if (quote < 0) return undefined
      cell += line.slice(at + 1, quote)
      at = quote + 1
    }
    const next = line.indexOf(delimiter, at)
    const end = next < 0 ? line.length : next
    cells.push(cell + line.slice(at, end))
    at = end + 1
  }
  return cells
}
