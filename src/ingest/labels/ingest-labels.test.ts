import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { openPlans } from '../../dataset/plans/plan-index.ts'
import type { Plan, PlanFee, StatedAmount, StatedRange } from '../../dataset/plans/plan.ts'
import { createProviderWriter } from '../../dataset/coverage/provider-writer.ts'
import { computePlanCost } from '../../internet/plans/plan-cost.ts'
import type { CostFigure } from '../../internet/plans/plan-cost.ts'
import { listSourceFiles } from '../files/source-file.ts'
import { ingestLabels } from './ingest-labels.ts'
import type { IngestedLabels } from './ingest-labels.ts'

const fixtures = resolve(import.meta.dirname, '../../../test/fixtures')

interface ExpectedFee {
  readonly name: string
  readonly lo: number | null
  readonly hi: number | null
  readonly applies: string
}

interface ExpectedFigure {
  readonly cents: number
  readonly isLowerBound: boolean
  readonly withAutopay?: number
}

/** A plan as read from its file by hand. Money in cents; null where the label does not say. */
interface ExpectedPlan {
  readonly upi: string
  readonly planName: string
  readonly file: string
  readonly row: number
  readonly regular: number | null
  readonly intro: number | null
  readonly months: number | null
  readonly monthlyFees: readonly ExpectedFee[] | null
  readonly oneTimeFees: readonly ExpectedFee[] | null
  readonly earlyTermination: number | readonly [number, number] | 'blank' | 'varies'
  readonly autopay: number | null
  readonly extra: readonly [number, number | null] | null
  readonly download: readonly [number, number] | null
  readonly upload: readonly [number, number] | null
  readonly data: number | 'unlimited' | 'blank'
  readonly taxes: number | 'included' | 'varies' | 'none' | 'blank'
  readonly contract: number | 'blank'
  readonly technology: readonly number[] | null
  readonly business: boolean
  readonly first: ExpectedFigure
  readonly year: ExpectedFigure
  readonly twoYears: ExpectedFigure
}

const expected = JSON.parse(readFileSync(resolve(fixtures, 'expected-labels.json'), 'utf8')) as {
  plans: ExpectedPlan[]
  rejections: { file: string; sheet: string | null; row: number; reason: string }[]
  refused: string[]
}

const range = (stated: StatedRange | undefined) => stated && ([stated.low, stated.high] as const)

/** Writes what was read in the form of what was expected, so that any difference shows. */
function toExpected(plan: Plan): ExpectedPlan {
  const cost = computePlanCost(plan)
  return {
    upi: plan.upi,
    planName: plan.planName,
    file: plan.source.file,
    row: plan.source.row,
    regular: plan.regularPriceCents ?? null,
    intro: plan.introductory?.priceCents ?? null,
    months: plan.introductory?.months ?? null,
    monthlyFees: plan.monthlyFees?.map(toExpectedFee) ?? null,
    oneTimeFees: plan.oneTimeFees?.map(toExpectedFee) ?? null,
    earlyTermination: plan.earlyTermination ? amountOf(plan.earlyTermination.amount) : 'blank',
    autopay: plan.autopayDiscountCents ?? null,
    extra: plan.extraData ? [plan.extraData.fee?.atLeastCents ?? -1, plan.extraData.gigabytes ?? null] : null,
    download: range(plan.downloadMbps) ?? null,
    upload: range(plan.uploadMbps) ?? null,
    data: plan.data ? (plan.data.kind === 'limited' ? plan.data.gigabytes : 'unlimited') : 'blank',
    taxes: plan.taxes ? (plan.taxes.kind === 'amount' ? plan.taxes.amount.atLeastCents : taxKind(plan.taxes)) : 'blank',
    contract: plan.contract ? (plan.contract.months ?? 0) : 'blank',
    technology: plan.technologyCodes ?? null,
    business: plan.customer === 'business',
    first: toExpectedFigure(cost.firstMonth),
    year: toExpectedFigure(cost.first12Months),
    twoYears: toExpectedFigure(cost.first24Months),
  }
}

function toExpectedFee({ name, amount, applies }: PlanFee): ExpectedFee {
  return { name, lo: amount?.atLeastCents ?? null, hi: amount?.atMostCents ?? null, applies }
}

function toExpectedFigure({ amountCents, isLowerBound, withAutopayCents }: CostFigure): ExpectedFigure {
  return {
    cents: amountCents,
    isLowerBound,
    ...(withAutopayCents === undefined ? {} : { withAutopay: withAutopayCents }),
  }
}

function amountOf(amount: StatedAmount | undefined): ExpectedPlan['earlyTermination'] {
  if (!amount) return 'varies'
  const { atLeastCents, atMostCents = -1 } = amount
  return atLeastCents === atMostCents ? atLeastCents : [atLeastCents, atMostCents]
}

function taxKind({ kind }: NonNullable<Plan['taxes']>): 'included' | 'varies' | 'none' | 'blank' {
  return kind === 'included' || kind === 'varies' || kind === 'none' ? kind : 'blank'
}

const key = ({ file, row }: { file: string; row: number }) => `${file} ${String(row).padStart(4)}`

async function ingestFolder(folder: string): Promise<{ db: Database.Database; ingested: IngestedLabels }> {
  const db = new Database(':memory:')
  const providers = createProviderWriter(db)
  for (let number = 1; number <= 10; number++) {
    providers.addProvider(800_000 + number, `Invented ${number}`)
    providers.addFrn(String(98_000_000 + number).padStart(10, '0'), 800_000 + number)
  }
  let lastSourceId = 0
  const files = await listSourceFiles(folder)
  return { db, ingested: await ingestLabels({ db, files, nextSourceId: () => ++lastSourceId }) }
}

describe('ingestLabels', () => {
  let plans = new Map<string, Plan>()
  let rejections: { file: string; sheet: string | null; row: number; reason: string }[] = []
  let ingested: IngestedLabels = { sources: [], refused: [], unread: [] }

  beforeAll(async () => {
    const built = await ingestFolder(resolve(fixtures, 'labels'))
    ingested = built.ingested
    const index = openPlans(built)
    const fileOf = new Map(ingested.sources.map(({ sourceId, file }) => [sourceId, file]))
    for (let number = 1; number <= 10; number++) {
      for (const plan of index.findPlans(800_000 + number)) plans.set(plan.upi, plan)
    }
    rejections = index.listRejections().map(({ sourceId, sheet, row, reason }) => ({
      file: fileOf.get(sourceId) ?? '',
      row,
      reason,
      sheet: sheet ?? null,
    }))
  })

  it('has at least 60 plans to compare, in nine styles of header and four kinds of file', () => {
    expect(expected.plans.length).toBeGreaterThanOrEqual(60)
    expect(new Set(expected.plans.map(({ file }) => file)).size).toBeGreaterThanOrEqual(9)
    expect(new Set(expected.plans.map(({ file }) => file.replace(/.*\./, '')))).toEqual(
      new Set(['csv', 'xlsx', 'json', 'tsv']),
    )
  })

  it.each(expected.plans.map((plan) => [plan.file, plan.row, plan] as const))(
    'reads %s, row %i, cent for cent',
    (_file, _row, plan) => {
      const read = plans.get(plan.upi)
      expect(read && toExpected(read)).toEqual(plan)
    },
  )

  it('takes nothing for a plan beside these', () => {
    expect([...plans.keys()].sort()).toEqual(expected.plans.map(({ upi }) => upi).sort())
  })

  it('gives the reason for every row that is no plan', () => {
    const sorted = (list: typeof rejections) => list.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    expect(sorted(rejections)).toEqual(sorted(expected.rejections))
  })

  it('counts every row as kept or rejected', () => {
    const kept = ingested.sources.reduce((sum, { rowsKept }) => sum + rowsKept, 0)
    expect(kept).toBe(expected.plans.length)
    for (const { rowsRead, rowsKept, rejected } of ingested.sources) {
      expect(rowsRead).toBe(rowsKept + Object.values(rejected).reduce((sum, rows) => sum + rows, 0))
    }
  })

  it('keeps the day on which a file was published where its name tells it', () => {
    const dates = ingested.sources.map(({ file, retrievedOn }) => [file, retrievedOn])
    expect(dates).toContainEqual(['2026-03-01-0098000004-USA.csv', '2026-03-01'])
    expect(dates).toContainEqual(['nested.json', undefined])
  })

  it('refuses files without labels, saying what they lack', () => {
    expect(ingested.refused).toEqual([
      { file: 'not-labels.csv', reason: 'no header of broadband labels' },
      { file: 'no-identifiers.csv', reason: 'no column of unique plan identifiers, nor of FRN and plan code' },
    ])
  })

  it('notes what it had to assume', () => {
    expect(plans.get('F009800000154')?.readingNotes).toEqual([
      'The download speed stands in a column of kbps and was taken for Mbps.',
      'The upload speed stands in a column of kbps and was taken for Mbps.',
    ])
    expect(plans.get('F009800000158')?.readingNotes).toEqual([
      'The introductory price was the higher of two, so that the two were exchanged.',
    ])
    expect(plans.get('F0098000003GIG')?.readingNotes).toEqual([
      'No unit of speed is named; the figures were taken for kbps.',
    ])
    expect(plans.get('F0098000006A307')?.readingNotes).toEqual([
      'The label says that the price includes the AutoPay discount, so that none is taken off.',
    ])
  })

  it('reads support lines and links', () => {
    expect(plans.get('F0098000006A300')).toMatchObject({
      supportPhone: '+18885550166',
      supportUrl: 'https://invented.example/help',
      privacyUrl: 'https://invented.example/p',
    })
  })
})
