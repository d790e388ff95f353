import { describe, expect, it } from 'vitest'
import type { Plan } from '../../dataset/plans/plan.ts'
import { layOutLabel } from './consumer-label.ts'

const plan: Plan = {
  upi: 'F0099000001FIBER1G',
  frn: '0099000001',
  providerId: 900_001,
  providerName: 'Motor City Fiber',
  planName: 'Fiber 1 Gig',
  regularPriceCents: 7999,
  introductory: { priceCents: 4999, months: 12 },
  contract: { isRequired: true, months: 24 },
  monthlyFees: [
    { name: 'Router', kind: 'equipment', applies: 'optional', amount: { atLeastCents: 1000, atMostCents: 1000 } },
  ],
  oneTimeFees: [],
  earlyTermination: { amount: { atLeastCents: 0, atMostCents: 20_000 } },
  taxes: { kind: 'varies' },
  autopayDiscountCents: 500,
  downloadMbps: { low: 950, high: 985.2 },
  data: { kind: 'limited', gigabytes: 1200 },
  extraData: { fee: { atLeastCents: 1000, atMostCents: 1000 }, gigabytes: 50 },
  privacyUrl: 'https://motorcityfiber.example/privacy',
  source: { sourceId: 1, file: 'test.csv', row: 2 },
  readingNotes: [],
}

describe('layOutLabel', () => {
  it('lays the facts out in the order of the FCC label', () => {
    const lines = Object.values(layOutLabel(plan)).flat()
    expect(lines.map((line) => (typeof line === 'string' ? line : `${line.name}: ${line.text}`))).toEqual([
      'Plan facts',
      'Motor City Fiber',
      'Fiber 1 Gig',
      'Fixed broadband',
      'Monthly price: $49.99',
      'Introductory rate: $49.99 for 12 months, then $79.99.',
      'Contract: This monthly price requires a 24-month contract.',
      'Router: $10.00 (only if it applies)',
      'One-time fees at the time of purchase: None',
      'Early termination fee: up to $200.00',
      'Government taxes: Varies by location',
      'Discounts and bundles: $5.00 a month off with AutoPay',
      'Typical download speed: 950-985.2 Mbps',
      'Typical upload speed: Not stated by the provider',
      'Typical latency: Not stated by the provider',
      'Data included with monthly price: 1.2 TB',
      'Charges for additional data usage: $10.00 for each additional 50 GB',
      'Network management: Not stated by the provider',
      'Privacy: Read the policy',
      'Customer support: Not stated by the provider',
      'F0099000001FIBER1G',
    ])
  })

  it('tells what is stated from what is not', () => {
    const label = layOutLabel(plan)
    expect(label.typicalUploadSpeed.isStated).toBe(false)
    expect(label.privacy).toMatchObject({ isStated: true, url: 'https://motorcityfiber.example/privacy' })
  })

  it.each([
    [{}, 'This monthly price is not an introductory rate.'],
    [{ introductory: { priceCents: 4999 } }, '$49.99 for a period that is not stated, then $79.99.'],
    [
      { introductory: { priceCents: 4999, months: 1 }, regularPriceCents: undefined },
      '$49.99 for 1 month; the price after is not stated.',
    ],
  ])('says of %o: %s', (stated, text) => {
    const { introductory: _, ...rest } = plan
    expect(layOutLabel({ ...rest, ...stated }).introductoryRate.text).toBe(text)
  })
})
