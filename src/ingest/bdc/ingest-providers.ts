import { basename } from 'node:path'
import { parse } from 'csv-parse'
import type { ProviderWriter } from '../../dataset/provider-writer.ts'
import type { Source } from '../../dataset/source.ts'
import { AppError } from '../../lib/errors.ts'
import { sha256File } from '../../lib/sha256-file.ts'
import type { SourceFile } from '../files/source-file.ts'

/** The FCC's table of provider ids calls it `affiliation`, its provider list `holding_company`. */
const COMPANY_COLUMNS = ['affiliation', 'holding_company']
const FILER_COLUMNS = ['provider_name', 'provider']

/**
 * Reads a table of FCC provider ids: provider id, FRN, the filer's name and the company behind it.
 *
 * Understands the columns of the FCC's table (`provider_name`, `affiliation`, `frn`, `provider_id`) and of its provider
 * list (`frn`, `provider_id`, `holding_company`), in any order. A table without FRNs gives names alone. Where several
 * rows name a provider differently the first counts; an FRN that two providers claim stays with the first.
 *
 * @throws AppError `source_unreadable` when the file has no column `provider_id` or none with a name.
 */
export async function ingestProviders(file: SourceFile, writer: ProviderWriter, sourceId: number): Promise<Source> {
  const rejected: Record<string, number> = {}
  const reject = (reason: string) => void (rejected[reason] = (rejected[reason] ?? 0) + 1)
  let rowsRead = 0
  let rowsKept = 0
  const parser = (await file.open()).pipe(
    parse({
      bom: true,
      columns: (names: string[]) => checkedColumns(names, file.name),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }),
  )
  for await (const row of parser as AsyncIterable<Record<string, string | undefined>>) {
    rowsRead++
    const providerId = Number(row['provider_id'])
    const filerName = firstOf(row, FILER_COLUMNS)
    const name = firstOf(row, COMPANY_COLUMNS) ?? filerName
    if (!Number.isInteger(providerId) || providerId <= 0) {
      reject('provider_id_invalid')
      continue
    }
    if (name === undefined) {
      reject('name_missing')
      continue
    }
    const frn = row['frn']
    if (frn !== undefined && frn !== '') {
      if (!/^\d{1,10}$/.test(frn)) {
        reject('frn_invalid')
        continue
      }
      if (!writer.addFrn(frn.padStart(10, '0'), providerId, filerName)) {
        reject('frn_of_another_provider')
        continue
      }
    }
    writer.addProvider(providerId, name)
    rowsKept++
  }
  return {
    sourceId,
    kind: 'bdc_providers',
    file: basename(file.path),
    licence: 'Public domain (17 U.S.C. 105)',
    attribution: 'Federal Communications Commission, BDC provider ids',
    sha256: await sha256File(file.path),
    rowsRead,
    rowsKept,
    rejected,
  }
}

function firstOf(row: Record<string, string | undefined>, names: readonly string[]): string | undefined {
  return names.map((name) => row[name]).find((value) => value !== undefined && value !== '')
}

function checkedColumns(names: readonly string[], file: string): string[] {
  const columns = names.map((name) => name.toLowerCase())
  if (
    !columns.includes('provider_id') ||
    ![...COMPANY_COLUMNS, ...FILER_COLUMNS].some((name) => columns.includes(name))
  ) {
    throw new AppError(
      'source_unreadable',
      `${file} is no table of providers: it needs a column provider_id and one of affiliation, holding_company or provider_name.`,
    )
  }
  return columns
}
