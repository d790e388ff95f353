import type { PlanData, PlanTaxes } from '../../dataset/plans/plan.ts'
import { parseMoney } from './parse-money.ts'
import { plainText } from './plain-text.ts'

const NO =
  /^(no|n|false|0|none|null|n\/?a|not applicable|is not|does not.*|not? required|no contract.*|month[ -]to[ -]month|without.*)$/i
const YES = /^(yes|y|true|is|does.*|required?.*|requires.*)$/i

/** Reads what labels write for yes and no: `Yes`, `TRUE`, `is not`, `does not require`, `N/A`, `month-to-month`. */
export function parseYesNo(cell: string): boolean | undefined {
  const text = cell.trim()
  if (NO.test(text)) return false
  return YES.test(text) ? true : undefined
}

const WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]
const LONGEST_MONTHS = 120

/**
 * Reads a length of time in months: `12`, `12 months`, `1 year`, `two-year`, `first three months`. `None` is 0.
 *
 * @returns `undefined` when the text names none, one that is not whole months, or more than ten years.
 */
export function parseMonths(cell: string): number | undefined {
  const text = cell.trim().toLowerCase()
  if (/^(none|no|null|n\/?a|not applicable)$/.test(text)) return 0
  const [, figure = '', unit = ''] =
    /(\d+(?:\.0+)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)[\s-]*(month|mo\b|mos\b|year|yr|day|week|$)/.exec(
      text,
    ) ?? []
  if (figure === '') return undefined
  const word = WORDS.indexOf(figure)
  const count = word < 0 ? Number(figure) : word
  if (unit === '' && text !== figure) return undefined
  const months = unit === 'day' ? count / 30 : unit === 'week' ? count / 4 : unit.startsWith('y') ? count * 12 : count
  return Number.isInteger(months) && months <= LONGEST_MONTHS ? months : undefined
}

/**
 * Reads what a label says about taxes: included, varying, none, or an amount for a month. A rate is kept as text, also
 * where a spreadsheet holds it as a fraction (`0.08`, shown there as 8%), since labels do not say what it is a part of.
 */
export function parseTaxes(cell: string): PlanTaxes | undefined {
  const text = plainText(cell)
  if (text === '') return undefined
  if (/^0?\.\d+$/.test(text)) return { kind: 'other', text: `${Number((Number(text) * 100).toFixed(6))}%` }
  if (/\bnot? (included|incl)|exclud|plus|additional|extra|vary|varies|variable|location/i.test(text))
    return { kind: 'varies' }
  if (/\binclu/i.test(text)) return { kind: 'included' }
  const money = parseMoney(text)
  if (money.kind === 'none') return { kind: 'none' }
  if (money.kind === 'varies') return { kind: 'varies' }
  if (money.kind === 'amount' && (money.per ?? 'month') === 'month') {
    return money.amount.atMostCents === 0 ? { kind: 'none' } : { kind: 'amount', amount: money.amount }
  }
  return { kind: 'other', text }
}

const GIGABYTES: Readonly<Record<string, number>> = { m: 0.001, g: 1, t: 1000 }

/**
 * Reads the data that a price includes: `Unlimited`, `1.2 TB`, `1,200 GB`, `50`. `NULL` and `N/A` are written for no
 * limit (so the FCC's template says); a blank is no answer, and neither is 0, since no plan includes nothing.
 */
export function parseData(cell: string): PlanData | undefined {
  const text = plainText(cell)
  if (/unlimited|^(null|none|n\/?a|not applicable|no (data )?(cap|limit)s?.*|inf(inite)?)$/i.test(text))
    return { kind: 'unlimited' }
  const [, figure = '', unit = 'g'] =
    /^(\d[\d,]*(?:\.\d+)?)(?:\s*([mgt])(?:i?b|ig(?:abyte)?s?|(?:eg|er)a(?:byte)?s?)?)?(?![a-z.,\d])/i.exec(text) ?? []
  const amount = Number(figure.replaceAll(',', ''))
  if (figure === '' || !Number.isFinite(amount) || amount === 0) return undefined
  return { kind: 'limited', gigabytes: Math.round(amount * (GIGABYTES[unit.toLowerCase()] ?? 1) * 1000) / 1000 }
}

/** A North American telephone number as E.164, wherever it stands in the text. Numbers spelled in letters are none. */
export function parsePhone(cell: string): string | undefined {
  const [, area, exchange, line] =
    /(?:^|\D)(?:\+?1[\s.-]*)?\(?([2-9]\d{2})\)?[\s./-]*([2-9]\d{2})[\s./-]*(\d{4})(?!\d)/.exec(cell) ?? []
  return area === undefined ? undefined : `+1${area}${exchange}${line}`
}

/** The first web address in the text, completed where it lacks the scheme. Nothing but http and https is one. */
export function parseUrl(cell: string): string | undefined {
  const [found] =
    /https?:\/\/[^\s"'<>;|]+|\bwww\.[^\s"'<>;|]+|^([a-z\d-]+\.)+[a-z]{2,}(\/[^\s"'<>;|]*)?$/i.exec(cell.trim()) ?? []
  if (found === undefined) return undefined
  const url = URL.parse(/^https?:/i.test(found) ? found : `https://${found}`)
  return url && url.username === '' && url.password === '' ? url.href : undefined
}
