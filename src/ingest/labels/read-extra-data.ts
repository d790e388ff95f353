import type { Plan } from '../../dataset/plans/plan.ts'
import type { LabelCells } from './label-cells.ts'
import { parseMoney } from './parse-money.ts'
import { parseData } from './parse-terms.ts'

/** The fee and the gigabytes that it buys: `$10 per 50 GB`, or a fee and an amount of data in two columns. */
export function readExtraData(cells: LabelCells): Plan['extraData'] {
  const stated = cells.first('extraDataFee')
  const [, fee = stated, amount = ''] =
    /^(.*?\d)\s*(?:\/|\bper\b|\bfor (?:each|every)\b|\beach\b|\bfor\b)\s*(?:additional |extra )?(\d*\s*[gt]b?)\b.*$/i.exec(
      stated,
    ) ?? []
  const money = parseMoney(fee)
  const data = parseData(/^\d/.test(amount) ? amount : amount === '' ? cells.first('extraDataAmount') : `1 ${amount}`)
  const gigabytes = data?.kind === 'limited' ? data.gigabytes : undefined
  if (money.kind === 'none') return { fee: { atLeastCents: 0, atMostCents: 0 } }
  if (money.kind === 'amount') return { fee: money.amount, ...(gigabytes === undefined ? {} : { gigabytes }) }
  return money.kind === 'blank' ? undefined : {}
}
