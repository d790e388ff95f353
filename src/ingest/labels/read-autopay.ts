import type { Plan } from '../../dataset/plans/plan.ts'
import type { LabelCells } from './label-cells.ts'
import { exactCents, parseMoney } from './parse-money.ts'

/**
 * Reads what is taken off each month for AutoPay: a column of its own, or an amount beside the word. A discount that the
 * price contains already cannot be taken off again, nor one that is no less than the price.
 */
export function readAutopay(
  cells: LabelCells,
  prices: Pick<Plan, 'regularPriceCents' | 'introductory'>,
  notes: string[],
): number | undefined {
  const money = parseMoney(cells.first('autopay') || autopayIn(cells.first('discounts')))
  const cents = money.kind === 'amount' && (money.per ?? 'month') === 'month' ? exactCents(money.amount) : undefined
  const price = prices.introductory?.priceCents ?? prices.regularPriceCents ?? 0
  if (cents === undefined || cents === 0 || cents >= price) return undefined
  if (!/\b(price|rate)s?\b[^.;]{0,40}\b(includes?|reflects?|already|after)\b/i.test(cells.first('discounts')))
    return cents
  notes.push('The label says that the price includes the AutoPay discount, so that none is taken off.')
  return undefined
}

const DOLLARS = String.raw`(\$\s?\d+(?:\.\d{1,2})?)`
const AUTOPAY_WORDINGS = [
  `${DOLLARS}[^$.;]{0,15}\\b(?:off|discount|credit|savings?)\\b[^$.;]{0,40}\\bauto ?-?pay`,
  `\\b(?:save|less|discount of)\\s*${DOLLARS}[^$;]{0,40}\\bauto ?-?pay`,
  `${DOLLARS}\\s*auto ?-?pay`,
  `\\bauto ?-?pay[^$.;\\d]{0,40}${DOLLARS}`,
].map((wording) => new RegExp(wording, 'i'))

/** The discount that a text names: `$10 off with AutoPay`, `AutoPay: $10/mo`. A price with AutoPay is none. */
function autopayIn(text: string): string {
  return AUTOPAY_WORDINGS.map((wording) => wording.exec(text)?.[1]).find((amount) => amount !== undefined) ?? ''
}
