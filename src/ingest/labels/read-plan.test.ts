import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../dataset/plans/plan.ts'
import { labelCells } from './label-cells.ts'
import { LABEL_FIELDS, openHeaderReader } from './label-field.ts'
import type { LabelTable } from './label-table.ts'
import { toLabelTable } from './label-table.ts'
import { mapColumns } from './map-columns.ts'
import { readJsonLabels } from './read-json-labels.ts'
import { readPlan } from './read-plan.ts'
import type { PlanResult } from './read-plan.ts'
import { findSpeedUnits } from './read-speeds.ts'

const readHeader = openHeaderReader()

function readTable(table: LabelTable): PlanResult[] {
  const columns = mapColumns(table, readHeader)
  if (typeof columns === 'string') return []
  const units = findSpeedUnits(table, columns)
  return table.rows.map(({ row, cells }) =>
    readPlan(labelCells(columns, cells), {
      source: { sourceId: 1, file: 'test.csv', row },
      units,
      findProviderId: () => 900_001,
    }),
  )
}

/** Reads one label of the given columns; identity and price are there unless given. */
function readOne(columns: Readonly<Record<string, string>>): Plan {
  const all = { upi: 'F0099000001TEST', plan_name: 'Test', monthly_price: '50', typical_latency: '9', ...columns }
  const table = toLabelTable([Object.keys(all), Object.values(all)], readHeader)
  const [result] = table ? readTable(table) : []
  if (!result || 'rejected' in result) throw new Error(`rejected: ${result?.rejected ?? 'no table'}`)
  return result.plan
}

describe('readPlan', () => {
  it.each([
    ['$10 off with AutoPay', 1000],
    ['$10 off per month with Auto Pay and paperless billing', 1000],
    ['AutoPay: $5.00', 500],
    ['Save $7.50 when you enroll in auto-pay', 750],
    ['$10 AutoPay discount', 1000],
    ['$40/mo with AutoPay', undefined],
    ['Price includes $10 AutoPay discount', undefined],
    ['AutoPay $60', undefined],
    ['Ask us', undefined],
  ])('finds the AutoPay discount in %o: %o', (discounts, cents) => {
    expect(readOne({ discounts }).autopayDiscountCents).toBe(cents)
  })

  it.each([
    ['$10 per 50 GB', '', 1000, 50],
    ['$2/GB', '', 200, 1],
    ['$10.00 for each 50 GB', '', 1000, 50],
    ['10.00', '50', 1000, 50],
    ['$5 each additional 1 TB', '', 500, 1000],
    ['$10.00', '', 1000, undefined],
  ])('reads %o and %o as what more data costs', (fee, amount, cents, gigabytes) => {
    const { extraData } = readOne({ overage_fee: fee, overage_data_amount: amount })
    expect([extraData?.fee?.atLeastCents, extraData?.gigabytes]).toEqual([cents, gigabytes])
  })

  it.each([
    ['50', [50], 'label'],
    ['Cable (HFC)', [40], 'label'],
    ['Satellite', [60, 61], 'label'],
    ['5G fixed wireless', [70, 71, 72], 'label'],
    ['999', undefined, undefined],
    ['', undefined, undefined],
  ])('takes the technology %o for %o', (technology, codes, from) => {
    const plan = readOne({ technology })
    expect([plan.technologyCodes, plan.technologyFrom]).toEqual([codes, from])
  })

  it('takes nothing from the name of the provider', () => {
    expect(readOne({ provider_name: 'Motor City Fiber' }).technologyCodes).toBeUndefined()
  })

  it('keeps links that lead to the web, and no others', () => {
    expect(readOne({ privacy_policy_url: 'javascript:alert(1)' }).privacyUrl).toBeUndefined()
    expect(readOne({ privacy_policy_url: 'www.example.com/privacy' }).privacyUrl).toBe(
      'https://www.example.com/privacy',
    )
  })

  it('gives for any cells a plan with a price in whole cents, or a reason', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('', 'Yes', 'No', 'NULL', 'N/A', '0', '12', '$10.00', '$5; $6', '49.99', '1 Gbps', '12 months'),
      fc.constantFrom('F0099000001A', 'Varies', 'is', '-5', '1e9', '999999999999999999', 'up to $3', '[1,2]', '{'),
    )
    const label = fc.tuple(...LABEL_FIELDS.map(() => cell))
    const named = openHeaderReader(Object.fromEntries(LABEL_FIELDS.map((field) => [field, field])))
    fc.assert(
      fc.property(label, (cells) => {
        const table: LabelTable = {
          headers: LABEL_FIELDS,
          rows: [{ row: 2, cells: ['Net', 'Plan', '', ...cells.slice(3)] }],
        }
        const columns = mapColumns(table, named)
        if (typeof columns === 'string') throw new Error(columns)
        const result = readPlan(labelCells(columns, cells), {
          source: { sourceId: 1, file: 'test.csv', row: 2 },
          units: findSpeedUnits(table, columns),
          findProviderId: () => 900_001,
        })
        if ('rejected' in result) return
        const { regularPriceCents: regular, introductory } = result.plan
        const prices = [regular, introductory?.priceCents].filter((price) => price !== undefined)
        expect(prices.length).toBeGreaterThan(0)
        expect(prices.every((price) => Number.isSafeInteger(price) && price >= 0)).toBe(true)
        expect(JSON.parse(JSON.stringify(result.plan))).toEqual(result.plan)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['6.5%', { kind: 'other', text: '6.5%' }],
    ['0.065', { kind: 'other', text: '6.5%' }],
    ['0.08', { kind: 'other', text: '8%' }],
    ['$0.08', { kind: 'amount', amount: { atLeastCents: 8, atMostCents: 8 } }],
    ['3.50', { kind: 'amount', amount: { atLeastCents: 350, atMostCents: 350 } }],
    ['Applicable taxes extra', { kind: 'varies' }],
    ['Included', { kind: 'included' }],
    ['0', { kind: 'none' }],
  ])('reads taxes of %o as %o', (government_taxes, taxes) => {
    expect(readOne({ government_taxes }).taxes).toEqual(taxes)
  })

  // Twice the text must not take four times as long: then this would run into its time limit.
  it('comes to an end with long nonsense', () => {
    const nonsense = [
      '$1,'.repeat(60_000),
      ' '.repeat(200_000),
      'a;'.repeat(40_000),
      '1 '.repeat(80_000),
      'autopay $'.repeat(25_000),
    ]
    for (const text of nonsense) {
      const columns = {
        monthly_fees: text,
        discounts: text,
        taxes: text,
        download: text,
        privacy: text,
        overage_fee: text,
      }
      expect(readOne({ ...columns, early_termination_fee: text, introductory_period: '' }).regularPriceCents).toBe(5000)
    }
  })
})

describe('readJsonLabels', () => {
  it('answers any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void readJsonLabels(value, readHeader)))
  })

  it('reads plans that are filed under their identifiers', () => {
    const label = { name: 'Test', monthlyPrice: 50, download: 100, upload: 10 }
    const tables = readJsonLabels({ F0099000001A: label, F0099000001B: label }, readHeader)
    expect(tables.flatMap(readTable).map((result) => 'plan' in result && result.plan.upi)).toEqual([
      'F0099000001A',
      'F0099000001B',
    ])
  })
})
