import type { FeeKind, PlanFee } from '../../dataset/plans/plan.ts'
import { parseMoney } from './parse-money.ts'
import type { MoneyText } from './parse-money.ts'

/** A cell of fee names and the cell of their amounts; either may be blank, and both may hold lists. */
export interface FeeCells {
  readonly names: string
  readonly amounts: string
}

export type FeesText =
  | { readonly kind: 'blank' }
  /** Empty where the label says that there are none. */
  | { readonly kind: 'fees'; readonly fees: readonly PlanFee[] }
  | { readonly kind: 'mismatch' }

export interface FeeColumn {
  /** How often its fees are paid. */
  readonly per: 'month' | 'once'
  /** What a fee without name is called. */
  readonly unnamed: string
  /** The column is of one fee (`installation`), so that words beside its amount say more about that fee. */
  readonly isOneFee?: boolean | undefined
}

const KINDS: readonly (readonly [FeeKind, RegExp])[] = [
  ['self_installation', /self[ -]?(install|set|activation)|install\w* kit/i],
  ['professional_installation', /install|technician|truck roll/i],
  ['activation', /activat|set[ -]?up|connect(?!ivity)|provision|initiation/i],
  [
    'equipment',
    /equipment|modem|router|gateway|wi-?fi|extender|mesh|pods?\b|\bont\b|dish|antenna|receiver|terminal|kit\b|device|hardware|lease|rental|station/i,
  ],
]
const CONDITIONAL =
  /\blate\b|returned|non-?sufficient|\bnsf\b|insufficient|reconnect|restor|unreturned|not returned|lost|damage|paper (bill|statement|invoice)|printed bill|missed|suspen|relocat|moving|transfer|seasonal/i
const OPTIONAL =
  /optional|if (selected|needed|applicable|rented|requested|leased)|waived (if|when|with|for|by|online)|may apply|add-?on|upgrade|as needed/i
const SEPARATOR = /\s*(?:;|\||\r?\n)\s*/

/**
 * Reads the fees of a label's columns: lists in two cells (`Router; virus scan` and `9.95;4.00`), numbered pairs of
 * columns, or names and amounts together (`Modem rental $10.00, Wi-Fi $5`).
 *
 * A fee whose amount is missing or varies is kept without it. `mismatch` when two lists have different lengths, since
 * then nobody can tell which amount belongs to which name.
 */
export function readFees(cells: readonly FeeCells[], column: FeeColumn): FeesText {
  const fees: PlanFee[] = []
  let isStated = false
  for (const { names, amounts } of cells) {
    const read = readPair(listOf(names), listOf(amounts), column)
    if (read === 'mismatch') return { kind: 'mismatch' }
    if (read === undefined) continue
    isStated = true
    fees.push(...read)
  }
  return isStated ? { kind: 'fees', fees } : { kind: 'blank' }
}

/** What a name says about a fee: its kind, and whether everybody pays it. */
function classifyFee(name: string): Pick<PlanFee, 'kind' | 'applies'> {
  const kind = KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other'
  const applies = CONDITIONAL.test(name) ? 'conditional' : OPTIONAL.test(name) ? 'optional' : 'always'
  return { kind, applies }
}

function readPair(
  names: readonly string[],
  amounts: readonly string[],
  column: FeeColumn,
): PlanFee[] | undefined | 'mismatch' {
  const named = names.filter((name) => parseMoney(name).kind !== 'none')
  if (named.length === 0) {
    if (amounts.length === 0) return names.length > 0 ? [] : undefined
    return amounts.flatMap(splitTogether).flatMap((entry) => readTogether(entry, column))
  }
  if (amounts.length === 0) return named.flatMap(splitTogether).flatMap((entry) => readTogether(entry, column))
  const pairs = [named, named.flatMap((name) => name.split(/\s*,\s*/))].find((list) => list.length === amounts.length)
  if (!pairs) return amounts.every((amount) => parseMoney(amount).kind === 'none') ? [] : 'mismatch'
  return pairs.map((name, at) => toFee(name, parseMoney(amounts[at] ?? ''), column))
}

function listOf(cell: string): string[] {
  const text = cell.trim()
  if (/^\[.*\]$/s.test(text)) {
    try {
      const list: unknown = JSON.parse(text)
      if (Array.isArray(list)) return list.map(String).filter((entry) => entry !== '')
    } catch {
      return [text]
    }
  }
  return text.split(SEPARATOR).filter((entry) => entry !== '')
}

/** Several fees with their amounts in one entry are separated by commas. */
function splitTogether(entry: string): string[] {
  const amounts = entry.match(/\$\s?[\d.]/g) ?? []
  return amounts.length > 1 ? entry.split(/\s*,\s*(?=[a-z])|\s+(?:and|\+|&)\s+(?=[a-z][^$]*\$)/i) : [entry]
}

const AMOUNT_INSIDE =
  /(?:\b(?:up to|from|starting at|max(?:imum)?(?: of)?)\s+)?(?:\$\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:-|–|to)\s?\$?\d[\d,]*(?:\.\d+)?)?|(?<=[\s:(=])\d[\d,]*\.\d{2}(?!\d)|^\d[\d,]*(?:\.\d+)?$)(?:\s?(?:\/|per |a )\s?(?:month|mo|year|yr)\b\.?)?/i

/** What says of an amount that it varies, to the end of the text. */
const VARYING = /[\s:(–-]*\b(var(y|ies|iable)|depend|contact|call|see|based on|pro-?rated|tbd)\b.*$/i

function readTogether(entry: string, column: FeeColumn): PlanFee[] {
  const whole = parseMoney(entry)
  if (whole.kind === 'none' || whole.kind === 'blank') return []
  if (whole.kind === 'amount') return whole.amount.atMostCents === 0 ? [] : [toFee(column.unnamed, whole, column)]
  if (/^(yes|apply|applies)$/i.test(entry)) return [toFee(column.unnamed, whole, column)]
  if (whole.kind === 'varies') return [toFee(entry.replace(VARYING, ''), whole, column)]
  const [amount = ''] = AMOUNT_INSIDE.exec(entry) ?? []
  const [before = '', after = ''] = amount === '' ? [entry] : entry.split(amount)
  const isSentence = /[a-z]/i.test(before) && /[a-z]/i.test(after)
  const name = isSentence ? entry : `${before}${after}`
  return [toFee(name, parseMoney(amount === '' ? 'varies' : amount), column)]
}

/** Without the punctuation that held an amount. */
function cleanName(name: string): string {
  return name
    .replace(/\(\s*\)/g, ' ')
    .replace(/^\(([^()]*)\)$/, '$1')
    .replace(/^[\s:=,.–-]+|[\s:=,.–-]+$/g, '')
    .replace(/\s+/g, ' ')
}

function nameFee(stated: string, { unnamed, isOneFee }: FeeColumn): string {
  const name = cleanName(stated) || unnamed
  if (!isOneFee || name === unnamed || classifyFee(name).kind !== 'other') return name
  return `${unnamed} (${name.replace(/^\(|\)$/g, '')})`
}

function toFee(stated: string, money: MoneyText, column: FeeColumn): PlanFee {
  const { per } = column
  const name = nameFee(stated, column)
  const fee = { name, ...classifyFee(name) }
  if (money.kind === 'none') return { ...fee, amount: { atLeastCents: 0, atMostCents: 0 } }
  if (money.kind !== 'amount' || (money.per ?? per) !== per) return fee
  return { ...fee, amount: money.amount }
}
