import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plan, PlanFee } from '../../dataset/plans/plan.ts'
import { computePlanCost } from './plan-cost.ts'

const plan = (stated: Partial<Plan>): Plan => ({
  upi: 'F0099000001TEST',
  frn: '0099000001',
  providerId: 900_001,
  planName: 'Test',
  source: { sourceId: 1, file: 'test.csv', row: 2 },
  readingNotes: [],
  ...stated,
})

const exact = (cents: number) => ({ atLeastCents: cents, atMostCents: cents })
const fee = (cents: number | undefined, more: Partial<PlanFee> = {}): PlanFee => ({
  name: 'Fee',
  kind: 'other',
  applies: 'always',
  ...(cents === undefined ? {} : { amount: exact(cents) }),
  ...more,
})

const allStated = { monthlyFees: [], oneTimeFees: [], taxes: { kind: 'included' } } as const satisfies Partial<Plan>

describe('computePlanCost', () => {
  it('adds the first months at the introductory price, the others at the regular one', () => {
    const cost = computePlanCost(
      plan({
        ...allStated,
        regularPriceCents: 7999,
        introductory: { priceCents: 4999, months: 12 },
        monthlyFees: [fee(1000, { kind: 'equipment' })],
        oneTimeFees: [fee(3500)],
        autopayDiscountCents: 500,
      }),
    )
    expect(cost.firstMonth).toEqual({ amountCents: 9499, withAutopayCents: 8999, isLowerBound: false })
    expect(cost.months[11]?.amountCents).toBe(5999)
    expect(cost.months[12]?.amountCents).toBe(8999)
    expect(cost.first12Months).toEqual({ amountCents: 75_488, withAutopayCents: 69_488, isLowerBound: false })
    expect(cost.first24Months).toEqual({ amountCents: 183_476, withAutopayCents: 171_476, isLowerBound: false })
    expect(cost).toMatchObject({
      monthlyEquipmentCents: 1000,
      monthlyFeesCents: 1000,
      oneTimeFeesCents: 3500,
      unknown: [],
    })
  })

  it('counts nothing for what the label leaves blank, and names it', () => {
    const cost = computePlanCost(plan({ regularPriceCents: 5000 }))
    expect(cost.first12Months).toEqual({ amountCents: 60_000, isLowerBound: true })
    expect(cost.unknown).toEqual([{ part: 'monthly_fees' }, { part: 'one_time_fees' }, { part: 'government_taxes' }])
  })

  it('knows the first year where only the price after it is missing', () => {
    const cost = computePlanCost(plan({ ...allStated, introductory: { priceCents: 4000, months: 12 } }))
    expect(cost.first12Months).toEqual({ amountCents: 48_000, isLowerBound: false })
    expect(cost.first24Months).toEqual({ amountCents: 48_000, isLowerBound: true })
    expect(cost.unknown).toEqual([{ part: 'price_after_introductory_period' }])
  })

  it('counts the lower price in each month after the first where the length is missing', () => {
    const cost = computePlanCost(plan({ ...allStated, regularPriceCents: 6000, introductory: { priceCents: 4000 } }))
    expect(cost.firstMonth).toEqual({ amountCents: 4000, isLowerBound: false })
    expect(cost.first12Months).toEqual({ amountCents: 48_000, isLowerBound: true })
    expect(cost.unknown).toEqual([{ part: 'introductory_period' }])
  })

  it('leaves out fees that need not be paid', () => {
    const monthlyFees = [fee(1500, { applies: 'optional' }), fee(undefined, { applies: 'conditional' })]
    const cost = computePlanCost(plan({ ...allStated, regularPriceCents: 5000, monthlyFees }))
    expect(cost.firstMonth).toEqual({ amountCents: 5000, isLowerBound: false })
  })

  it('takes the lower end of a range, and says so', () => {
    const monthlyFees = [fee(undefined, { name: 'Regional fee', amount: { atLeastCents: 200, atMostCents: 350 } })]
    const cost = computePlanCost(plan({ ...allStated, regularPriceCents: 5000, monthlyFees }))
    expect(cost.firstMonth).toEqual({ amountCents: 5200, isLowerBound: true })
    expect(cost.unknown).toEqual([{ part: 'monthly_fees', fee: 'Regional fee' }])
  })
})

const cents = fc.integer({ min: 0, max: 500_000 })
const someFee = fc.record({
  name: fc.string(),
  kind: fc.constantFrom('equipment', 'activation', 'other'),
  applies: fc.constantFrom('always', 'optional', 'conditional'),
  amount: fc.option(
    fc.tuple(cents, fc.nat(1000)).map(([low, more]) => ({ atLeastCents: low, atMostCents: low + more })),
    { nil: undefined },
  ),
})
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const somePlan = fc
  .record({
    regularPriceCents: maybe(cents),
    introductory: maybe(fc.record({ priceCents: maybe(cents), months: maybe(fc.integer({ min: 1, max: 30 })) })),
    monthlyFees: maybe(fc.array(someFee, { maxLength: 4 })),
    oneTimeFees: maybe(fc.array(someFee, { maxLength: 4 })),
    autopayDiscountCents: maybe(cents),
    taxes: maybe(
      fc.oneof(
        fc.constant({ kind: 'included' as const }),
        fc.constant({ kind: 'varies' as const }),
        cents.map((amount) => ({ kind: 'amount' as const, amount: exact(amount) })),
      ),
    ),
  })
  .map((stated) => plan(stated as Partial<Plan>))

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)
const paid = (fees: readonly PlanFee[] | undefined) =>
  sum((fees ?? []).filter(({ applies }) => applies === 'always').map(({ amount }) => amount?.atLeastCents ?? 0))

describe('every cost', () => {
  it('is a whole number of cents, its totals the sum of its months, and those of their parts', () => {
    fc.assert(
      fc.property(somePlan, (stated) => {
        const cost = computePlanCost(stated)
        const amounts = cost.months.map(({ amountCents }) => amountCents)
        expect(amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0)).toBe(true)
        expect(cost.first12Months.amountCents).toBe(sum(amounts.slice(0, 12)))
        expect(cost.first24Months.amountCents).toBe(sum(amounts))
        const fees = paid(stated.monthlyFees) + (stated.taxes?.kind === 'amount' ? stated.taxes.amount.atLeastCents : 0)
        const prices = [0, stated.regularPriceCents, stated.introductory?.priceCents]
        for (const [at, amount] of amounts.entries()) {
          expect(prices).toContain(amount - fees - (at === 0 ? paid(stated.oneTimeFees) : 0))
        }
      }),
    )
  })

  it('is a lower bound exactly where something that counts in it is unknown', () => {
    fc.assert(
      fc.property(somePlan, (stated) => {
        const cost = computePlanCost(stated)
        expect(cost.first24Months.isLowerBound).toBe(cost.unknown.length > 0)
      }),
    )
  })

  it('grows when a label states more', () => {
    fc.assert(
      fc.property(somePlan, cents, (stated, amount) => {
        const more = { ...stated, monthlyFees: [...(stated.monthlyFees ?? []), fee(amount)] }
        const growth =
          computePlanCost(more).first24Months.amountCents - computePlanCost(stated).first24Months.amountCents
        expect(growth).toBe(24 * amount)
      }),
    )
  })

  it('is with AutoPay never higher, and lower by at most the discount of each month', () => {
    fc.assert(
      fc.property(somePlan, (stated) => {
        const { withAutopayCents, amountCents } = computePlanCost(stated).first24Months
        expect(withAutopayCents === undefined).toBe(stated.autopayDiscountCents === undefined)
        if (withAutopayCents === undefined) return
        expect(withAutopayCents).toBeLessThanOrEqual(amountCents)
        expect(amountCents - withAutopayCents).toBeLessThanOrEqual(24 * (stated.autopayDiscountCents ?? 0))
      }),
    )
  })
})
