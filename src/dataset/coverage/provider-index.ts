import type { DataSet } from '../data-set.ts'

/** Who is behind an FCC provider id. */
export interface ProviderRecord {
  readonly providerId: number
  /** The holding company or affiliation of the FCC's table; the brand filed most where no table was loaded. */
  readonly name: string
  /** The brand that it files under, where that is one and the same. */
  readonly onlyBrandName: string | null
}

export interface ProviderIndex {
  findProvider(providerId: number): ProviderRecord | undefined
  /** The provider that files under an FCC registration number of ten digits. */
  findProviderByFrn(frn: string): ProviderRecord | undefined
}

const RECORD = `provider_id AS providerId, name, (SELECT CASE count(DISTINCT brand.name) WHEN 1 THEN max(brand.name) END
  FROM brand WHERE brand.provider_id = provider.provider_id) AS onlyBrandName`

/** Opens the providers of a data set. */
export function openProviders({ db }: Pick<DataSet, 'db'>): ProviderIndex {
  const byId = db.prepare<[number], ProviderRecord>(
    `SELECT ${RECORD} FROM provider WHERE provider_id = ?`,
  )
  const byFrn = db.prepare<[string], ProviderRecord>(
    `SELECT ${RECORD} FROM provider_frn JOIN provider USING (provider_id) WHERE frn = ?`,
  )
  return {
    findProvider: (providerId) => byId.get(providerId),
    findProviderByFrn: (frn) => byFrn.get(frn),
  }
}
