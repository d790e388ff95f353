import { basename } from 'node:path'
import { text } from 'node:stream/consumers'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import type { ProviderWriter } from '../../dataset/coverage/provider-writer.ts'
import type { Source } from '../../dataset/source.ts'
import { AppError } from '../../lib/errors.ts'
import { sha256File } from '../../lib/sha256-file.ts'
import type { SourceFile } from '../files/source-file.ts'

/** The FCC's table of provider ids calls it `affiliation`, its provider list `holding_company`. */
const COMPANY_COLUMNS = ['affiliation', 'holding_company']
const FILER_COLUMNS = ['provider_name', 'provider']

type TableRow = Readonly<Record<string, string | undefined>>

/**
 * Reads a table of FCC provider ids: provider id, FRN, the filer's name and the company behind it.
 *
 * Understands the columns of the FCC's table (`provider_name`, `affiliation`, `frn`, `provider_id`) and of its provider
 * list (`frn`, `provider_id`, `holding_company`), in any order. A table without FRNs gives names alone. Where several
 * rows name a provider differently the first counts; an FRN that two providers claim stays with the first.
 *
 * @throws AppError `source_unreadable` when the file is no CSV, or has no column `provider_id` or none with a name.
 */
export async function ingestProviders(file: SourceFile, writer: ProviderWriter, sourceId: number): Promise<Source> {
  const rows = readRows(await text(await file.open()), file.name)
  const rejected: Record<string, number> = {}
  writer.inOneTransaction(() => {
    for (const row of rows) {
      const reason = addRow(row, writer)
      if (reason !== undefined) rejected[reason] = (rejected[reason] ?? 0) + 1
    }
  })
  return {
    sourceId,
    kind: 'bdc_providers',
    file: basename(file.path),
    licence: 'Public domain (17 U.S.C. 105)',
    attribution: 'Federal Communications Commission, BDC provider ids',
    sha256: await sha256File(file.path),
    rowsRead: rows.length,
    rowsKept: rows.length - Object.values(rejected).reduce((sum, count) => sum + count, 0),
    rejected,
  }
}

function readRows(content: string, file: string): TableRow[] {
  try {
    return parse<TableRow>(content, {
      bom: true,
      columns: (names: string[]) => checkedColumns(names, file),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    })
  } catch (error) {
    if (error instanceof CsvError) {
      throw new AppError('source_unreadable', `${file} is no table of comma-separated values.`, { cause: error })
    }
    throw error
  }
}

function checkedColumns(names: readonly string[], file: string): string[] {
  const columns = names.map((name) => name.toLowerCase())
  const hasName = [...COMPANY_COLUMNS, ...FILER_COLUMNS].some((name) => columns.includes(name))
  if (columns.includes('provider_id') && hasName) return columns
  throw new AppError(
    'source_unreadable',
    `${file} is no table of providers: it needs provider_id and one of affiliation, holding_company or provider_name.`,
  )
}

/** Answers the reason where the row was left out. */
function addRow(row: TableRow, writer: ProviderWriter): string | undefined {
  const providerId = Number(row['provider_id'])
  if (!Number.isInteger(providerId) || providerId <= 0) return 'provider_id_invalid'
  const filerName = firstOf(row, FILER_COLUMNS)
  const name = firstOf(row, COMPANY_COLUMNS) ?? filerName
  if (name === undefined) return 'name_missing'
  const frn = row['frn'] ?? ''
  if (frn !== '') {
    if (!/^\d{1,10}$/.test(frn)) return 'frn_invalid'
    if (!writer.addFrn(frn.padStart(10, '0'), providerId, filerName)) return 'frn_of_another_provider'
  }
  writer.addProvider(providerId, name)
  return undefined
}

function firstOf(row: TableRow, names: readonly string[]): string | undefined {
  return names.map((name) => row[name]).find((value) => value !== undefined && value !== '')
}
