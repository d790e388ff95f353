import type { Plan, PlanSource } from '../../dataset/plan.ts'
import { deduceTechnology } from './deduce-technology.ts'
import type { LabelCells } from './label-cells.ts'
import type { LabelField } from './label-field.ts'
import { exactCents, parseMoney } from './parse-money.ts'
import { parseData, parseMonths, parsePhone, parseTaxes, parseUrl, parseYesNo } from './parse-terms.ts'
import { composePlanIdentifier, parseFrn, parsePlanIdentifier } from './plan-identifier.ts'
import type { PlanIdentifier } from './plan-identifier.ts'
import { readPlanFees } from './read-plan-fees.ts'
import { readPrices } from './read-prices.ts'
import { readSpeeds } from './read-speeds.ts'
import type { SpeedUnits } from './read-speeds.ts'
import type { RejectionReason } from './rejection-reason.ts'

/** A plan, or why the row is none. */
export type PlanResult = { readonly plan: Plan } | { readonly rejected: RejectionReason }

export interface ReadPlanNeeds {
  readonly source: PlanSource
  readonly units: SpeedUnits
  /** The provider that files under an FRN of ten digits. */
  readonly findProviderId: (frn: string) => number | undefined
}

/**
 * Reads a plan from one row of labels. What the row leaves blank stays absent; a row whose identity or price cannot be
 * trusted is none, and says why.
 */
export function readPlan(cells: LabelCells, { source, units, findProviderId }: ReadPlanNeeds): PlanResult {
  const identifier = readIdentifier(cells)
  if (typeof identifier === 'string') return { rejected: identifier }
  const statedConnection = cells.first('connection')
  if (identifier.connection === 'mobile' || /^m(obile)?$/i.test(statedConnection)) return { rejected: 'mobile_plan' }
  const providerId = findProviderId(identifier.frn)
  if (providerId === undefined) return { rejected: 'frn_unknown' }
  const currency = cells.first('currency')
  if (currency !== '' && !/^(usd|us ?\$|\$)$/i.test(currency)) return { rejected: 'currency_not_usd' }
  const notes: string[] = []
  const prices = readPrices(cells, notes)
  if (typeof prices === 'string') return { rejected: prices }
  const fees = readPlanFees(cells)
  if (typeof fees === 'string') return { rejected: fees }
  const speeds = readSpeeds(cells, units, notes)
  if (typeof speeds === 'string') return { rejected: speeds }
  const tierName = named(cells.first('tierName'))
  const planName = named(cells.first('planName')) ?? tierName ?? identifier.upi
  const providerName = named(cells.first('provider'))
  return {
    plan: withoutAbsent({
      upi: identifier.upi,
      frn: identifier.frn,
      providerId,
      providerName,
      planName,
      tierName: tierName === planName ? undefined : tierName,
      customer: readCustomer(cells.first('customer'), [planName, tierName ?? '', providerName ?? '']),
      ...deduceTechnology([cells.first('technology'), statedConnection], [planName, tierName ?? '']),
      ...prices,
      ...fees,
      ...speeds,
      contract: readContract(cells),
      earlyTermination: readEarlyTermination(cells),
      taxes: parseTaxes(cells.first('taxes')),
      autopayDiscountCents: readAutopay(cells, prices, notes),
      discounts: textOf(cells, 'discounts'),
      discountsUrl: linkOf(cells, 'discountsUrl', 'discounts'),
      data: parseData(cells.first('data')),
      extraData: readExtraData(cells),
      restrictions: textOf(cells, 'restrictions'),
      dataPolicyUrl: linkOf(cells, 'dataPolicyUrl', 'data', 'extraDataFee'),
      networkManagementUrl: linkOf(cells, 'networkManagementUrl'),
      privacyUrl: linkOf(cells, 'privacyUrl'),
      supportUrl: linkOf(cells, 'supportUrl', 'supportPhone'),
      supportPhone: parsePhone(cells.first('supportPhone')) ?? parsePhone(cells.first('supportUrl')),
      source,
      readingNotes: notes,
    }),
  }
}

function readIdentifier(cells: LabelCells): PlanIdentifier | RejectionReason {
  const stated = cells.first('upi')
  const frn = cells.first('frn')
  const identifier =
    stated === ''
      ? composePlanIdentifier(cells.first('connection'), frn, cells.first('planCode'))
      : parsePlanIdentifier(stated)
  if (!identifier)
    return stated === '' && (frn === '' || cells.first('planCode') === '') ? 'upi_missing' : 'upi_malformed'
  if (frn !== '' && parseFrn(frn) !== identifier.frn) return 'frn_contradicts_upi'
  return identifier
}

function readCustomer(stated: string, names: readonly string[]): Plan['customer'] {
  if (/^(res|home|consumer|household)/i.test(stated)) return 'residential'
  const isBusiness = /\b(business|enterprise|commercial|smb|soho)\b/i
  return [stated, ...names].some((text) => isBusiness.test(text)) ? 'business' : undefined
}

function readContract(cells: LabelCells): Plan['contract'] {
  const flag = cells.first('contractFlag')
  const details = cells.first('contractText')
  const months = [cells.first('contractMonths'), flag, details].map(parseMonths).find((count) => count !== undefined)
  const isRequired = parseYesNo(flag) ?? (months === undefined ? undefined : months > 0)
  if (isRequired === undefined) return undefined
  if (!isRequired) return { isRequired }
  return withoutAbsent({
    isRequired,
    months: months || undefined,
    termsUrl: linkOf(cells, 'contractUrl', 'contractFlag'),
  })
}

function readEarlyTermination(cells: LabelCells): Plan['earlyTermination'] {
  const text = cells.first('earlyTermination')
  const money = parseMoney(text)
  const details = named(cells.first('earlyTerminationText'))
  if (money.kind === 'blank') return details === undefined ? undefined : { text: details }
  if (money.kind === 'none' || parseYesNo(text) === false) return { amount: { atLeastCents: 0, atMostCents: 0 } }
  if (money.kind === 'amount' && (money.per ?? 'once') === 'once')
    return withoutAbsent({ amount: money.amount, text: details })
  return { text: details ?? text }
}

/** A discount that the price contains already cannot be taken off again, nor one that is no less than the price. */
function readAutopay(
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

/** The fee and the gigabytes that it buys: `$10 per 50 GB`, or a fee and an amount of data in two columns. */
function readExtraData(cells: LabelCells): Plan['extraData'] {
  const stated = cells.first('extraDataFee')
  const [, fee = stated, amount = ''] =
    /^(.*?\d)\s*(?:\/|\bper\b|\bfor (?:each|every)\b|\beach\b|\bfor\b)\s*(?:additional |extra )?(\d*\s*[gt]b?)\b.*$/i.exec(
      stated,
    ) ?? []
  const money = parseMoney(fee)
  const data = parseData(/^\d/.test(amount) ? amount : amount === '' ? cells.first('extraDataAmount') : `1 ${amount}`)
  const gigabytes = data?.kind === 'limited' && data.gigabytes > 0 ? data.gigabytes : undefined
  if (money.kind === 'none') return { fee: { atLeastCents: 0, atMostCents: 0 } }
  if (money.kind === 'amount') return withoutAbsent({ fee: money.amount, gigabytes })
  return money.kind === 'blank' ? undefined : {}
}

function textOf(cells: LabelCells, field: LabelField): string | undefined {
  const text = named(cells.first(field))
  return text === undefined || parseYesNo(text) === false || parseUrl(text) === text ? undefined : text
}

function linkOf(cells: LabelCells, ...fields: readonly LabelField[]): string | undefined {
  return fields.map((field) => parseUrl(cells.first(field))).find((url) => url !== undefined)
}

function named(text: string): string | undefined {
  const name = text.replace(/\s+/g, ' ').trim()
  return name === '' || /^(null|n\/?a|none|undefined|-)$/i.test(name) ? undefined : name
}

/** Members that are absent are left out, so that a plan is the same before and after it was stored as JSON. */
function withoutAbsent<Stated extends object>(stated: Stated): Stated {
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)) as Stated
}
