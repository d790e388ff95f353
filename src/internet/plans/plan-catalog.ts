import type { DataSet } from '../../dataset/data-set.ts'
import { openPlans } from '../../dataset/plans/plan-index.ts'
import type { Plan } from '../../dataset/plans/plan.ts'
import type { CustomerKind, Offering } from '../internet-answer.ts'
import { fitPlans } from './fit-plans.ts'
import { arrangePlans } from './offered-plan.ts'
import type { OfferedPlan } from './offered-plan.ts'
import { computePlanCost } from './plan-cost.ts'
import type { PlanCost } from './plan-cost.ts'

/** A provider with what it filed for a place, best first. */
export interface FiledProvider {
  readonly providerId: number
  readonly offerings: readonly Pick<Offering, 'technologyCode' | 'maxDownloadMbps'>[]
}

export interface PlanCatalog {
  /** All plans of a provider's labels, wherever they are sold. */
  findPlans(providerId: number): readonly Plan[]
  /**
   * The plans of a provider that may be sold at a place, in the neutral order; the same array for the same filing.
   * Empty where no label of the provider is loaded or none fits: then the price is not known.
   */
  findOfferedPlans(provider: FiledProvider, customer?: CustomerKind): readonly OfferedPlan[]
}

/** Filings repeat from place to place, so that few arrangements answer most questions. */
const MOST_ARRANGEMENTS = 10_000

/** Opens the plans of a data set. What a provider sells under the same filing is arranged once. */
export function openPlanCatalog(dataSet: Pick<DataSet, 'db'>): PlanCatalog {
  const index = openPlans(dataSet)
  const costs = new Map<string, PlanCost>()
  const arranged = new Map<string, readonly OfferedPlan[]>()

  function costOf(plan: Plan): PlanCost {
    const cost = costs.get(plan.upi) ?? computePlanCost(plan)
    costs.set(plan.upi, cost)
    return cost
  }

  return {
    findPlans: (providerId) => index.findPlans(providerId),
    findOfferedPlans: ({ providerId, offerings }, customer = 'residential') => {
      const filed = offerings.map(({ technologyCode, maxDownloadMbps }) => `${technologyCode}:${maxDownloadMbps}`)
      const key = `${providerId} ${customer} ${filed.join(' ')}`
      const known = arranged.get(key)
      if (known) return known
      const fitting = fitPlans(index.findPlans(providerId), offerings, customer)
      const offered = arrangePlans(fitting.map((plan) => ({ ...plan, cost: costOf(plan.plan) })))
      if (arranged.size >= MOST_ARRANGEMENTS) arranged.clear()
      arranged.set(key, offered)
      return offered
    },
  }
}
