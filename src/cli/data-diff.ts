import { Command, Option } from 'commander'
import { resolveDataSetFile } from '../dataset/data-set-file.ts'
import { openDataSet } from '../dataset/data-set.ts'
import type { DataSet } from '../dataset/data-set.ts'
import { diffCoverage } from '../dataset/coverage/diff-coverage.ts'
import { summarizeDiff } from '../dataset/coverage/diff-summary.ts'
import type { DiffSummary } from '../dataset/coverage/diff-summary.ts'
import { openProviders } from '../dataset/coverage/provider-index.ts'
import { openDiffCsv } from './diff-csv.ts'

interface DiffFlags {
  readonly customer: 'residential' | 'business'
  readonly csv?: string
  readonly json?: boolean
}

const SHOWN_PROVIDERS = 20

/** `hum data diff`: what changed between two data sets. */
export function dataDiffCommand(): Command {
  return new Command('diff')
    .description('Say what changed between two data sets: per block, provider and technology.')
    .argument('<before>', 'a data set')
    .argument('<after>', 'a data set, or a folder, of which the newest is taken')
    .addOption(
      new Option('--customer <kind>', 'whose service to compare')
        .choices(['residential', 'business'])
        .default('residential'),
    )
    .option('--csv <file>', 'write every change into a CSV file')
    .option('--json', 'print the summary as JSON')
    .action((before: string, after: string, flags: DiffFlags) => {
      const a = openDataSet(resolveDataSetFile(before))
      const b = openDataSet(resolveDataSetFile(after))
      try {
        const nameOf = openNames(a, b)
        const csv = flags.csv === undefined ? undefined : openDiffCsv(flags.csv, nameOf)
        const summary = summarizeDiff(diffCoverage(a, b, flags.customer), csv?.write)
        csv?.close()
        console.log(flags.json ? formatJson(a, b, summary, nameOf) : formatText(a, b, summary, nameOf, flags.customer))
      } finally {
        a.close()
        b.close()
      }
    })
}

type NameOf = (providerId: number) => string

function openNames(before: DataSet, after: DataSet): NameOf {
  const indexes = [after, before].map(openProviders)
  return (providerId) =>
    indexes.map((index) => index.findProvider(providerId)?.name).find((name) => name !== undefined) ?? ''
}

function formatJson(before: DataSet, after: DataSet, { total, providers }: DiffSummary, nameOf: NameOf): string {
  return JSON.stringify(
    {
      before: before.version,
      after: after.version,
      rows: compareRows(before, after),
      changes: total,
      providers: [...providers].map(([providerId, counts]) => ({ providerId, name: nameOf(providerId), ...counts })),
    },
    undefined,
    2,
  )
}

function formatText(
  before: DataSet,
  after: DataSet,
  { total, providers }: DiffSummary,
  nameOf: NameOf,
  customer: string,
): string {
  const shown = [...providers].slice(0, SHOWN_PROVIDERS)
  const more = providers.size - shown.length
  return [
    table([
      ['', before.version, after.version],
      ...Object.entries(compareRows(before, after)).map(([name, [a, b]]) => [words(name), count(a), count(b)]),
    ]),
    '',
    `Blocks by what became of a provider's ${customer} service there with one technology:`,
    table(Object.entries(total).map(([kind, blocks]) => [words(kind), count(blocks)])),
    ...(shown.length === 0
      ? []
      : [
          '',
          table([
            ['provider', 'added', 'gone', 'faster', 'slower', 'more locations', 'fewer'],
            ...shown.map(([providerId, counts]) => [
              `${nameOf(providerId) || 'provider'} (${providerId})`,
              ...[counts.added, counts.gone, counts.faster, counts.slower].map(count),
              count(counts.more_locations),
              count(counts.fewer_locations),
            ]),
          ]),
        ]),
    ...(more > 0 ? [`and ${more} more; --csv writes all`] : []),
  ].join('\n')
}

const COMPARED_TABLES = ['address_range', 'address_point', 'zip_place', 'provider', 'cell', 'coverage']

function compareRows(before: DataSet, after: DataSet): Record<string, readonly [before: number, after: number]> {
  return Object.fromEntries(
    COMPARED_TABLES.map((table) => [table, [countRows(before, table), countRows(after, table)] as const]),
  )
}

const countRows = ({ db }: DataSet, table: string): number =>
  db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0

const count = (value: number): string => value.toLocaleString('en-US')

const words = (name: string): string => name.replaceAll('_', ' ')

/** Columns of equal width, the first to the left and the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))))
    .map((cells) => `  ${cells.join('  ')}`.trimEnd())
    .join('\n')
}
