import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { AppError } from '../../lib/errors.ts'
import type { SourceFile } from '../files/source-file.ts'
import type { HeaderReader } from './label-field.ts'
import type { LabelTable } from './label-table.ts'
import { readJsonLabels } from './read-json-labels.ts'
import { readXlsx } from './read-xlsx.ts'
import { toLabelTables } from './to-label-tables.ts'

/** Labels of the largest providers take a few megabytes. */
const MAX_BYTES = 256 * 1024 * 1024
/** Compound files, which Excel wrote until 2007. */
const OLD_EXCEL = Buffer.from('d0cf11e0a1b11ae1', 'hex')
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
  const bytes = await buffer(await file.open())
  if (/\.xlsx$/i.test(file.name)) {
    const sheets = await readXlsx(bytes, file.name)
    return sheets.flatMap(({ name, cells }) => toLabelTables(cells, readHeader, name))
  }
  if (bytes.subarray(0, OLD_EXCEL.length).equals(OLD_EXCEL)) {
    throw new AppError('source_unreadable', `${file.name} is in the old Excel format. Save it as .xlsx or CSV.`)
  }
  const text = decodeText(bytes)
  if (/^\s*[[{]/.test(text)) {
    return readJsonLabels(parseJson(text, file.name), readHeader)
  }
  return toLabelTables(parseTable(text, file.name), readHeader)
}

/** UTF-8, UTF-16 with or without its mark, or what older Windows programs write. */
function decodeText(bytes: Buffer): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) {
    return new TextDecoder('utf-16le').decode(bytes)
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) {
    return new TextDecoder('utf-16be').decode(bytes)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** A document, or one on each line. */
function parseJson(text: string, name: string): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const areDocuments = lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line))
  try {
    return areDocuments ? lines.map((line): unknown => JSON.parse(line)) : (JSON.parse(text) as unknown)
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
