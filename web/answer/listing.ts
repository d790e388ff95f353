import type { Offering, Plan, Provider } from './answer.ts'

/** What the providers can be put in order by; `recommended` is the neutral order of the API. */
export const SORT_KEYS = ['recommended', 'price', 'two_years', 'download', 'upload', 'name'] as const
export type SortKey = (typeof SORT_KEYS)[number]

/** How a person wants to see the answer. */
export interface Listing {
  readonly sort: SortKey
  readonly isWiredOnly: boolean
  readonly isSymmetricOnly: boolean
  readonly isNoContractOnly: boolean
  readonly maxMonthlyCents?: number | undefined
  readonly minDownloadMbps?: number | undefined
}

export const EVERYTHING: Listing = {
  sort: 'recommended',
  isWiredOnly: false,
  isSymmetricOnly: false,
  isNoContractOnly: false,
}

/** How many filters of a listing leave something out. */
export function countFilters(listing: Listing): number {
  return [
    listing.isWiredOnly,
    listing.isSymmetricOnly,
    listing.isNoContractOnly,
    listing.maxMonthlyCents !== undefined,
    listing.minDownloadMbps !== undefined,
  ].filter(Boolean).length
}

/**
 * Applies filters and order. A provider stays with the offerings and plans that pass.
 *
 * What is not known does not pass a filter that asks for it: a plan without a stated price is not "under $60", and a
 * provider without any plan has neither price nor contract. Ties keep the neutral order.
 */
export function arrangeProviders(providers: readonly Provider[], listing: Listing): Provider[] {
  const asksForPlan = listing.isNoContractOnly || listing.maxMonthlyCents !== undefined
  const kept = providers.flatMap((provider) => {
    const offerings = provider.offerings.filter((offering) => offeringPasses(offering, listing))
    const plans = provider.plans.filter((plan) => planPasses(plan, listing))
    if (offerings.length === 0 || (asksForPlan && plans.length === 0)) return []
    return [{ ...provider, offerings, plans }]
  })
  const value = SORT_VALUES[listing.sort]
  if (value === undefined) return kept
  return kept
    .map((provider) => ({ provider, by: value(provider) }))
    .toSorted((a, b) => compareValues(a.by, b.by))
    .map(({ provider }) => provider)
}

/** Lower comes first; `undefined`, which is not known, comes last. */
const SORT_VALUES: Record<SortKey, ((provider: Provider) => number | string | undefined) | undefined> = {
  recommended: undefined,
  price: ({ plans, lowestPriceCents }) => least(plans.map((plan) => plan.firstMonthlyCents)) ?? lowestPriceCents,
  two_years: ({ plans }) => least(plans.map((plan) => plan.twoYearCents)),
  download: ({ offerings }) => -Math.max(...offerings.map((offering) => offering.maxDownloadMbps)),
  upload: ({ offerings }) => -Math.max(...offerings.map((offering) => offering.maxUploadMbps)),
  name: ({ name }) => name,
}

function offeringPasses(offering: Offering, listing: Listing): boolean {
  if (listing.isWiredOnly && !offering.isWired) return false
  if (listing.isSymmetricOnly && !isSymmetric(offering)) return false
  return listing.minDownloadMbps === undefined || offering.maxDownloadMbps >= listing.minDownloadMbps
}

/** As fast up as down, and known to be: 0 stands for "below 10 Mbps". */
function isSymmetric({ maxDownloadMbps, maxUploadMbps }: Offering): boolean {
  return maxDownloadMbps > 0 && maxUploadMbps >= maxDownloadMbps
}

function planPasses(plan: Plan, { isNoContractOnly, maxMonthlyCents }: Listing): boolean {
  if (isNoContractOnly && plan.isContractRequired !== false) return false
  return (
    maxMonthlyCents === undefined || (plan.firstMonthlyCents !== undefined && plan.firstMonthlyCents <= maxMonthlyCents)
  )
}

function least(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

function compareValues(a: number | string | undefined, b: number | string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  if (typeof a === 'string' || typeof b === 'string') return String(a).localeCompare(String(b))
  return a - b
}
