import { Command, InvalidArgumentError } from 'commander'
import { findState } from '../address/index.ts'
import { buildDataSet } from '../ingest/build-data-set.ts'
import type { BuildReport } from '../ingest/build-data-set.ts'
import { NAMEABLE_FIELDS } from '../ingest/points/point-columns.ts'
import type { NameableField } from '../ingest/points/point-columns.ts'
import { systemClock } from '../lib/clock.ts'
import { formatSources } from './format-sources.ts'

interface BuildFlags {
  readonly out: string
  readonly tiger?: string[]
  readonly points?: string[]
  readonly pointColumns?: Partial<Record<NameableField, string>>
  readonly pointState?: string
  readonly bdc?: string[]
  readonly providers?: string[]
  readonly zips?: string[]
  readonly labels?: string[]
  readonly locations?: string[]
  readonly sandbox?: boolean
  readonly fresh?: boolean
  readonly json?: boolean
}

/** `hum data build`: public files → a data set in a folder. Progress goes to standard error, the report to standard output. */
export function dataBuildCommand(): Command {
  return new Command('build')
    .description('Build a data set from public files: street ranges, address points, FCC filings, labels.')
    .argument('[paths...]', 'folders, zips or files of any kind, each recognized by its published name')
    .requiredOption('--out <folder>', 'folder of data sets; the new one gets the next version there')
    .option('--tiger <paths...>', 'Census TIGER/Line: ADDRFEAT, EDGES, FACES and PLACE, zipped or not')
    .option('--points <paths...>', 'address points: CSV with named columns, OpenAddresses, National Address Database')
    .option('--point-columns <names>', 'columns under other names, as number=HSE_NO,street=ROAD', parsePointColumns)
    .option('--point-state <state>', 'state of address points that name none, as ME', parseState)
    .option('--bdc <paths...>', 'FCC Broadband Data Collection: availability by location')
    .option('--providers <paths...>', 'FCC table of provider ids')
    .option('--zips <paths...>', 'GeoNames postal codes (US.txt)')
    .option('--labels <paths...>', 'FCC broadband labels of providers')
    .option('--locations <paths...>', 'licensed location lists (Fabric), for exact answers')
    .option('--sandbox', 'mark the data set as an invented region')
    .option('--fresh', 'build every part anew, also those whose sources have not changed')
    .option('--json', 'print the report as JSON')
    .action(async (mixed: string[], { json, sandbox, fresh, ...flags }: BuildFlags) => {
      const report = await buildDataSet(
        { ...flags, mixed, isSandbox: sandbox, isFresh: fresh },
        { clock: systemClock, report: (line) => console.error(line) },
      )
      console.log(json ? JSON.stringify(report, undefined, 2) : formatReport(report))
    })
}

function parsePointColumns(text: string): Partial<Record<NameableField, string>> {
  const columns: Partial<Record<NameableField, string>> = {}
  for (const pair of text.split(',')) {
    const [field, column] = pair.split('=').map((part) => part.trim())
    const known = NAMEABLE_FIELDS.find((name) => name === field)
    if (known === undefined || !column) {
      throw new InvalidArgumentError(`Give pairs such as number=HSE_NO for any of ${NAMEABLE_FIELDS.join(', ')}.`)
    }
    columns[known] = column
  }
  return columns
}

function parseState(text: string): string {
  const state = findState(text)
  if (!state) throw new InvalidArgumentError('Give a state such as ME.')
  return state.code
}

function formatReport({
  path,
  version,
  contentHash,
  sources,
  setAside,
  file,
  seconds,
  peakMemoryMb,
}: BuildReport): string {
  const rows = sources.reduce((sum, source) => sum + source.rowsRead, 0)
  return [
    formatSources(sources),
    ...(setAside.length === 0 ? [] : ['', 'Not read:', ...setAside.map(({ file, reason }) => `  ${file}: ${reason}`)]),
    '',
    `Data set ${version} is ready: ${path} (${(file.sizeBytes / 1e6).toFixed(1)} MB)`,
    `Content ${contentHash}`,
    `${rows.toLocaleString('en-US')} rows in ${seconds.toFixed(1)} s, at most ${peakMemoryMb.toLocaleString('en-US')} MB of memory`,
  ].join('\n')
}
