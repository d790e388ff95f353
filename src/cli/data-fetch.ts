import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { findState, STATES } from '../address/index.ts'
import type { State } from '../address/index.ts'
import { readFetchSettings } from '../ingest/fetch/fetch-settings.ts'
import type { FetchSettings } from '../ingest/fetch/fetch-settings.ts'
import { createPacer } from '../ingest/fetch/pacer.ts'
import type { Pacer } from '../ingest/fetch/pacer.ts'
import { planFetch } from '../ingest/fetch/plan-fetch.ts'
import type { FetchPlan } from '../ingest/fetch/plan-fetch.ts'
import type { PlannedFile } from '../ingest/fetch/planned-file.ts'
import type { RetryNeeds } from '../ingest/fetch/retry.ts'
import { runFetch } from '../ingest/fetch/run-fetch.ts'
import type { SupersededFile } from '../ingest/fetch/run-fetch.ts'
import { systemClock } from '../lib/clock.ts'
import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { showFetchProgress } from './fetch-progress.ts'
import { formatBytes } from './format-bytes.ts'

interface FetchFlags {
  readonly state?: string[]
  readonly all?: boolean
  readonly into: string
  readonly dryRun?: boolean
  readonly withSatellite?: boolean
  readonly openaddresses?: string[]
  readonly nad?: boolean
  readonly prune?: boolean
}

interface FetchCommandNeeds extends RetryNeeds {
  readonly settings: FetchSettings
  readonly clock: Clock
  readonly fccPace: Pacer
  /** The FCC's server takes long to begin with a large file. */
  readonly idleTimeoutMs: number
}

/** `hum data fetch`: public files → a folder that `hum data build` takes as it is. */
export function dataFetchCommand(): Command {
  return new Command('fetch')
    .description('Fetch the public files of states: Census TIGER/Line, GeoNames ZIP codes, FCC filings.')
    .option('--state <states...>', 'states by code or name: ME, "New Hampshire"')
    .option('--all', 'the 50 states, the District of Columbia and the territories')
    .requiredOption('--into <folder>', 'where the files go, sorted into tiger, bdc, zip and points')
    .option('--dry-run', 'only say what would be fetched, and how much it is')
    .option('--with-satellite', 'satellite filings too: half of all bytes, and they claim nearly every place')
    .option('--openaddresses <urls...>', 'address points of OpenAddresses, each by its address')
    .option('--nad', 'the National Address Database: address points of the nation, about 10 GB')
    .option('--prune', 'delete files of earlier fetches of which a newer version came')
    .addHelpText('after', `\n${SETTINGS_HELP}`)
    .action(async (flags: FetchFlags) => {
      await fetchData(flags, {
        settings: readFetchSettings(process.env),
        clock: systemClock,
        sleep: async (milliseconds) => sleep(milliseconds),
        random: Math.random,
        fccPace: createPacer({ calls: 10, windowMs: 60_000, clock: systemClock, sleep: async (ms) => sleep(ms) }),
        idleTimeoutMs: 120_000,
      })
    })
}

const SETTINGS_HELP = `FCC filings need an account at broadbandmap.fcc.gov (free): HUM_FCC_USERNAME is its user name,
HUM_FCC_HASH_VALUE the token made under "Manage API Access". HUM_TIGER_URL, HUM_FCC_URL, HUM_GEONAMES_URL and
HUM_NAD_URL name other servers, such as a mirror. A download that broke off goes on with the next run.`

async function fetchData(flags: FetchFlags, needs: FetchCommandNeeds): Promise<void> {
  const plan = await planFetch(
    {
      ...needs,
      onRetry: ({ message }, waitMs) => console.error(`${message} Again in ${Math.ceil(waitMs / 1000)} s.`),
    },
    {
      states: flags.all ? STATES.filter(({ fips }) => fips !== undefined) : readStates(flags.state ?? []),
      withSatellite: flags.withSatellite ?? false,
      openAddresses: flags.openaddresses ?? [],
      nad: flags.nad ?? false,
    },
  )
  console.log(formatPlan(plan))
  if (flags.dryRun) return
  const progress = showFetchProgress(plan.files, process.stderr, needs.clock)
  const superseded = await runFetch(
    needs,
    { files: plan.files, into: flags.into, prune: flags.prune ?? false },
    progress,
  ).finally(() => progress.stop())
  const { fetched, unchanged, failed } = progress.counts
  console.log(
    `${countFiles(fetched)} fetched (${formatBytes(progress.receivedBytes())}), ${unchanged} unchanged, ${failed} failed.`,
  )
  if (superseded.length > 0) console.log(formatSuperseded(superseded, flags.prune ?? false))
  if (failed > 0) {
    throw new AppError(
      'source_unreadable',
      `${countFiles(failed)} could not be fetched. Run the command again for the rest.`,
    )
  }
  console.log(`Build with: hum data build ${flags.into} --out <folder>`)
}

function readStates(texts: readonly string[]): State[] {
  return [...new Set(texts.flatMap((text) => text.split(',')).map(readState))]
}

function readState(text: string): State {
  const state = findState(text)
  if (state?.fips === undefined) {
    throw new AppError('settings_invalid', `There is no state "${text}". Give a code such as ME, or a name.`)
  }
  return state
}

function formatPlan({ files, notes }: FetchPlan): string {
  const groups = [...Map.groupBy(files, ({ group }) => group)]
  const lines = groups.map(([group, members]) => `${group.padEnd(32)} ${formatAmount(members)}`)
  return [...lines, `${'Together'.padEnd(32)} ${formatAmount(files)}`, ...notes].join('\n')
}

function formatAmount(files: readonly PlannedFile[]): string {
  const told = files.flatMap(({ estimatedBytes }) => estimatedBytes ?? [])
  const bytes = told.reduce((sum, size) => sum + size, 0)
  const size = told.length === 0 ? 'size not told' : `about ${formatBytes(bytes)}`
  const rest = told.length > 0 && told.length < files.length ? `, ${files.length - told.length} of unknown size` : ''
  return `${countFiles(files.length).padStart(11)}, ${size}${rest}`
}

function formatSuperseded(files: readonly SupersededFile[], pruned: boolean): string {
  const size = formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0))
  const what = `${countFiles(files.length)} of earlier fetches replaced by newer versions (${size})`
  return pruned ? `${what}; deleted.` : `${what}; --prune deletes them.`
}

const countFiles = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`
