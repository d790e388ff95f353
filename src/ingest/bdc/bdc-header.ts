/** The columns of an availability file that are read, by the FCC's current names. */
const BDC_COLUMNS = [
  'frn',
  'provider_id',
  'brand_name',
  'location_id',
  'technology',
  'max_advertised_download_speed',
  'max_advertised_upload_speed',
  'low_latency',
  'business_residential_code',
  'block_geoid',
  'h3_res8_id',
] as const

type BdcColumn = (typeof BDC_COLUMNS)[number]

/** Names of the first release (November 2022). */
const FORMER_NAMES: Partial<Record<string, BdcColumn>> = {
  block_fips: 'block_geoid',
  h3index_hex8: 'h3_res8_id',
  technology_code: 'technology',
}

export type BdcHeader =
  /** `columns` in the file's order, under their current names; columns that are not read keep their own. */
  | { readonly outcome: 'availability'; readonly columns: readonly string[] }
  | { readonly outcome: 'refused'; readonly reason: string }

/**
 * Tells from the names of its columns whether a file holds availability by location, and where its columns are.
 *
 * The first release's names and any order of columns are understood. Refused, with the reason, are the other files of
 * the FCC's listing: "Served-Unserved" files and summaries, which name no provider, technology or location.
 */
export function parseBdcHeader(names: readonly string[]): BdcHeader {
  const columns = names.map((name) => FORMER_NAMES[name] ?? name)
  const missing = BDC_COLUMNS.filter((name) => !columns.includes(name))
  if (missing.length === 0 && new Set(columns).size === columns.length) return { outcome: 'availability', columns }
  if (missing.length === 0) return { outcome: 'refused', reason: 'a column comes twice' }
  if (missing.includes('location_id') && missing.includes('block_geoid')) {
    return { outcome: 'refused', reason: 'not an availability file: it has neither locations nor blocks' }
  }
  if (missing.includes('provider_id') || missing.includes('technology')) {
    return { outcome: 'refused', reason: 'names no provider or technology, as a "Served-Unserved" file' }
  }
  return { outcome: 'refused', reason: `lacks the columns ${missing.join(', ')}` }
}
