import type { Plan, PlanFee, StatedRange } from '../../dataset/plans/plan.ts'
import { formatAmount, formatCents, formatData, formatRange } from './format-stated.ts'
import { startingPriceCents } from './plan-pricing.ts'

/** A line of the label: what it is about and what the provider states. */
export interface LabelLine {
  readonly name: string
  /** `Not stated by the provider` where `isStated` is false. */
  readonly text: string
  readonly isStated: boolean
  readonly url?: string | undefined
}

/**
 * The facts of a plan in the order of the FCC's broadband consumer label (47 CFR 8.1), to be shown from top to bottom.
 *
 * It is laid out like that label and is not it: only the provider publishes that, under the same plan identifier.
 */
export interface ConsumerLabel {
  readonly title: 'Plan facts'
  readonly providerName?: string | undefined
  readonly planName: string
  readonly broadbandKind: 'Fixed broadband'
  readonly monthlyPrice: LabelLine
  /** Whether that is an introductory rate, how long, and what comes after. */
  readonly introductoryRate: LabelLine
  readonly contract: LabelLine
  readonly monthlyFees: readonly LabelLine[]
  readonly oneTimeFees: readonly LabelLine[]
  readonly earlyTerminationFee: LabelLine
  readonly governmentTaxes: LabelLine
  readonly discounts: LabelLine
  readonly typicalDownloadSpeed: LabelLine
  readonly typicalUploadSpeed: LabelLine
  readonly typicalLatency: LabelLine
  readonly dataIncluded: LabelLine
  readonly additionalData: LabelLine
  readonly networkManagement: LabelLine
  readonly privacy: LabelLine
  readonly customerSupport: LabelLine
  readonly uniquePlanIdentifier: string
}

const NOT_STATED = 'Not stated by the provider'

/** Lays out a plan like the FCC's broadband consumer label. */
export function layOutLabel(plan: Plan): ConsumerLabel {
  return {
    title: 'Plan facts',
    ...(plan.providerName === undefined ? {} : { providerName: plan.providerName }),
    planName: plan.planName,
    broadbandKind: 'Fixed broadband',
    monthlyPrice: line('Monthly price', formatCents(startingPriceCents(plan))),
    introductoryRate: line('Introductory rate', introductoryText(plan)),
    contract: line('Contract', contractText(plan), plan.contract?.termsUrl),
    monthlyFees: feeLines(plan.monthlyFees, 'Provider monthly fees'),
    oneTimeFees: feeLines(plan.oneTimeFees, 'One-time fees at the time of purchase'),
    earlyTerminationFee: line('Early termination fee', earlyTerminationText(plan)),
    governmentTaxes: line('Government taxes', taxesText(plan)),
    discounts: line('Discounts and bundles', discountsText(plan), plan.discountsUrl),
    typicalDownloadSpeed: line('Typical download speed', withUnit(plan.downloadMbps, 'Mbps')),
    typicalUploadSpeed: line('Typical upload speed', withUnit(plan.uploadMbps, 'Mbps')),
    typicalLatency: line('Typical latency', withUnit(plan.latencyMs, 'ms')),
    dataIncluded: line('Data included with monthly price', plan.data && formatData(plan.data), plan.dataPolicyUrl),
    additionalData: line('Charges for additional data usage', extraDataText(plan)),
    networkManagement: linkLine('Network management', plan.networkManagementUrl),
    privacy: linkLine('Privacy', plan.privacyUrl),
    customerSupport: line('Customer support', plan.supportPhone ?? plan.supportUrl, plan.supportUrl),
    uniquePlanIdentifier: plan.upi,
  }
}

/** Whether the price is introductory, in the words of the label: `$49.99 for 12 months, then $69.99.` */
export function introductoryText({ introductory, regularPriceCents }: Plan): string {
  if (!introductory) return 'This monthly price is not an introductory rate.'
  const price = introductory.priceCents === undefined ? 'An introductory price' : formatCents(introductory.priceCents)
  const period =
    introductory.months === undefined
      ? 'for a period that is not stated'
      : `for ${introductory.months} ${introductory.months === 1 ? 'month' : 'months'}`
  return regularPriceCents === undefined
    ? `${price} ${period}; the price after is not stated.`
    : `${price} ${period}, then ${formatCents(regularPriceCents)}.`
}

function contractText({ contract }: Plan): string | undefined {
  if (!contract) return undefined
  if (!contract.isRequired) return 'This monthly price does not require a contract.'
  return contract.months === undefined
    ? 'This monthly price requires a contract; its length is not stated.'
    : `This monthly price requires a ${contract.months}-month contract.`
}

function feeLines(fees: readonly PlanFee[] | undefined, name: string): LabelLine[] {
  if (!fees || fees.length === 0) return [line(name, fees && 'None')]
  return fees.map((fee) => {
    const amount = fee.amount ? formatAmount(fee.amount) : undefined
    return line(fee.name, amount && (fee.applies === 'always' ? amount : `${amount} (only if it applies)`))
  })
}

function earlyTerminationText({ earlyTermination }: Plan): string | undefined {
  if (!earlyTermination) return undefined
  const { amount, text } = earlyTermination
  if (!amount) return text
  return text === undefined ? formatAmount(amount) : `${formatAmount(amount)} (${text})`
}

function taxesText({ taxes }: Plan): string | undefined {
  if (!taxes) return undefined
  if (taxes.kind === 'amount') return formatAmount(taxes.amount)
  if (taxes.kind === 'other') return taxes.text
  return { included: 'Included', varies: 'Varies by location', none: 'None' }[taxes.kind]
}

function discountsText({ autopayDiscountCents, discounts, discountsUrl }: Plan): string | undefined {
  const isToldAlready = autopayDiscountCents === undefined || /auto ?-?pay/i.test(discounts ?? '')
  const autopay = isToldAlready ? [] : [`${formatCents(autopayDiscountCents)} a month off with AutoPay`]
  const texts = [...autopay, ...(discounts === undefined ? [] : [discounts])]
  return texts.length > 0 ? texts.join('; ') : discountsUrl
}

function extraDataText({ extraData }: Plan): string | undefined {
  if (!extraData?.fee) return extraData && 'Varies'
  if (extraData.fee.atMostCents === 0) return 'None'
  const amount = formatAmount(extraData.fee)
  return extraData.gigabytes === undefined ? amount : `${amount} for each additional ${extraData.gigabytes} GB`
}

function withUnit(range: StatedRange | undefined, unit: string): string | undefined {
  return range && `${formatRange(range)} ${unit}`
}

function linkLine(name: string, url: string | undefined): LabelLine {
  return line(name, url && 'Read the policy', url)
}

function line(name: string, text: string | undefined, url?: string): LabelLine {
  return { name, text: text ?? NOT_STATED, isStated: text !== undefined, ...(url === undefined ? {} : { url }) }
}
