import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { AppError } from '../../lib/errors.ts'
import type { SourceFile } from '../files/source-file.ts'
import type { HeaderReader } from './label-field.ts'
import { toLabelTable } from './label-table.ts'
import type { LabelTable } from './label-table.ts'
import { readJsonLabels } from './read-json-labels.ts'
import { readXlsx } from './read-xlsx.ts'

/** Labels of the largest providers take a few megabytes. */
const MAX_BYTES = 256 * 1024 * 1024
const DELIMITERS = [',', ';', '\t', '|']

/**
 * Reads the tables of labels in a file: a text table (CSV or with tabs, bars or semicolons), JSON, or the sheets of an
 * Excel workbook. Empty where the file holds nothing that looks like labels.
 *
 * @throws AppError `source_unreadable` when the file is damaged, too large, or no text where text belongs.
 */
export async function readLabelFile(file: SourceFile, readHeader: HeaderReader): Promise<LabelTable[]> {
  if (file.sizeBytes > MAX_BYTES) {
    throw new AppError('source_unreadable', `${file.name} is too large for labels. Give the file of one provider.`)
  }
  if (/\.xlsx$/i.test(file.path)) {
    const sheets = await readXlsx(file.path)
    return sheets.flatMap(({ name, cells }) => toLabelTable(cells, readHeader, name) ?? [])
  }
  const text = decodeText(await buffer(await file.open()))
  if (/^\s*[[{]/.test(text)) {
    const table = readJsonLabels(parseJson(text, file.name), readHeader)
    return table ? [table] : []
  }
  const table = toLabelTable(parseTable(text, file.name), readHeader)
  return table ? [table] : []
}

/** UTF-8, UTF-16 with its mark, or what older Windows programs write. */
function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new AppError('source_unreadable', `${name} is damaged JSON. Fetch it again.`, { cause: error })
  }
}

function parseTable(text: string, name: string): string[][] {
  const start = text.slice(0, 4096)
  const delimiter = DELIMITERS.reduce((best, next) =>
    start.split(next).length > start.split(best).length ? next : best,
  )
  try {
    return parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false })
  } catch (error) {
    throw new AppError('source_unreadable', `${name} is no table of text. Give CSV, JSON or XLSX.`, { cause: error })
  }
}
