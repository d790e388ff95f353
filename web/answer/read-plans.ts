import type { JsonReader } from '../api/read-json.ts'
import type { Plan, PlanLabel } from './answer.ts'

/** The plans of a provider's catalog, in the order of the API. */
export function readPlans(providerId: string, catalog: readonly JsonReader[]): Plan[] {
  return catalog
    .flatMap((entry) => entry.objects('products'))
    .map((product, index) => readPlan(product, providerId, index))
}

function readPlan(product: JsonReader, providerId: string, index: number): Plan {
  const pricing = product.object('pricing')
  const cents = (name: string) => pricing.object(name).number('amount_cents')
  const monthly = cents('monthly_price')
  const discount = cents('initial_term_discount')
  const isIntroductory = pricing.flag('is_monthly_price_introductory') === true
  const cost = product.object('cost')
  const twoYears = cost.object('first_24_months')
  return {
    key: `${providerId}/${product.text('id') ?? index}`,
    name: product.text('name') ?? '',
    technology: product.text('technology'),
    downloadSpeed: product.text('download_speed'),
    uploadSpeed: product.text('upload_speed'),
    firstMonthlyCents: monthly === undefined ? undefined : monthly - (discount ?? 0),
    laterMonthlyCents: isIntroductory ? undefined : monthly,
    introductoryMonths:
      discount === undefined && !isIntroductory ? undefined : product.number('initial_term_discount_months'),
    monthsCents: cost.numbers('months_cents'),
    twoYearCents: twoYears.number('amount_cents'),
    twoYearWithAutopayCents: twoYears.number('with_autopay_cents'),
    isTwoYearLowerBound: twoYears.flag('is_lower_bound') ?? true,
    unknownParts: cost.objects('unknown').map((part) => ({ part: part.text('part') ?? '', fee: part.text('fee') })),
    oneTimeFeesCents: cost.number('one_time_fees_cents'),
    autopayDiscountCents: cents('autopay_discount'),
    isContractRequired: product.flag('is_contract_required'),
    dataAllowance: product.text('data_limit'),
    label: readLabel(product.object('label')),
  }
}

/** The lines of the FCC's label, in its order. */
const LABEL_LINES = [
  'monthly_price',
  'introductory_rate',
  'contract',
  'monthly_fees',
  'one_time_fees',
  'early_termination_fee',
  'government_taxes',
  'discounts',
  'typical_download_speed',
  'typical_upload_speed',
  'typical_latency',
  'data_included',
  'additional_data',
  'network_management',
  'privacy',
  'customer_support',
] as const

export type LabelLineKey = (typeof LABEL_LINES)[number]

function readLabel(label: JsonReader): PlanLabel | undefined {
  if (!label.isThere) return undefined
  return {
    lines: Object.fromEntries(
      LABEL_LINES.map((name) => {
        const lines = label.objects(name)
        return [name, (lines.length > 0 ? lines : [label.object(name)]).filter((line) => line.isThere).map(readLine)]
      }),
    ),
    uniquePlanIdentifier: label.text('unique_plan_identifier'),
  }
}

function readLine(line: JsonReader) {
  return {
    name: line.text('name') ?? '',
    text: line.text('text') ?? '',
    isStated: line.flag('is_stated') ?? true,
    url: line.text('url'),
  }
}
