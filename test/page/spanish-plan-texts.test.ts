import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plan, StatedAmount } from '../../src/dataset/plans/plan.ts'
import { layOutLabel } from '../../src/internet/plans/consumer-label.ts'
import { sayPlanText } from '../../web/strings/es-plan-texts.ts'

const cents = fc.integer({ min: 0, max: 2_000_000 })
const amount: fc.Arbitrary<StatedAmount> = fc.oneof(
  cents.map((atLeastCents) => ({ atLeastCents })),
  fc.tuple(cents, cents).map(([a, b]) => ({ atLeastCents: Math.min(a, b), atMostCents: Math.max(a, b) })),
)
const range = fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 99 })).map(([whole, tenths]) => ({
  low: whole,
  high: whole + tenths / 10,
}))
const months = fc.option(fc.integer({ min: 1, max: 48 }), { nil: undefined })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const fees = maybe(
  fc.array(
    fc.record({
      name: fc.constant('Router'),
      kind: fc.constant('equipment' as const),
      applies: fc.constantFrom('always' as const, 'optional' as const, 'conditional' as const),
      amount: maybe(amount),
    }),
  ),
)

/** Plans without a sentence of the provider's own. */
const plan: fc.Arbitrary<Plan> = fc.record({
  upi: fc.constant('F0099000001FIBER1G'),
  frn: fc.constant('0099000001'),
  providerId: fc.constant(900_001),
  planName: fc.constant('Fiber 1 Gig'),
  regularPriceCents: maybe(cents),
  introductory: maybe(fc.record({ priceCents: maybe(cents), months })),
  contract: maybe(fc.record({ isRequired: fc.boolean(), months })),
  monthlyFees: fees,
  oneTimeFees: fees,
  earlyTermination: maybe(fc.record({ amount })),
  taxes: maybe(
    fc.oneof(
      fc.record({ kind: fc.constantFrom('included' as const, 'varies' as const, 'none' as const) }),
      fc.record({ kind: fc.constant('amount' as const), amount }),
    ),
  ),
  autopayDiscountCents: maybe(cents),
  downloadMbps: maybe(range),
  latencyMs: maybe(range),
  data: maybe(
    fc.oneof(
      fc.constant({ kind: 'unlimited' as const }),
      fc.record({ kind: fc.constant('limited' as const), gigabytes: fc.integer({ min: 1, max: 9000 }) }),
    ),
  ),
  extraData: maybe(fc.record({ fee: maybe(amount), gigabytes: maybe(fc.integer({ min: 1, max: 500 })) })),
  privacyUrl: fc.constant('https://motorcityfiber.example/privacy'),
  source: fc.constant({ sourceId: 1, file: 'test.csv', row: 2 }),
  readingNotes: fc.constant([]),
})

describe('sayPlanText', () => {
  it('says in Spanish whatever Hum itself words on a label', () => {
    fc.assert(
      fc.property(plan, (generated) => {
        const stated = Object.values(layOutLabel(generated))
          .flat()
          .filter((line) => typeof line === 'object')
          .filter(({ isStated }) => isStated)
        for (const { text } of stated) {
          expect(sayPlanText(text), text).toBeDefined()
          expect(sayPlanText(text)).not.toMatch(/\b(?:this|monthly|price|month|months|the|from|to|for|only|off|not)\b/i)
        }
      }),
    )
  })

  it.each([
    ['This monthly price requires a 24-month contract.', 'Este precio mensual requiere un contrato de 24 meses.'],
    ['up to $3.50 (only if it applies)', 'hasta $3.50 (solo si corresponde)'],
    ['$10.00 to $15.00 for each additional 50 GB', 'de $10.00 a $15.00 por cada 50 GB adicionales'],
    [
      '$29.99 for a period that is not stated; the price after is not stated.',
      '$29.99 durante un período que no se declara; el precio posterior no se declara.',
    ],
    ['An introductory price for 1 month, then $80.00.', 'Un precio de introducción durante 1 mes, después $80.00.'],
  ])('%s', (english, spanish) => expect(sayPlanText(english)).toBe(spanish))

  it.each([
    'Regional sports fee',
    '$5.00 off with AutoPay and paperless billing',
    '$15.00 for each month that is left',
  ])("leaves the provider's own words: %s", (words) => expect(sayPlanText(words)).toBeUndefined())
})
