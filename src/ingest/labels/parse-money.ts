import type { StatedAmount } from '../../dataset/plans/plan.ts'
import { plainText } from './plain-text.ts'

/** What a cell says about an amount of money. A blank is no answer, which is something else than none. */
export type MoneyText =
  | { readonly kind: 'blank' }
  | { readonly kind: 'none' }
  | { readonly kind: 'varies' }
  | {
      readonly kind: 'amount'
      readonly amount: StatedAmount
      readonly per?: BillingPeriod | undefined
      readonly isNegative: boolean
    }
  | { readonly kind: 'unreadable'; readonly why: string }

export type BillingPeriod = 'month' | 'year' | 'quarter' | 'week' | 'day' | 'once'

const NONE =
  /^(none|no|nil|null|n\/?\.?a\.?|not applicable|does not apply|no (fee|charge|cost)s?|free|waived|included|-+|–|—)$/
const VARIES = /\b(var(y|ies|iable)|depend(s|ing)?|contact|call|see|based on|pro-?rated|tbd)\b/

const PERIODS: readonly (readonly [BillingPeriod, RegExp])[] = [
  ['month', /(\/|\bper |\ba |\beach |\bevery )\s*mo(nth|s)?\b\.?|\bmonthly\b|\bpm\b|(?<=\d )mo\b\.?/],
  ['year', /(\/|\bper |\ba |\beach |\bevery )\s*(yr|year)s?\b\.?|\b(yearly|annual(ly)?)\b/],
  ['quarter', /(\/|\bper |\ba )\s*(qtr|quarter)\b|\bquarterly\b/],
  ['week', /(\/|\bper |\ba )\s*(wk|week)\b|\bweekly\b/],
  ['day', /(\/|\bper |\ba )\s*day\b|\bdaily\b/],
  ['once', /\bone[ -]?time\b|\bonce\b/],
]

/** A number with a dollar or cent sign, thousands separated or not, with or without cents. */
const NUMBER = String.raw`(?:us ?d?)? ?\$? ?(\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+) ?(¢|cents?\b)?`
const RANGE = new RegExp(`^${NUMBER} ?(?:-|–|—|to) ?${NUMBER}$`)
const SINGLE = new RegExp(`^(-|\\()? ?(-)?${NUMBER}\\)?$`)
const UP_TO = /^(up to|maximum( of)?|max\.?( of)?|at most|not more than|no more than|<=?) ?/
const FROM = /^(from|starting (at|from)|starts at|at least|as low as|minimum( of)?|min\.?( of)?|>=?) ?/

/**
 * Reads an amount in the wordings of labels: `$74.95`, `74.95 USD`, `$1,299`, `99¢`, `$50/mo.`, `up to $10`, `from $5`,
 * `$10 - $15`, `="95.00"` of a spreadsheet, `55*` with a footnote; `None`, `N/A`, `Included`; `Varies`.
 *
 * A discount written as a negative number is read as its size. Several prices in one cell, fractions of a cent and
 * decimal commas are not guessed at: they are unreadable.
 */
export function parseMoney(cell: string): MoneyText {
  const text = plainText(cell).toLowerCase().replace(/^'/, '')
  if (text === '') return { kind: 'blank' }
  if (NONE.test(text)) return { kind: 'none' }
  const per = PERIODS.find(([, pattern]) => pattern.test(text))?.[0]
  const bare = PERIODS.reduce((rest, [, pattern]) => rest.replace(pattern, ' '), text)
    .replace(/[*†‡]+/g, ' ')
    .replace(/\b(us dollars|dollars?|usd|off|discount|credit|fee|charge|each)\b|(\bplus|\+) ?tax(es)?\b|\( *\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.,:;]$/, '')
  const amount = readAmount(bare)
  if (amount === 'fraction') return { kind: 'unreadable', why: 'fraction_of_a_cent' }
  if (amount) return { kind: 'amount', amount, per, isNegative: /^\(? ?-|^\(.*\)$/.test(bare) }
  if (VARIES.test(text) && !/\d/.test(text)) return { kind: 'varies' }
  const numbers = text.match(/\d+(?:[.,]\d+)*/g) ?? []
  return { kind: 'unreadable', why: numbers.length > 1 ? 'several_amounts' : 'not_an_amount' }
}

/** The cents of an amount that is exact; `undefined` for ranges and limits. */
export function exactCents(amount: StatedAmount | undefined): number | undefined {
  return amount && amount.atLeastCents === amount.atMostCents ? amount.atLeastCents : undefined
}

function readAmount(text: string): StatedAmount | 'fraction' | undefined {
  const range = RANGE.exec(text)
  if (range) {
    const low = toCents(range[1] ?? '', range[2] ?? range[4])
    const high = toCents(range[3] ?? '', range[4])
    if (low === undefined || high === undefined) return 'fraction'
    return { atLeastCents: Math.min(low, high), atMostCents: Math.max(low, high) }
  }
  const limit = UP_TO.test(text) ? 'most' : FROM.test(text) ? 'least' : undefined
  const single = SINGLE.exec(text.replace(UP_TO, '').replace(FROM, ''))
  if (!single) return undefined
  const cents = toCents(single[3] ?? '', single[4])
  if (cents === undefined) return 'fraction'
  if (limit === 'most') return { atLeastCents: 0, atMostCents: cents }
  if (limit === 'least') return { atLeastCents: cents }
  return { atLeastCents: cents, atMostCents: cents }
}

/** Spreadsheets store 74.95 as 74.950000000000003; more than that is no rounding error. */
function toCents(number: string, unit: string | undefined): number | undefined {
  const value = Number(number.replaceAll(',', '')) * (unit === undefined ? 100 : 1)
  const cents = Math.round(value)
  return Math.abs(value - cents) < 1e-6 * Math.max(1, value) && cents < 100_000_000 ? cents : undefined
}
