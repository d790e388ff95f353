import { describe, expect, it } from 'vitest'
import type { Plan } from '../../dataset/plans/plan.ts'
import { fitPlans } from './fit-plans.ts'

const plan = (stated: Partial<Plan>): Plan => ({
  upi: 'F0099000001TEST',
  frn: '0099000001',
  providerId: 900_001,
  planName: 'Test',
  source: { sourceId: 1, file: 'test.csv', row: 2 },
  readingNotes: [],
  ...stated,
})

const mbps = (speed: number) => ({ low: speed, high: speed })
const fiber = { technologyCode: 50, maxDownloadMbps: 1000 }
const copper = { technologyCode: 10, maxDownloadMbps: 0 }

describe('fitPlans', () => {
  it('shows a plan where its technology is filed, and says that this is an inference', () => {
    const stated = plan({ technologyCodes: [50], technologyFrom: 'label', downloadMbps: mbps(940) })
    expect(fitPlans([stated], [copper, fiber])).toEqual([
      {
        plan: stated,
        technologyCode: 50,
        basis: {
          kind: 'provider_filed_technology',
          technologyFrom: 'label',
          summary: 'Labels do not say where a plan is sold. The provider filed Fiber here, and the label says Fiber.',
        },
      },
    ])
    expect(fitPlans([stated], [copper])).toEqual([])
  })

  it('leaves the technology open where the label does and several fit', () => {
    const slow = plan({ downloadMbps: mbps(9) })
    const [found] = fitPlans([slow], [copper, fiber])
    expect(found?.technologyCode).toBeUndefined()
    expect(found?.basis.technologyFrom).toBe('open')
    expect(found?.basis.summary).toContain('DSL or Fiber')
  })

  it('settles it where one alone fits', () => {
    expect(fitPlans([plan({ downloadMbps: mbps(500) })], [copper, fiber])[0]?.technologyCode).toBe(50)
  })

  it.each([
    [1240, true],
    [1260, false],
  ])('a plan of %i Mbps where 1000 are filed: %o', (speed, isShown) => {
    expect(fitPlans([plan({ downloadMbps: mbps(speed) })], [fiber]).length > 0).toBe(isShown)
  })

  it('takes a filing of 0 for up to 10 Mbps', () => {
    expect(fitPlans([plan({ downloadMbps: mbps(10) })], [copper])).toHaveLength(1)
    expect(fitPlans([plan({ downloadMbps: mbps(25) })], [copper])).toEqual([])
  })

  it('keeps plans for businesses from homes', () => {
    const business = plan({ customer: 'business' })
    expect(fitPlans([business], [fiber])).toEqual([])
    expect(fitPlans([business], [fiber], 'business')).toHaveLength(1)
  })
})
