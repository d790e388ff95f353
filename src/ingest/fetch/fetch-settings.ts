import { AppError } from '../../lib/errors.ts'

/** Where public files are fetched from, and with which account. */
export interface FetchSettings {
  /** The folder that holds `TIGER2025/` and its siblings, without a slash at the end. */
  readonly tigerUrl: string
  /** The FCC's public data API. */
  readonly fccUrl: string
  /** The folder that holds `US.zip`. */
  readonly geonamesUrl: string
  /** The National Address Database as one zip of text. */
  readonly nadUrl: string
  /** Absent where the operator has no account with the FCC. */
  readonly fccAccount?: FccAccount | undefined
}

/** An account of broadbandmap.fcc.gov and the token that it gives for its data API. */
export interface FccAccount {
  readonly username: string
  readonly hashValue: string
}

/**
 * Reads the settings of fetching from the environment; every address has the publisher's own as default.
 *
 * @throws AppError `settings_invalid` when an address is none, or the account has only one of its two halves.
 */
export function readFetchSettings(environment: Readonly<Record<string, string | undefined>>): FetchSettings {
  const url = (name: string, published: string) => readUrl(name, environment[name] || published)
  const username = environment['HUM_FCC_USERNAME'] ?? ''
  const hashValue = environment['HUM_FCC_HASH_VALUE'] ?? ''
  if ((username === '') !== (hashValue === '')) {
    throw new AppError('settings_invalid', 'Set both HUM_FCC_USERNAME and HUM_FCC_HASH_VALUE, or neither.')
  }
  return {
    tigerUrl: url('HUM_TIGER_URL', 'https://www2.census.gov/geo/tiger'),
    fccUrl: url('HUM_FCC_URL', 'https://broadbandmap.fcc.gov/api/public/map'),
    geonamesUrl: url('HUM_GEONAMES_URL', 'https://download.geonames.org/export/zip'),
    nadUrl: url('HUM_NAD_URL', 'https://data.transportation.gov/download/fc2s-wawr/application/x-zip-compressed'),
    fccAccount: username === '' ? undefined : { username, hashValue },
  }
}

function readUrl(name: string, text: string): string {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new AppError('settings_invalid', `${name} has to be an address that starts with https:// or http://.`)
  }
  return text.replace(/\/+$/, '')
}
