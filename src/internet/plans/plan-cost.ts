import type { Plan, PlanFee, StatedAmount } from '../../dataset/plans/plan.ts'

/** What a label leaves out, so that a cost can only be stated as "at least". */
export interface UnknownCost {
  readonly part:
    | 'introductory_price'
    | 'introductory_period'
    | 'price_after_introductory_period'
    | 'monthly_fees'
    | 'one_time_fees'
    | 'government_taxes'
  /** The fee whose amount is not stated exactly; absent where the label says nothing of such fees at all. */
  readonly fee?: string | undefined
}

/** An amount to pay. With `isLowerBound` it is the sum of the stated parts and the true one is not below. */
export interface CostFigure {
  readonly amountCents: number
  /** Absent where no AutoPay discount is stated. */
  readonly withAutopayCents?: number | undefined
  readonly isLowerBound: boolean
}

/** What a plan costs over time, from the parts that its label states. */
export interface PlanCost {
  /** What falls due in each of the first 24 months; the first has the one-time fees. */
  readonly months: readonly CostFigure[]
  readonly firstMonth: CostFigure
  readonly first12Months: CostFigure
  readonly first24Months: CostFigure
  /** Fees of every month, equipment among them; and equipment alone. */
  readonly monthlyFeesCents: number
  readonly monthlyEquipmentCents: number
  readonly oneTimeFeesCents: number
  readonly oneTimeEquipmentCents: number
  /** Empty where every figure is exact. */
  readonly unknown: readonly UnknownCost[]
}

const MONTHS = 24

/**
 * Computes what a plan costs from nothing but what its label states, in whole cents.
 *
 * Counted are the price of each month, the fees that every customer pays, and taxes where the label gives them. Fees
 * for what one can do without (an optional lease, late payment) are not. What the label leaves blank counts nothing,
 * is named in `unknown` and turns the figures that it touches into lower bounds; so does an amount stated as a range
 * ("up to $10"), which counts with its lower end. Where the introductory price is stated without its length, every
 * month after the first counts with the lower of the two prices.
 */
export function computePlanCost(plan: Plan): PlanCost {
  const monthly = sumFees(plan.monthlyFees, 'monthly_fees')
  const once = sumFees(plan.oneTimeFees, 'one_time_fees')
  const taxes = taxesOf(plan)
  const isFeeUnknown = monthly.unknown.length > 0 || taxes.isUnknown
  const unknownPrices = new Set<UnknownCost['part']>()
  const months = Array.from({ length: MONTHS }, (_, at): CostFigure => {
    const price = priceOfMonth(plan, at + 1)
    for (const part of price.unknown) unknownPrices.add(part)
    const besides = monthly.cents + taxes.cents + (at === 0 ? once.cents : 0)
    const discount = plan.autopayDiscountCents
    return {
      amountCents: price.cents + besides,
      ...(discount === undefined ? {} : { withAutopayCents: Math.max(0, price.cents - discount) + besides }),
      isLowerBound: price.unknown.length > 0 || isFeeUnknown || (at === 0 && once.unknown.length > 0),
    }
  })
  return {
    months,
    firstMonth: sumFigures(months.slice(0, 1)),
    first12Months: sumFigures(months.slice(0, 12)),
    first24Months: sumFigures(months),
    monthlyFeesCents: monthly.cents,
    monthlyEquipmentCents: sumFees(plan.monthlyFees?.filter(isEquipment), 'monthly_fees').cents,
    oneTimeFeesCents: once.cents,
    oneTimeEquipmentCents: sumFees(plan.oneTimeFees?.filter(isEquipment), 'one_time_fees').cents,
    unknown: [
      ...[...unknownPrices].map((part) => ({ part })),
      ...monthly.unknown,
      ...once.unknown,
      ...(taxes.isUnknown ? [{ part: 'government_taxes' as const }] : []),
    ],
  }
}

/** The price of a month counted from 1, or the least that it can be with what is unknown about it. */
function priceOfMonth(plan: Plan, month: number): { cents: number; unknown: readonly UnknownCost['part'][] } {
  const { regularPriceCents: regular, introductory } = plan
  if (!introductory) return { cents: regular ?? 0, unknown: [] }
  const { priceCents: intro, months } = introductory
  const isAtFirst = month <= (months ?? 1)
  const isAfter = months === undefined ? month > 1 : month > months
  const unknown: UnknownCost['part'][] = []
  if (isAtFirst && intro === undefined) unknown.push('introductory_price')
  if (isAfter && months === undefined) unknown.push('introductory_period')
  if (isAfter && regular === undefined) unknown.push('price_after_introductory_period')
  if (isAtFirst) return { cents: intro ?? 0, unknown }
  return { cents: months === undefined ? Math.min(intro ?? 0, regular ?? 0) : (regular ?? 0), unknown }
}

function sumFees(
  fees: readonly PlanFee[] | undefined,
  part: 'monthly_fees' | 'one_time_fees',
): { cents: number; unknown: UnknownCost[] } {
  if (!fees) return { cents: 0, unknown: [{ part }] }
  const paid = fees.filter(({ applies }) => applies === 'always')
  return {
    cents: paid.reduce((sum, { amount }) => sum + (amount?.atLeastCents ?? 0), 0),
    unknown: paid.filter(({ amount }) => !isExact(amount)).map(({ name }) => ({ part, fee: name })),
  }
}

function taxesOf({ taxes }: Plan): { cents: number; isUnknown: boolean } {
  if (taxes?.kind === 'amount') return { cents: taxes.amount.atLeastCents, isUnknown: !isExact(taxes.amount) }
  return { cents: 0, isUnknown: taxes?.kind !== 'included' && taxes?.kind !== 'none' }
}

function sumFigures(figures: readonly CostFigure[]): CostFigure {
  const withAutopay = figures.flatMap(({ withAutopayCents }) => withAutopayCents ?? [])
  return {
    amountCents: sum(figures.map(({ amountCents }) => amountCents)),
    ...(withAutopay.length === figures.length ? { withAutopayCents: sum(withAutopay) } : {}),
    isLowerBound: figures.some(({ isLowerBound }) => isLowerBound),
  }
}

const isEquipment = ({ kind }: PlanFee): boolean => kind === 'equipment'

const isExact = (amount: StatedAmount | undefined): boolean => amount?.atLeastCents === amount?.atMostCents && !!amount

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
