import type { FeeKind, Plan, StatedAmount } from '../../dataset/plans/plan.ts'

/** The prices of a plan one by one, as the Hum API names them. What the label does not state exactly is absent. */
export interface PlanPricing {
  /** The regular price of a month; the introductory one where the label states no other. */
  readonly monthlyPriceCents: number
  readonly isMonthlyPriceIntroductory: boolean
  /** What a month costs less at first, and for how many months; 0 months where there is none or no length is stated. */
  readonly initialTermDiscountCents?: number | undefined
  readonly initialTermDiscountMonths: number
  readonly autopayDiscountCents?: number | undefined
  readonly activationFeeCents?: number | undefined
  readonly professionalInstallationFeeCents?: number | undefined
  readonly selfInstallationFeeCents?: number | undefined
  readonly extraDataFeeCents?: number | undefined
  readonly earlyTerminationFeeCents?: number | undefined
}

/** The prices of a plan one by one. */
export function planPricing(plan: Plan): PlanPricing {
  const intro = plan.introductory?.priceCents
  const regular = plan.regularPriceCents
  return {
    monthlyPriceCents: regular ?? intro ?? 0,
    isMonthlyPriceIntroductory: regular === undefined,
    initialTermDiscountCents: regular !== undefined && intro !== undefined ? regular - intro : undefined,
    initialTermDiscountMonths: plan.introductory?.months ?? 0,
    autopayDiscountCents: plan.autopayDiscountCents,
    activationFeeCents: oneTimeFee(plan, 'activation'),
    professionalInstallationFeeCents: oneTimeFee(plan, 'professional_installation'),
    selfInstallationFeeCents: oneTimeFee(plan, 'self_installation'),
    extraDataFeeCents: exact(plan.extraData?.fee),
    earlyTerminationFeeCents: exact(plan.earlyTermination?.amount),
  }
}

/** What the first month costs before fees and discounts: what a price "from" means. */
export function startingPriceCents(plan: Plan): number {
  return plan.introductory?.priceCents ?? plan.regularPriceCents ?? 0
}

/** The sum of the fees of a kind; 0 where the label says that there are no one-time fees at all. */
function oneTimeFee(plan: Plan, kind: FeeKind): number | undefined {
  if (plan.oneTimeFees?.length === 0) return 0
  const fees = (plan.oneTimeFees ?? []).filter((fee) => fee.kind === kind)
  const amounts = fees.flatMap(({ amount }) => exact(amount) ?? [])
  if (fees.length === 0 || amounts.length < fees.length) return undefined
  return amounts.reduce((sum, amount) => sum + amount, 0)
}

function exact(amount: StatedAmount | undefined): number | undefined {
  return amount && amount.atLeastCents === amount.atMostCents ? amount.atLeastCents : undefined
}
