import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { labelCells } from './label-cells.ts'
import { openHeaderReader } from './label-field.ts'
import { findUnreadColumns, mapColumns } from './map-columns.ts'
import { readLabelFile } from './read-label-file.ts'
import { readPlan } from './read-plan.ts'
import type { PlanResult } from './read-plan.ts'
import { findSpeedUnits } from './read-speeds.ts'

const readHeader = openHeaderReader()
const fixture = (name: string): Buffer => readFileSync(resolve(import.meta.dirname, '../../../test/fixtures', name))

async function tablesOf(name: string, content: string | Buffer) {
  const bytes = Buffer.from(content)
  const open = () => Promise.resolve(Readable.from([bytes]))
  return readLabelFile({ name, path: name, sizeBytes: bytes.length, open }, readHeader)
}

/** What a file gives: a plan or a reason for each of its rows, with the sheet that it stands in. */
async function rowsOf(name: string, content: string | Buffer) {
  return (await tablesOf(name, content)).flatMap((table) => {
    const columns = mapColumns(table, readHeader)
    if (typeof columns === 'string') return []
    const units = findSpeedUnits(table, columns)
    return table.rows.map(({ row, cells }): PlanResult => {
      const source = { sourceId: 1, file: name, sheet: table.sheet, row }
      return readPlan(labelCells(columns, cells), { source, units, findProviderId: () => 900_001 })
    })
  })
}

const plansOf = async (name: string, content: string | Buffer) =>
  (await rowsOf(name, content)).flatMap((result) => ('plan' in result ? [result.plan] : []))

const exactly = (cents: number) => ({ atLeastCents: cents, atMostCents: cents })
const HEADER = ['Unique Plan ID', 'Plan Name', 'Monthly Price', 'Typical Download Speed', 'Typical Upload Speed']
const TABLE = [HEADER, ['F0098000001A1', 'Basic', '55.00', '100', '10']]
const written = (delimiter: string) => TABLE.map((row) => row.join(delimiter)).join('\r\n')

describe('readLabelFile', () => {
  it.each([
    ['commas', Buffer.from(written(','))],
    ['semicolons', Buffer.from(written(';'))],
    ['tabs', Buffer.from(written('\t'))],
    ['bars', Buffer.from(written('|'))],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${written(',')}`)],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${written('\t')}`, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(`\uFEFF${written('\t')}`, 'utf16le').swap16()],
    ['UTF-16 without its mark', Buffer.from(written(','), 'utf16le')],
    [
      'JSON lines',
      Buffer.from(`{"upi":"F0098000001A1","plan_name":"Basic","monthly_price":55,"download":100,"upload":10}
{"upi":"F0098000001A2","plan_name":"Basic","monthly_price":55,"download":100,"upload":10}`),
    ],
  ])('reads %s', async (_, bytes) => {
    const [plan] = await plansOf('labels', bytes)
    expect(plan).toMatchObject({ upi: 'F0098000001A1', planName: 'Basic', regularPriceCents: 5500 })
    expect(plan).toMatchObject({ downloadMbps: { low: 100 }, uploadMbps: { low: 10 } })
  })

  it('reads labels of older Windows programs, with titles above the header', async () => {
    const text = `Acme – labels;;;;;;;;;
As of 10/01/2026;;;;;;;;;
;;;;;;;;;
Plan;FCC Unique Plan ID;Base Monthly Price;Is this an introductory rate?;Contract term;Equipment rental;Installation;Taxes & Government Fees;Download Speed;Monthly Data Allowance
Café 300;F0098000001S1;$1,234.56/mo.;N/A;—;Free;$99 (waived online);6.5%;up to 300/30 Mbps;1.2 TB`
    const latin = Buffer.from(text.replaceAll('–', '\u0096').replaceAll('—', '\u0097'), 'latin1')
    expect(await plansOf('acme.csv', latin)).toMatchObject([
      {
        planName: 'Café 300',
        regularPriceCents: 123_456,
        monthlyFees: [],
        oneTimeFees: [{ name: 'Installation (waived online)', applies: 'optional', amount: exactly(9900) }],
        taxes: { kind: 'other', text: '6.5%' },
        downloadMbps: { low: 300, high: 300 },
        uploadMbps: { low: 30, high: 30 },
        data: { kind: 'limited', gigabytes: 1200 },
        source: { row: 5 },
      },
    ])
  })

  it('reads a header of two rows', async () => {
    const text = `,,,Introductory,,Speeds,,,Fees,
Unique Plan ID,Plan Name,Monthly Price,Rate,Months,Download,Upload,Latency,Monthly,One-time
F0098000001T1,Two rows,60.00,45.00,12,100,10,15,Modem $10,Activation $25`
    expect(await plansOf('two.csv', text)).toMatchObject([
      {
        regularPriceCents: 6000,
        introductory: { priceCents: 4500, months: 12 },
        monthlyFees: [{ name: 'Modem', amount: exactly(1000) }],
        oneTimeFees: [{ name: 'Activation', amount: exactly(2500) }],
        latencyMs: { low: 15, high: 15 },
      },
    ])
  })

  it('reads labels set side by side as they are printed, each fee under its heading', async () => {
    const text = `Broadband Facts,,
Provider,Acme,Acme
Plan Name,Acme 100,Acme 300
Monthly Price,$39.99,$59.99
This monthly price is an introductory rate.,Yes,No
Time the introductory rate applies,12 months,
Monthly price after the introductory rate,$54.99,
Length of contract,12 months,None
Link to terms of contract,https://invented.example/t,
Provider Monthly Fees,,
Equipment Fee,$10.00,$0.00
Regulatory Recovery Fee,$1.50,$1.50
One-Time Fees at the Time of Purchase,,
Wiring,$25.00,$25.00
Early Termination Fee,$120.00,N/A
Government Taxes,Varies by Location,Varies by Location
Typical Download Speed,100 Mbps,300 Mbps
Typical Upload Speed,10 Mbps,30 Mbps
Unique Plan Identifier,F0098000001P1,F0098000001P2
`
    expect(await plansOf('printed.csv', text)).toMatchObject([
      {
        planName: 'Acme 100',
        regularPriceCents: 5499,
        introductory: { priceCents: 3999, months: 12 },
        contract: { isRequired: true, months: 12, termsUrl: 'https://invented.example/t' },
        monthlyFees: [
          { name: 'Equipment fee', kind: 'equipment', amount: exactly(1000) },
          { name: 'Regulatory recovery fee', amount: exactly(150) },
        ],
        oneTimeFees: [{ name: 'Wiring', amount: exactly(2500) }],
        earlyTermination: { amount: exactly(12_000) },
      },
      { planName: 'Acme 300', regularPriceCents: 5999, monthlyFees: [{ amount: exactly(150) }] },
    ])
  })

  it('reads labels that stand below one another, each with the row in which it begins', async () => {
    const label = (code: string, price: string) => `Broadband Facts,
Plan Name,Acme ${code}
Monthly Price,${price}
Typical Download Speed,100 Mbps
Typical Upload Speed,10 Mbps
Unique Plan Identifier,F0098000001${code}
`
    const plans = await plansOf('stacked.csv', `${label('S1', '$40.00')},\n${label('S2', '$70.00')}`)
    expect(plans.map(({ planName, regularPriceCents, source }) => [planName, regularPriceCents, source.row])).toEqual([
      ['Acme S1', 4000, 1],
      ['Acme S2', 7000, 8],
    ])
  })

  it('reads every sheet of a workbook, takes no date for a speed, and one absurd speed for no unit', async () => {
    const rows = await rowsOf('odd.xlsx', fixture('odd-workbook.xlsx'))
    expect(rows).toMatchObject([
      {
        plan: {
          planName: 'Fiber 300',
          regularPriceCents: 7495,
          downloadMbps: { low: 300, high: 300 },
          uploadMbps: { low: 10, high: 20 },
          earlyTermination: { amount: exactly(2000) },
          source: { sheet: 'Labels', row: 4 },
        },
      },
      { plan: { regularPriceCents: 8495, uploadMbps: { low: 500, high: 500 }, contract: { isRequired: true } } },
      { rejected: 'speed_implausible' },
      { rejected: 'upi_malformed' },
    ])
    expect(rows[1]).not.toHaveProperty('plan.downloadMbps')
  })

  it('reads nested JSON, where value and unit stand apart', async () => {
    const label = {
      provider: { name: 'Acme', frn: '0098000001' },
      plan: { name: 'Acme 300', uniquePlanIdentifier: 'F0098000001N1', technology: 'Fiber to the Premises' },
      pricing: {
        monthlyPrice: { amount: 59.99, currency: 'USD' },
        introductoryRate: { isIntroductory: true, price: { amount: 39.99 }, duration: { value: 1, unit: 'year' } },
        contract: { required: false },
      },
      fees: {
        providerMonthlyFees: [{ description: 'Gateway', amount: { value: 10, currency: 'USD' } }],
        oneTimeFees: [{ description: 'Activation', amount: 25 }],
      },
      speeds: { typicalDownload: { value: 1.2, unit: 'Gbps' }, typicalUpload: { value: 300, unit: 'Mbps' } },
    }
    expect(await plansOf('nested.json', JSON.stringify({ broadbandLabels: [label] }))).toMatchObject([
      {
        planName: 'Acme 300',
        technologyCodes: [50],
        regularPriceCents: 5999,
        introductory: { priceCents: 3999, months: 12 },
        contract: { isRequired: false },
        monthlyFees: [{ name: 'Gateway', amount: exactly(1000) }],
        oneTimeFees: [{ name: 'Activation', amount: exactly(2500) }],
        downloadMbps: { low: 1200 },
        uploadMbps: { low: 300 },
      },
    ])
  })

  it('reads every list of labels in JSON, with what stands beside it', async () => {
    const plan = (code: string) => ({ plan_id: code, plan_name: code, monthly_price: 50, download: 100, upload: 10 })
    const file = { provider: 'Acme', frn: '98000001', home: [plan('H1'), plan('H2')], business: [plan('B1')] }
    const plans = await plansOf('lists.json', JSON.stringify(file))
    expect(plans.map(({ upi, providerName, source }) => [upi, providerName, source.sheet, source.row])).toEqual([
      ['F0098000001H1', 'Acme', 'home', 1],
      ['F0098000001H2', 'Acme', 'home', 2],
      ['F0098000001B1', 'Acme', 'business', 1],
    ])
  })

  it('names the columns that it does not understand', async () => {
    const [table] = await tablesOf(
      'a.csv',
      'UPI,Plan Name,Monthly Price,Download,Upload,Flux,Empty\nF0098000001A1,A,5,1,1,$3,',
    )
    const columns = table && mapColumns(table, readHeader)
    expect(table && typeof columns === 'object' && findUnreadColumns(table, columns, readHeader)).toEqual(['Flux'])
  })

  it.each([
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'Save it as .xlsx or CSV'],
    ['damaged JSON', Buffer.from('{"labels": ['), 'damaged JSON'],
  ])('refuses %s, saying what to do', async (_, bytes, message) => {
    await expect(tablesOf('labels.xls', bytes)).rejects.toThrow(message)
  })
})

describe('prices in one cell', () => {
  it.each([
    ['$49.99 for 12 months, then $69.99', 4999, 12, 6999],
    ['$50/mo. for the first 6 months; then $70/mo.', 5000, 6, 7000],
    ['$30 for one year and after that $60', 3000, 12, 6000],
  ])('%o are %i cents for %i months, then %i', async (price, intro, months, regular) => {
    const text = [HEADER, ['F0098000001A1', 'Basic', `"${price}"`, '100', '10']].map((row) => row.join(',')).join('\n')
    const [plan] = await plansOf('steps.csv', text)
    expect(plan).toMatchObject({ regularPriceCents: regular, introductory: { priceCents: intro, months } })
  })
})
