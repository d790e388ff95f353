import type { DataSet } from '../dataset/data-set.ts'
import { describeProvider } from './directory/provider-profile.ts'
import type { ProviderProfile } from './directory/provider-profile.ts'
import type { CustomerKind, InternetAnswer, ProviderAtPlace } from './internet-answer.ts'
import { minPlanPriceCents } from './plans/offered-plan.ts'
import type { OfferedPlan } from './plans/offered-plan.ts'
import { openPlanCatalog } from './plans/plan-catalog.ts'
import { rankProviders } from './rank-providers.ts'
import type { RankedProvider, RankingWeights } from './rank-providers.ts'

/** What a provider offers at a place: its filings, the plans that fit them, how to reach it, and why it stands where. */
export interface ProviderOffer extends Omit<RankedProvider, 'offering'> {
  readonly plans: readonly OfferedPlan[]
  /** `undefined` where no price is known. */
  readonly minPlanPriceCents?: number | undefined
  readonly profile: ProviderProfile
}

export interface OfferOptions {
  /** Default: the neutral order. */
  readonly weights?: RankingWeights | undefined
  /** Default: residential. */
  readonly customer?: CustomerKind | undefined
}

/** The providers of an answer with all that is known of them, best first; none where nobody serves the place. */
export type DescribeOffers = (answer: InternetAnswer, options?: OfferOptions) => ProviderOffer[]

/** What a data set knows of providers besides their filings. */
export interface Offers {
  readonly describeOffers: DescribeOffers
  /**
   * How to reach a provider that filed under a brand: the same at every place.
   *
   * Providers that are in neither directory nor labels have an empty profile, as have ids that nobody has.
   */
  findProviderProfile(providerId: number, brandName: string): ProviderProfile
}

/** Opens what a data set knows of providers besides their filings. */
export function openOffers(dataSet: Pick<DataSet, 'db'>): Offers {
  const catalog = openPlanCatalog(dataSet)
  const findProviderProfile: Offers['findProviderProfile'] = (providerId, brandName) =>
    describeProvider({ providerId, brandName }, catalog.findPlans(providerId))

  function describeOffers(answer: InternetAnswer, { weights, customer }: OfferOptions = {}): ProviderOffer[] {
    if (answer.outcome === 'failed') return []
    const plans = new Map<ProviderAtPlace, readonly OfferedPlan[]>(
      answer.providers.map((provider) => [provider, catalog.findOfferedPlans(provider, customer)]),
    )
    const plansOf = (provider: ProviderAtPlace): readonly OfferedPlan[] => plans.get(provider) ?? []
    const minPriceCents = (provider: ProviderAtPlace): number | undefined => minPlanPriceCents(plansOf(provider))
    return rankProviders(answer.providers, { weights, minPriceCents }).map(
      ({ provider, offering: _offering, ...rank }) => ({
        ...rank,
        provider,
        plans: plansOf(provider),
        minPlanPriceCents: minPriceCents(provider),
        profile: findProviderProfile(provider.providerId, provider.brandName),
      }),
    )
  }

  return { describeOffers, findProviderProfile }
}
