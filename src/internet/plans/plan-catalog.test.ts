import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createPlanWriter } from '../../dataset/plans/plan-writer.ts'
import type { Plan } from '../../dataset/plans/plan.ts'
import { minPlanPriceCents } from './offered-plan.ts'
import { openPlanCatalog } from './plan-catalog.ts'

const plan = (code: string, stated: Partial<Plan>): Plan => ({
  upi: `F0099000001${code}`,
  frn: '0099000001',
  providerId: 900_001,
  planName: `Plan ${code}`,
  downloadMbps: { low: 300, high: 300 },
  source: { sourceId: 1, file: 'test.csv', row: 2 },
  readingNotes: [],
  ...stated,
})

function catalogOf(...plans: Plan[]) {
  const db = new Database(':memory:')
  const writer = createPlanWriter(db)
  for (const each of plans) writer.addPlan(each)
  return openPlanCatalog({ db })
}

const fiber = { providerId: 900_001, offerings: [{ technologyCode: 50, maxDownloadMbps: 1000 }] }

describe('openPlanCatalog', () => {
  it('puts the cheapest over a year first, and what is known in part last', () => {
    const offered = catalogOf(
      plan('DEAR', { regularPriceCents: 8000 }),
      plan('PART', { introductory: { priceCents: 1000, months: 3 } }),
      plan('CHEAP', { regularPriceCents: 6000 }),
    ).findOfferedPlans(fiber)
    expect(offered.map(({ sku, position }) => [sku, position])).toEqual([
      ['900001-INT-FBR-CHEAP', 1],
      ['900001-INT-FBR-DEAR', 2],
      ['900001-INT-FBR-PART', 3],
    ])
  })

  it('starts from the price of the first month', () => {
    const catalog = catalogOf(
      plan('A', { regularPriceCents: 6000 }),
      plan('B', { regularPriceCents: 9000, introductory: { priceCents: 4500, months: 12 } }),
    )
    expect(minPlanPriceCents(catalog.findOfferedPlans(fiber))).toBe(4500)
  })

  it('knows no price without a label', () => {
    const offered = catalogOf().findOfferedPlans(fiber)
    expect(offered).toEqual([])
    expect(minPlanPriceCents(offered)).toBeUndefined()
  })

  it('takes labels together that are for the same plan, and says how far their prices differ', () => {
    const same = { planName: 'Fiber 300', regularPriceCents: 6000 }
    const [offered, ...others] = catalogOf(
      plan('EAST', same),
      plan('WEST', { ...same, planName: 'FIBER 300', regularPriceCents: 5000 }),
      plan('SOUTH', { ...same, regularPriceCents: 7000 }),
    ).findOfferedPlans(fiber)
    expect(others).toEqual([])
    expect(offered).toMatchObject({
      sku: '900001-INT-FBR-WEST',
      variants: { labels: 3, lowestCents: 5000, highestCents: 7000 },
    })
  })

  it('gives a plan the same id in every data set', () => {
    const ids = [1, 2].map(() => catalogOf(plan('A', { regularPriceCents: 1 })).findOfferedPlans(fiber)[0]?.id)
    expect(ids[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-3[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(ids[1]).toBe(ids[0])
  })

  it('answers the same filing with the same array', () => {
    const catalog = catalogOf(plan('A', { regularPriceCents: 5000 }))
    expect(catalog.findOfferedPlans({ ...fiber })).toBe(catalog.findOfferedPlans(fiber))
    expect(catalog.findOfferedPlans(fiber, 'business')).not.toBe(catalog.findOfferedPlans(fiber))
  })
})
