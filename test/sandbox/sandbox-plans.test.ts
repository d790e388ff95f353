import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createProviderWriter } from '../../src/dataset/coverage/provider-writer.ts'
import { ingestProviders } from '../../src/ingest/bdc/ingest-providers.ts'
import { listSourceFiles } from '../../src/ingest/files/source-file.ts'
import { ingestLabels } from '../../src/ingest/labels/ingest-labels.ts'
import type { OfferedPlan } from '../../src/internet/plans/offered-plan.ts'
import { openPlanCatalog } from '../../src/internet/plans/plan-catalog.ts'

const sandbox = resolve(import.meta.dirname, '../../data/sandbox')
const db = new Database(':memory:')
const providers = createProviderWriter(db)
for (const file of await listSourceFiles(`${sandbox}/bdc/bdc_provider_id_table.csv`)) {
  await ingestProviders(file, providers, 1)
}
const ingested = await ingestLabels({
  db,
  files: await listSourceFiles(`${sandbox}/labels`),
  nextSourceId: () => 2,
})
const catalog = openPlanCatalog({ db })

function plansOf(providerId: number, technologyCode: number, maxDownloadMbps: number): readonly OfferedPlan[] {
  return catalog.findOfferedPlans({ providerId, offerings: [{ technologyCode, maxDownloadMbps }] })
}

const fiber = plansOf(900_001, 50, 5000)
const cable = plansOf(900_002, 40, 1200)
const wireless = plansOf(900_003, 70, 100)
const satellite = plansOf(900_004, 61, 220)
const named = (plans: readonly OfferedPlan[], name: string) => plans.find(({ plan }) => plan.planName === name)

describe('plans of the sandbox', () => {
  it('are read without a rejected row', () => {
    expect(ingested.refused).toEqual([])
    expect(ingested.sources.map(({ rejected }) => rejected)).toEqual([{}, {}, {}, {}])
  })

  it('show a promotional price with an AutoPay discount', () => {
    expect(named(fiber, 'Fiber 1 Gig')).toMatchObject({
      pricing: {
        monthlyPriceCents: 7999,
        initialTermDiscountCents: 3000,
        initialTermDiscountMonths: 12,
        autopayDiscountCents: 1000,
      },
      cost: { first12Months: { amountCents: 63_488, withAutopayCents: 51_488, isLowerBound: true } },
    })
  })

  it('show a price where everything is stated', () => {
    expect(named(fiber, 'Fiber 300')?.cost).toMatchObject({
      first24Months: { amountCents: 132_000, isLowerBound: false },
      unknown: [],
    })
  })

  it('show a contract with an early termination fee', () => {
    expect(named(fiber, 'Fiber 5 Gig')).toMatchObject({
      plan: { contract: { isRequired: true, months: 12 } },
      pricing: { earlyTerminationFeeCents: 18_000, professionalInstallationFeeCents: 9900, activationFeeCents: 3500 },
    })
  })

  it('show equipment, a fee that varies, and a data cap with its overage', () => {
    expect(named(cable, 'Connect 200')).toMatchObject({
      plan: { data: { kind: 'limited', gigabytes: 1200 }, extraData: { gigabytes: 50 } },
      pricing: { extraDataFeeCents: 1000 },
      cost: {
        monthlyEquipmentCents: 1400,
        unknown: [{ part: 'monthly_fees', fee: 'Regional sports fee' }, { part: 'government_taxes' }],
      },
    })
  })

  it('show a price whose introductory length is not known', () => {
    expect(named(cable, 'Starter 75')?.cost.unknown).toContainEqual({ part: 'introductory_period' })
  })

  it('show plans of fixed wireless and of satellite, with equipment to buy', () => {
    expect(wireless.map(({ sku }) => sku)).toEqual(['900003-INT-FWL-FARM50', '900003-INT-FWL-FARM100'])
    expect(satellite.map(({ cost }) => cost.oneTimeEquipmentCents)).toEqual([34_900, 34_900])
  })

  it('show no price where there is no label', () => {
    expect(plansOf(900_005, 10, 24)).toEqual([])
  })

  it('keep the plan for businesses from homes', () => {
    expect(named(fiber, 'Business Fiber 1 Gig')).toBeUndefined()
  })
})
