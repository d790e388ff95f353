import { nameUuid } from '../name-uuid.ts'
import { layOutLabel } from './consumer-label.ts'
import type { ConsumerLabel } from './consumer-label.ts'
import type { FittingPlan } from './fit-plans.ts'
import type { PlanCost, UnknownCost } from './plan-cost.ts'
import { planPricing, startingPriceCents } from './plan-pricing.ts'
import type { PlanPricing } from './plan-pricing.ts'

/** A plan that fits a place, with its cost. */
export interface PricedPlan extends FittingPlan {
  readonly cost: PlanCost
}

/** A plan as it is shown at an address. */
export interface OfferedPlan extends PricedPlan {
  /** The same for the same plan identifier, on every machine. */
  readonly id: string
  /** FCC provider id, `INT`, the technology in three letters and the provider's own code of the plan. */
  readonly sku: string
  /** From 1. */
  readonly position: number
  readonly pricing: PlanPricing
  readonly label: ConsumerLabel
  /** Where several labels of the provider are for the same plan: none says where its price holds. */
  readonly variants?: PlanVariants | undefined
}

/** The labels of one plan: same name, technology and speeds. The plan shown is the cheapest of them. */
export interface PlanVariants {
  readonly labels: number
  /** Prices of the first month. */
  readonly lowestCents: number
  readonly highestCents: number
}

const PRICE_PARTS: readonly UnknownCost['part'][] = [
  'introductory_price',
  'introductory_period',
  'price_after_introductory_period',
]
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

/**
 * Puts plans in their neutral order and takes labels of the same plan together.
 *
 * The cheapest over the first year comes first, of equals the faster; plans whose price is known for a part of the year
 * alone come last, since what is not known is no bargain.
 */
export function arrangePlans(plans: readonly PricedPlan[]): OfferedPlan[] {
  const ordered = plans.toSorted(
    (a, b) =>
      lacksPrice(a) - lacksPrice(b) ||
      a.cost.first12Months.amountCents - b.cost.first12Months.amountCents ||
      (b.plan.downloadMbps?.high ?? 0) - (a.plan.downloadMbps?.high ?? 0) ||
      (a.plan.upi < b.plan.upi ? -1 : 1),
  )
  const groups = [...Map.groupBy(ordered, sameness).values()]
  return groups.flatMap(([shown, ...others], at) => (shown ? [toOffered(shown, others, at + 1)] : []))
}

function toOffered(shown: PricedPlan, others: readonly PricedPlan[], position: number): OfferedPlan {
  return {
    ...shown,
    id: nameUuid(`fcc-plan:${shown.plan.upi}`),
    sku: skuOf(shown),
    position,
    pricing: planPricing(shown.plan),
    label: layOutLabel(shown.plan),
    variants: variantsOf([shown, ...others]),
  }
}

/** The lowest price of a first month among plans, before fees and discounts; `undefined` where no price is known. */
export function minPlanPriceCents(plans: readonly FittingPlan[]): number | undefined {
  const prices = plans.map(({ plan }) => startingPriceCents(plan))
  return prices.length === 0 ? undefined : Math.min(...prices)
}

function lacksPrice({ cost }: PricedPlan): number {
  return cost.unknown.some(({ part }) => PRICE_PARTS.includes(part)) ? 1 : 0
}

function sameness({ plan, technologyCode }: PricedPlan): string {
  const { planName, tierName, downloadMbps, uploadMbps } = plan
  return JSON.stringify([planName.toLowerCase(), tierName?.toLowerCase(), technologyCode, downloadMbps, uploadMbps])
}

function variantsOf(plans: readonly PricedPlan[]): PlanVariants | undefined {
  if (plans.length < 2) return undefined
  const prices = plans.map(({ plan }) => startingPriceCents(plan))
  return { labels: plans.length, lowestCents: Math.min(...prices), highestCents: Math.max(...prices) }
}

function skuOf({ plan, technologyCode }: PricedPlan): string {
  const letters = (technologyCode === undefined ? undefined : SKU_LETTERS[technologyCode]) ?? 'ANY'
  return `${plan.providerId}-INT-${letters}-${plan.upi.slice(11)}`
}
