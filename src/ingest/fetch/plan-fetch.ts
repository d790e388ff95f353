import type { State } from '../../address/index.ts'
import { AppError } from '../../lib/errors.ts'
import { fetchText } from './fetch-text.ts'
import type { FccAccount, FetchSettings } from './fetch-settings.ts'
import { listFccFiles } from './list-fcc-files.ts'
import { listTigerFiles } from './list-tiger-files.ts'
import { describeUrl } from './open-response.ts'
import type { Pacer } from './pacer.ts'
import type { PlannedFile } from './planned-file.ts'
import { withRetries } from './retry.ts'
import type { RetryNeeds, TransientFailure } from './retry.ts'

/** What an operator wants to have. */
export interface FetchWishes {
  readonly states: readonly State[]
  readonly withSatellite: boolean
  /** Addresses of OpenAddresses files. */
  readonly openAddresses: readonly string[]
  /** The National Address Database: one file of the nation, about 10 GB. */
  readonly nad: boolean
}

export interface FetchPlan {
  readonly files: readonly PlannedFile[]
  /** What is left out and why, in sentences. */
  readonly notes: readonly string[]
}

export interface PlanNeeds extends RetryNeeds {
  readonly settings: FetchSettings
  readonly fccPace: Pacer
  readonly idleTimeoutMs: number
  readonly onRetry: (failure: TransientFailure, waitMs: number) => void
}

/** GeoNames keeps territories in files of their own. */
const GEONAMES_FILES = new Set(['AS', 'GU', 'MP', 'PR', 'VI'])

/**
 * Finds out what there is to fetch, from the publishers' own listings; fetches no data yet.
 *
 * @throws AppError what a listing cannot answer, `settings_invalid` when nothing is wished for or the FCC refuses the
 *   account.
 */
export async function planFetch(needs: PlanNeeds, wishes: FetchWishes): Promise<FetchPlan> {
  const { settings } = needs
  const { states } = wishes
  const files: PlannedFile[] = []
  const notes: string[] = []
  if (states.length > 0) {
    files.push(...(await listTigerFiles(settings.tigerUrl, states, (url) => readListing(needs, url))))
    files.push(...listZipFiles(settings.geonamesUrl, states))
    if (settings.fccAccount === undefined) {
      notes.push(
        'FCC filings are left out: HUM_FCC_USERNAME and HUM_FCC_HASH_VALUE are not set. An account at ' +
          'broadbandmap.fcc.gov is free; files downloaded there by hand can be laid into the folder bdc.',
      )
    } else {
      const { fccAccount } = settings
      const listed = await listFccFiles(settings.fccUrl, wishes, (url) => readFccPage(needs, url, fccAccount))
      files.push(...listed.files)
      notes.push(...listed.missing.map(({ name }) => `The FCC lists no fixed-broadband file of ${name}.`))
    }
  }
  files.push(...wishes.openAddresses.map(planOpenAddresses))
  if (wishes.nad) files.push(planNad(settings.nadUrl))
  const repeated = [...Map.groupBy(files, ({ folder, name }) => `${folder}/${name}`)].find(
    ([, same]) => same.length > 1,
  )
  if (repeated) throw new AppError('settings_invalid', `Two addresses would both be kept as ${repeated[0]}. Give one.`)
  if (files.length === 0) {
    throw new AppError('settings_invalid', 'Say what to fetch: --state ME, --all, --openaddresses <url> or --nad.')
  }
  return { files, notes }
}

function listZipFiles(geonamesUrl: string, states: readonly State[]): PlannedFile[] {
  const territories = states.map(({ code }) => code).filter((code) => GEONAMES_FILES.has(code))
  const countries = territories.length < states.length ? ['US', ...territories] : territories
  return countries.map((country) => ({
    folder: 'zip',
    name: `${country}.zip`,
    url: `${geonamesUrl}/${country}.zip`,
    subject: `geonames ${country}`,
    group: 'GeoNames ZIP codes',
    isVersioned: false,
  }))
}

/** Files of different runs are all called `source.geojson.gz`: the part of the address before it tells them apart. */
function planOpenAddresses(address: string): PlannedFile {
  const url = URL.parse(address)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new AppError('settings_invalid', '--openaddresses takes an address that starts with https:// or http://.')
  }
  const parts = url.pathname.split('/').filter(Boolean).slice(-2)
  const name = `openaddresses-${parts.join('-')}`.replaceAll(/[^\w.-]/g, '_')
  return {
    folder: 'points',
    name,
    url: address,
    subject: `openaddresses ${name}`,
    group: 'OpenAddresses',
    isVersioned: false,
  }
}

const planNad = (url: string): PlannedFile => ({
  folder: 'points',
  name: 'nad.zip',
  url,
  subject: 'nad',
  group: 'National Address Database',
  isVersioned: false,
})

/** A listing that is not there is an answer: that year has no such layer. */
async function readListing(needs: PlanNeeds, url: string): Promise<string | undefined> {
  try {
    return await withRetries(needs, () => fetchText(url, { idleTimeoutMs: needs.idleTimeoutMs }), needs.onRetry)
  } catch (error) {
    if (error instanceof AppError && error.message === `${describeUrl(url)} answers 404.`) return undefined
    throw error
  }
}

async function readFccPage(needs: PlanNeeds, url: string, account: FccAccount): Promise<string> {
  const credentials = fccCredentials(account)
  return await withRetries(
    needs,
    async () => {
      await needs.fccPace()
      return await fetchText(url, { credentials, idleTimeoutMs: needs.idleTimeoutMs })
    },
    needs.onRetry,
  )
}

/** The headers in which the FCC's API takes an account. */
export const fccCredentials = ({ username, hashValue }: FccAccount): Record<string, string> => ({
  username,
  hash_value: hashValue,
})
