import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Offering, ProviderAtPlace, Verdict } from './internet-answer.ts'
import { NEUTRAL_WEIGHTS, orderProviders, rankProviders } from './rank-providers.ts'
import { parseRankingWeights } from './ranking-weights.ts'
import { technologyCategory } from './technology.ts'

let nextId = 1
function provider(
  technologyCode: number,
  verdict: Verdict,
  maxDownloadMbps: number,
  over: { name?: string; id?: number; share?: number } = {},
): ProviderAtPlace {
  const offering: Offering = {
    technologyCode,
    maxDownloadMbps,
    maxUploadMbps: 10,
    lowLatency: true,
    residential: true,
    business: true,
    locations: 1,
    share: over.share ?? 1,
    verdict,
    summary: `Filed (${verdict}).`,
    sourceId: 1,
    asOfDate: '2025-12-31',
  }
  const providerId = over.id ?? nextId++
  return { providerId, displayName: over.name ?? `P${providerId}`, brandName: '', offerings: [offering] }
}

const order = (providers: readonly ProviderAtPlace[], options = {}) =>
  rankProviders(providers, options).map(({ provider }) => provider)

describe('the neutral order', () => {
  it('puts anything on the ground before the best satellite', () => {
    const satellite = provider(61, 'available', 5000)
    const slowest = provider(70, 'possible', 0)
    expect(order([satellite, slowest])).toEqual([slowest, satellite])
  })

  it('lets verdict, technology, speed and price decide in turn', () => {
    const cheap = provider(50, 'available', 1000)
    const dear = provider(50, 'available', 1000)
    const slow = provider(50, 'available', 500)
    const cable = provider(40, 'available', 2000)
    const likely = provider(50, 'likely', 5000)
    const possible = provider(50, 'possible', 5000)
    const prices = new Map([
      [cheap, 3000],
      [dear, 9000],
      [slow, 1],
      [possible, 1],
    ])
    const minPriceCents = (asked: ProviderAtPlace) => prices.get(asked)
    expect(order([possible, likely, cable, slow, dear, cheap], { minPriceCents })).toEqual([
      cheap,
      dear,
      slow,
      cable,
      likely,
      possible,
    ])
  })

  it('puts a known price before an unknown one, all else equal', () => {
    const known = provider(50, 'available', 1000, { name: 'Z' })
    const unknown = provider(50, 'available', 1000, { name: 'A' })
    const minPriceCents = (asked: ProviderAtPlace) => (asked === known ? 9900 : undefined)
    expect(order([unknown, known], { minPriceCents })).toEqual([known, unknown])
  })

  it('settles equal ones by share, name and number', () => {
    const share = provider(50, 'likely', 1000, { share: 0.9, name: 'Z' })
    const a2 = provider(50, 'likely', 1000, { share: 0.8, name: 'A', id: 9002 })
    const a1 = provider(50, 'likely', 1000, { share: 0.8, name: 'A', id: 9001 })
    const b = provider(50, 'likely', 1000, { share: 0.8, name: 'B', id: 9000 })
    expect(order([b, a2, a1, share])).toEqual([share, a1, a2, b])
  })

  it('ranks a provider by its best offering and says why', () => {
    const both = provider(10, 'available', 100)
    const fiber = provider(50, 'likely', 1000).offerings
    const two = { ...both, offerings: [...both.offerings, ...fiber] }
    const [ranked] = rankProviders([two], { minPriceCents: () => 4999 })
    expect(ranked).toMatchObject({ offering: { technologyCode: 10 }, rankingVersion: '1' })
    expect(ranked?.reasons).toEqual([
      { criterion: 'terrestrial', value: 1, weight: 200, text: 'Terrestrial' },
      { criterion: 'verdict', value: 1, weight: 120, text: 'Filed (available).' },
      { criterion: 'technology', value: 0.6, weight: 50, text: 'DSL' },
      { criterion: 'speed', value: 3 / 7, weight: 8, text: 'Up to 100 Mbps' },
      { criterion: 'price', value: 1 - 4999 / 20000, weight: 1, text: 'From $49.99 a month' },
    ])
  })

  it('says below 10 Mbps for a speed filed as zero, and that no price is known', () => {
    const [ranked] = rankProviders([provider(10, 'available', 0)])
    expect(ranked?.reasons.slice(-2).map(({ text }) => text)).toEqual(['Below 10 Mbps', 'No price known'])
  })

  const anyProvider = fc
    .tuple(
      fc.constantFrom(0, 10, 40, 50, 60, 61, 70, 71, 72),
      fc.constantFrom<Verdict>('available', 'likely', 'possible'),
      fc.nat(3000),
      fc.record({ id: fc.nat(50), name: fc.constantFrom('A', 'B'), share: fc.constantFrom(0.5, 1) }),
    )
    .map((given) => provider(...given))

  it('does not depend on the order given, and each criterion outweighs those after it', () => {
    const verdicts: Verdict[] = ['available', 'likely', 'possible']
    const keys = ({ offerings: [offering] }: ProviderAtPlace) => [
      technologyCategory(offering?.technologyCode ?? 0) === 'Terrestrial' ? 0 : 1,
      verdicts.indexOf(offering?.verdict ?? 'possible'),
    ]
    fc.assert(
      fc.property(fc.uniqueArray(anyProvider, { selector: ({ providerId }) => providerId }), (providers) => {
        const ordered = orderProviders(providers)
        expect(orderProviders(providers.toReversed())).toEqual(ordered)
        const sorted = ordered.map((each) => keys(each).join(' '))
        expect(sorted).toEqual(sorted.toSorted())
      }),
    )
  })

  it('has a weight for each step that exceeds all later criteria together', () => {
    const { terrestrial, verdict, technology, speed, price } = NEUTRAL_WEIGHTS
    expect(terrestrial).toBeGreaterThan(verdict + technology + speed + price)
    expect(verdict * 0.5).toBeGreaterThan(technology + speed + price)
    expect(technology * 0.2).toBeGreaterThan(speed + price)
    expect(speed / 7).toBeGreaterThan(price)
  })
})

describe("a caller's own weights", () => {
  it('replace the neutral ones', () => {
    const cheapSatellite = provider(61, 'possible', 50)
    const dearFiber = provider(50, 'available', 5000)
    const minPriceCents = (asked: ProviderAtPlace) => (asked === cheapSatellite ? 1000 : 9000)
    const [first] = rankProviders([dearFiber, cheapSatellite], {
      weights: parseRankingWeights('price:1'),
      minPriceCents,
    })
    expect(first?.provider).toBe(cheapSatellite)
    expect(first?.humRank).toBe(95)
    expect(first?.reasons.map(({ criterion }) => criterion)).toEqual(['price'])
  })

  it('are read with spaces and fractions', () => {
    expect(parseRankingWeights('price: 3 , speed:0.5')).toEqual({
      terrestrial: 0,
      verdict: 0,
      technology: 0,
      speed: 0.5,
      price: 3,
    })
  })

  it.each(['', 'price', 'price:x', 'price:-1', 'price:1001', 'commission:5', 'price:1,price:2', 'price:0', 'price:1,'])(
    'are refused when they read %j',
    (text) => {
      expect(() => parseRankingWeights(text)).toThrow(expect.objectContaining({ code: 'invalid_params' }))
    },
  )
})
