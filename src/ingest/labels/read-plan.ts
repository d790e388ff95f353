import type { Plan, PlanSource } from '../../dataset/plans/plan.ts'
import { deduceTechnology } from './deduce-technology.ts'
import type { LabelCells } from './label-cells.ts'
import type { LabelField } from './label-field.ts'
import { parseMoney } from './parse-money.ts'
import { parseData, parseMonths, parsePhone, parseTaxes, parseUrl, parseYesNo } from './parse-terms.ts'
import { composePlanIdentifier, parseFrn, parsePlanIdentifier } from './plan-identifier.ts'
import type { PlanIdentifier } from './plan-identifier.ts'
import { readAutopay } from './read-autopay.ts'
import { readExtraData } from './read-extra-data.ts'
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
