import type { Plan, PlanFee } from '../../dataset/plans/plan.ts'
import type { LabelCells } from './label-cells.ts'
import { normalizeHeader } from './label-field.ts'
import type { LabelField } from './label-field.ts'
import { readFees } from './parse-fees.ts'
import type { FeeCells, FeeColumn, FeesText } from './parse-fees.ts'
import type { RejectionReason } from './rejection-reason.ts'

type Fees = Pick<Plan, 'monthlyFees' | 'oneTimeFees'>

const MONTHLY: FeeColumn = { per: 'month', unnamed: 'Provider monthly fee' }
const PASS_THROUGH: FeeColumn = { per: 'month', unnamed: 'Pass-through fees' }
const ONE_TIME: FeeColumn = { per: 'once', unnamed: 'One-time fee' }

/** Reads all fees of a label: its lists, its numbered columns, and columns that are one fee each (`modem_rental_fee`). */
export function readPlanFees(cells: LabelCells): Fees | RejectionReason {
  const monthly = together([
    readFees(pairCells(cells, 'monthlyFeeNames', 'monthlyFees'), MONTHLY),
    ...readNamed(cells, 'namedMonthlyFee', MONTHLY),
    asMaximum(readFees(pairCells(cells, undefined, 'passThroughFees'), PASS_THROUGH)),
  ])
  const oneTime = together([
    readFees(pairCells(cells, 'oneTimeFeeNames', 'oneTimeFees'), ONE_TIME),
    ...readNamed(cells, 'namedOneTimeFee', ONE_TIME),
  ])
  if (monthly === 'mismatch' || oneTime === 'mismatch') return 'fee_names_and_amounts_differ'
  return { ...(monthly ? { monthlyFees: monthly } : {}), ...(oneTime ? { oneTimeFees: oneTime } : {}) }
}

/** Columns of names and of amounts that carry the same number belong together, else those in the same position. */
function pairCells(cells: LabelCells, names: LabelField | undefined, amounts: LabelField): FeeCells[] {
  const nameCells = names === undefined ? [] : cells.all(names)
  const amountCells = cells.all(amounts)
  const pairs = nameCells.map(({ header, cell }, at) => {
    const number = numberOf(header)
    const mate =
      number === undefined ? amountCells[at] : amountCells.find((amount) => numberOf(amount.header) === number)
    return { names: cell, amounts: mate?.cell ?? '', mate }
  })
  const alone = amountCells.filter((amount) => !pairs.some(({ mate }) => mate === amount))
  return [...pairs, ...alone.map(({ cell }) => ({ names: '', amounts: cell }))]
}

/** The number in a header: `one_time_fee_name_2`. */
function numberOf(header: string): string | undefined {
  return /\b\d+\b/.exec(normalizeHeader(header))?.[0]
}

function readNamed(cells: LabelCells, field: LabelField, column: FeeColumn): FeesText[] {
  return cells.all(field).map(({ header, cell }) => {
    const name = normalizeHeader(header)
      .replace(/\b(usd|monthly|amount)\b/g, '')
      .trim()
    const unnamed = name.charAt(0).toUpperCase() + name.slice(1)
    return readFees([{ names: '', amounts: cell }], { ...column, unnamed, isOneFee: true })
  })
}

/** What is passed through is stated as its maximum (`fee_pass_through_recurring`), so that no more than that is known. */
function asMaximum(text: FeesText): FeesText {
  if (text.kind !== 'fees') return text
  const fees = text.fees.map((fee) => ({
    ...fee,
    ...(fee.amount ? { amount: { atLeastCents: 0, atMostCents: fee.amount.atMostCents } } : {}),
  }))
  return { kind: 'fees', fees }
}

function together(texts: readonly FeesText[]): PlanFee[] | undefined | 'mismatch' {
  if (texts.some(({ kind }) => kind === 'mismatch')) return 'mismatch'
  const stated = texts.filter((text) => text.kind === 'fees')
  return stated.length === 0 ? undefined : stated.flatMap(({ fees }) => fees)
}
