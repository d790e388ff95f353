import type { DataSet } from '../../dataset/data-set.ts'
import { openPlans } from '../../dataset/plan-index.ts'
import type { Plan } from '../../dataset/plan.ts'
import type { CustomerKind, ProviderAtPlace } from '../internet-answer.ts'
import { nameUuid } from '../name-uuid.ts'
import { layOutLabel } from './consumer-label.ts'
import type { ConsumerLabel } from './consumer-label.ts'
import { fitPlans } from './fit-plans.ts'
import type { FittingPlan } from './fit-plans.ts'
import { computePlanCost } from './plan-cost.ts'
import type { PlanCost, UnknownCost } from './plan-cost.ts'
import { planPricing, startingPriceCents } from './plan-pricing.ts'
import type { PlanPricing } from './plan-pricing.ts'

/** A plan as it is shown at an address. */
export interface OfferedPlan extends FittingPlan {
  /** The same for the same plan identifier, on every machine. */
  readonly id: string
  /** FCC provider id, `INT`, the technology in three letters and the provider's own code of the plan. */
  readonly sku: string
  /** From 1. */
  readonly position: number
  readonly pricing: PlanPricing
  readonly cost: PlanCost
  readonly label: ConsumerLabel
}

export interface PlanCatalog {
  /**
   * The plans of a provider that may be sold at a place, the cheapest over the first year first, of equals the faster;
   * plans whose price is known for a part of the year alone come last, since what is not known is no bargain. Empty where no label of the provider is loaded or none fits: then the price is not known.
   */
  findOfferedPlans(provider: Pick<ProviderAtPlace, 'providerId' | 'offerings'>, customer?: CustomerKind): OfferedPlan[]
}

type Computed = Pick<OfferedPlan, 'id' | 'pricing' | 'cost' | 'label'>

/** Opens the plans of a data set. What does not depend on the place is computed once per plan. */
export function openPlanCatalog(dataSet: Pick<DataSet, 'db'>): PlanCatalog {
  const index = openPlans(dataSet)
  const known = new Map<string, Computed>()
  const compute = (plan: Plan): Computed => {
    const kept = known.get(plan.upi)
    if (kept) return kept
    const computed = {
      id: nameUuid(`fcc-plan:${plan.upi}`),
      pricing: planPricing(plan),
      cost: computePlanCost(plan),
      label: layOutLabel(plan),
    }
    known.set(plan.upi, computed)
    return computed
  }
  return {
    findOfferedPlans: ({ providerId, offerings }, customer) =>
      fitPlans(index.findPlans(providerId), offerings, customer)
        .map((fitting) => ({ ...fitting, ...compute(fitting.plan) }))
        .sort(
          (a, b) =>
            lacksPrice(a) - lacksPrice(b) ||
            yearCents(a) - yearCents(b) ||
            downloadOf(b) - downloadOf(a) ||
            (a.id < b.id ? -1 : 1),
        )
        .map((offered, at) => ({ ...offered, sku: skuOf(offered), position: at + 1 })),
  }
}

/** The lowest price of a first month among plans, before fees and discounts; `undefined` where no price is known. */
export function minPlanPriceCents(plans: readonly FittingPlan[]): number | undefined {
  const prices = plans.map(({ plan }) => startingPriceCents(plan))
  return prices.length === 0 ? undefined : Math.min(...prices)
}

const PRICE_PARTS: readonly UnknownCost['part'][] = [
  'introductory_price',
  'introductory_period',
  'price_after_introductory_period',
]

const lacksPrice = ({ cost }: Computed): number => (cost.unknown.some(({ part }) => PRICE_PARTS.includes(part)) ? 1 : 0)
const yearCents = ({ cost }: Computed): number => cost.first12Months.amountCents
const downloadOf = ({ plan }: FittingPlan): number => plan.downloadMbps?.high ?? 0

const SKU_LETTERS: Readonly<Record<number, string>> = {
  0: 'OTH',
  10: 'DSL',
  40: 'CBL',
  50: 'FBR',
  60: 'SAT',
  61: 'SAT',
  70: 'FWL',
  71: 'FWL',
  72: 'FWL',
}

function skuOf({ plan, technologyCode }: FittingPlan): string {
  const letters = (technologyCode === undefined ? undefined : SKU_LETTERS[technologyCode]) ?? 'ANY'
  return `${plan.providerId}-INT-${letters}-${plan.upi.slice(11)}`
}
