import type { Plan } from '../../dataset/plans/plan.ts'
import type { LabelCells } from './label-cells.ts'
import { normalizeHeader } from './label-field.ts'
import type { LabelField } from './label-field.ts'
import { exactCents, parseMoney } from './parse-money.ts'
import { parseMonths, parseYesNo } from './parse-terms.ts'
import type { RejectionReason } from './rejection-reason.ts'

type Prices = Pick<Plan, 'regularPriceCents' | 'introductory'>

/** A month of internet costs less than this even for a firm; more is a price in cents, or of something else. */
const MOST_CENTS = 500_000

/**
 * Reads the regular and the introductory price of a month and tells them apart.
 *
 * Files differ: the FCC's template keeps the regular price in `monthly_price` and the other in `intro_rate_price`; the
 * printed label shows the introductory price as the monthly one, with the price after. Where a label only says that its
 * price is introductory, the price after stays unknown. The lower of two prices is the introductory one, in whichever
 * column it stands.
 */
export function readPrices(cells: LabelCells, notes: string[]): Prices | RejectionReason {
  const billing = parseMonths(cells.first('billingMonths'))
  if (billing !== undefined && billing > 1) return 'price_not_monthly'
  const steps = splitPriceSteps(cells.first('price'))
  if (steps) return readSteps(steps, notes)
  const price = readPrice(statedPrice(cells, 'price'))
  if (typeof price === 'string') return price
  const after = readPrice(statedPrice(cells, 'priceAfterIntro'))
  if (typeof after === 'string') return after
  const flagText = cells.first('introFlag')
  const flagPrice = parseMoney(flagText)
  const intro = readIntroPrice(cells, flagPrice.kind === 'amount' && parseYesNo(flagText) === undefined ? flagText : '')
  if (typeof intro === 'string') return intro
  const months = readIntroMonths(cells)
  const isIntroductory = parseYesNo(flagText)
  if (price === undefined && intro.cents === undefined)
    return after === undefined ? 'price_missing' : { regularPriceCents: after }
  if (isIntroductory === false) {
    if (intro.cents !== undefined && intro.cents > 0 && intro.cents !== (price ?? intro.cents))
      return 'introductory_contradiction'
    return { regularPriceCents: price ?? after ?? intro.cents }
  }
  const hasIntroPrice = intro.cents !== undefined && (intro.cents > 0 || isIntroductory === true || (months ?? 0) > 0)
  if (after !== undefined) return order(hasIntroPrice ? intro.cents : price, after, months, notes)
  if (hasIntroPrice) return order(intro.cents, price, months, notes)
  if (isIntroductory === true || (months ?? 0) > 0) return { introductory: introOf(price, months) }
  return { regularPriceCents: price }
}

function order(
  intro: number | undefined,
  regular: number | undefined,
  months: number | undefined,
  notes: string[],
): Prices {
  if (intro === undefined) return { regularPriceCents: regular }
  if (regular === undefined) return { introductory: introOf(intro, months) }
  if (intro === regular) return { regularPriceCents: regular }
  if (intro < regular) return { regularPriceCents: regular, introductory: introOf(intro, months) }
  notes.push('The introductory price was the higher of two, so that the two were exchanged.')
  return { regularPriceCents: intro, introductory: introOf(regular, months) }
}

function introOf(priceCents: number | undefined, months: number | undefined): Prices['introductory'] {
  return {
    ...(priceCents === undefined ? {} : { priceCents }),
    ...(months === undefined || months === 0 ? {} : { months }),
  }
}

function readIntroMonths(cells: LabelCells): number | undefined {
  return [cells.first('introMonths'), cells.first('introText')].map(parseMonths).find((months) => months !== undefined)
}

function readIntroPrice(cells: LabelCells, flagText: string): { cents?: number | undefined } | RejectionReason {
  const stated = statedPrice(cells, 'introPrice') || flagText
  const money = parseMoney(stated)
  if (money.kind === 'blank' || money.kind === 'none') return {}
  const cents = money.kind === 'amount' ? exactCents(money.amount) : undefined
  if (cents === undefined || cents > MOST_CENTS || (money.kind === 'amount' && money.isNegative))
    return 'introductory_price_unreadable'
  return { cents }
}

interface PriceSteps {
  readonly price: string
  readonly months: string
  readonly after: string
}

/** Longer cells are something else, and would take the pattern long. */
const LONGEST_STEPS = 200
const STEPS =
  /^(.*?\d.*?)\s+for (?:(?:the|your) )?(?:first )?((?:\d+|[a-z]+)[\s-]*(?:months?|mos?\b\.?|years?))[.,;]?\s*(?:and )?(?:then|after(?:wards| that)?|thereafter)[,:]?\s+(.*\d.*)$/i

/** `$49.99/mo for 12 months, then $69.99` holds both prices and the length of the first. */
function splitPriceSteps(cell: string): PriceSteps | undefined {
  if (cell.length > LONGEST_STEPS) return undefined
  const [, price, months, after] = STEPS.exec(cell) ?? []
  return price === undefined || months === undefined || after === undefined ? undefined : { price, months, after }
}

function readSteps({ price, months, after }: PriceSteps, notes: string[]): Prices | RejectionReason {
  const intro = readPrice(price)
  const regular = readPrice(after)
  if (typeof intro === 'string') return intro
  if (typeof regular === 'string') return regular
  return order(intro, regular, parseMonths(months), notes)
}

function readPrice(stated: string): number | undefined | RejectionReason {
  const money = parseMoney(stated)
  if (money.kind === 'blank' || money.kind === 'none') return undefined
  if (money.kind === 'varies') return 'price_not_exact'
  if (money.kind === 'unreadable') return money.why === 'several_amounts' ? 'price_several_amounts' : 'price_unreadable'
  if (money.isNegative) return 'price_negative'
  if ((money.per ?? 'month') !== 'month') return 'price_not_monthly'
  const cents = exactCents(money.amount)
  if (cents === undefined) return 'price_not_exact'
  if (cents === 0) return 'price_zero'
  return cents > MOST_CENTS ? 'price_implausible' : cents
}

/** A column such as `amount_cents` holds cents. */
function statedPrice(cells: LabelCells, field: LabelField): string {
  const stated = cells.all(field).find(({ cell }) => cell !== '')
  if (!stated) return ''
  const isCents = /\bcents\b/.test(normalizeHeader(stated.header)) && /^\d+$/.test(stated.cell)
  return isCents ? `${stated.cell}¢` : stated.cell
}
