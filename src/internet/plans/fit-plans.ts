import type { Plan } from '../../dataset/plans/plan.ts'
import type { CustomerKind, Offering } from '../internet-answer.ts'
import { technologyName } from '../technology.ts'

/**
 * Why a plan is shown at an address. Labels do not say where a plan is sold, so that it always is an inference: the
 * provider filed a technology here that the label means or leaves open.
 */
export interface PlanBasis {
  readonly kind: 'provider_filed_technology'
  /** Where the plan's technology comes from: the label's column, words in its name, or nowhere. */
  readonly technologyFrom: 'label' | 'plan_name' | 'open'
  readonly summary: string
}

/** A plan that may be sold at an address. */
export interface FittingPlan {
  readonly plan: Plan
  /** Absent where the label leaves it open and several technologies filed here would fit. */
  readonly technologyCode?: number | undefined
  readonly basis: PlanBasis
}

/** Typical speeds are measured and often pass what is advertised; by more than this, it is another service. */
const OVERPROVISIONED = 1.25
/** A filing of 0 means below 10 Mbps. */
const LEAST_FILED_MBPS = 10

/**
 * The plans of a provider that fit what it filed for an area: by technology where the label tells one, and by speed,
 * since a plan of 2 Gbps is not sold where at most 100 Mbps are filed. Plans for businesses fit businesses alone.
 */
export function fitPlans(
  plans: readonly Plan[],
  offerings: readonly Pick<Offering, 'technologyCode' | 'maxDownloadMbps'>[],
  customer: CustomerKind = 'residential',
): FittingPlan[] {
  return plans.flatMap((plan) => {
    if (plan.customer !== undefined && plan.customer !== customer) return []
    const fitting = offerings.filter((offering) => fits(plan, offering))
    const [first, ...others] = fitting
    if (!first) return []
    const isSettled = plan.technologyCodes !== undefined || others.length === 0
    return [
      {
        plan,
        ...(isSettled ? { technologyCode: first.technologyCode } : {}),
        basis: basisOf(
          plan,
          fitting.map(({ technologyCode }) => technologyCode),
        ),
      },
    ]
  })
}

function fits(
  plan: Plan,
  { technologyCode, maxDownloadMbps }: Pick<Offering, 'technologyCode' | 'maxDownloadMbps'>,
): boolean {
  if (plan.technologyCodes && !plan.technologyCodes.includes(technologyCode)) return false
  return (plan.downloadMbps?.low ?? 0) <= Math.max(maxDownloadMbps, LEAST_FILED_MBPS) * OVERPROVISIONED
}

function basisOf(plan: Plan, technologyCodes: readonly number[]): PlanBasis {
  const technologies = [...new Set(technologyCodes.map(technologyName))].join(' or ')
  const technologyFrom = plan.technologyFrom ?? 'open'
  const how = {
    label: `the label says ${technologies}`,
    plan_name: `the plan's name says ${technologies}`,
    open: 'the label does not say which technology the plan is for',
  }[technologyFrom]
  return {
    kind: 'provider_filed_technology',
    technologyFrom,
    summary: `Labels do not say where a plan is sold. The provider filed ${technologies} here, and ${how}.`,
  }
}
