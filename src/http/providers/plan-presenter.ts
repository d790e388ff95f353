import { formatData, formatRange } from '../../internet/plans/format-stated.ts'
import { introductoryText } from '../../internet/plans/consumer-label.ts'
import type { OfferedPlan } from '../../internet/plans/offered-plan.ts'
import type { PlanCost } from '../../internet/plans/plan-cost.ts'
import type { PlanPricing } from '../../internet/plans/plan-pricing.ts'
import { technologyName } from '../../internet/technology.ts'
import { withSnakeCaseNames } from '../snake-case.ts'

const CATEGORY = { category: 'internet', category_name: 'Internet Service' } as const

/** The plans of a provider as the API's catalog: one category, none where no plan is known. */
export function presentCatalog(plans: readonly OfferedPlan[], humRank: number): object[] {
  if (plans.length === 0) return []
  return [
    {
      ...CATEGORY,
      category_description: 'Internet plans, as the provider states them in its broadband labels',
      products: plans.map((plan) => presentProduct(plan, humRank)),
    },
  ]
}

/** An amount in US dollars; null where it is not known. */
export function presentPrice(cents: number | undefined): object | null {
  return cents === undefined ? null : { amount_cents: cents, currency: 'USD' }
}

/**
 * A plan as a product of the API. What the API names and no broadband label states is null; what does not exist here
 * (television, bundles, a checkout of our own) is empty or false.
 */
function presentProduct(offered: OfferedPlan, humRank: number): object {
  const { plan, id, sku, position, technologyCode, basis, pricing, cost, label, variants } = offered
  return {
    id,
    sku,
    name: plan.planName,
    ...CATEGORY,
    technology: technologyCode === undefined ? null : technologyName(technologyCode).toLowerCase(),
    position,
    select_type: 'radio',
    description: describe(offered),
    download_speed: plan.downloadMbps ? formatRange(plan.downloadMbps) : null,
    upload_speed: plan.uploadMbps ? formatRange(plan.uploadMbps) : null,
    data_limit: plan.data ? formatData(plan.data) : null,
    channel_count: 0,
    streaming_apps: [],
    is_required_to_checkout: false,
    is_contract_required: plan.contract?.isRequired ?? null,
    is_modem_router_included: null,
    is_bundle_qualifier: null,
    bundle_discounts: {},
    is_local_checkout: false,
    required_with_plans: [],
    included_with_plans: [],
    only_available_with_plans: [],
    initial_term_discount_months: pricing.initialTermDiscountMonths,
    second_term_discount_months: 0,
    hum_rank: humRank,
    max_quantity: 1,
    product_promo: {},
    info: introductoryText(plan),
    pricing: presentPricing(pricing),
    technology_code: technologyCode === undefined ? null : String(technologyCode),
    unique_plan_identifier: plan.upi,
    basis: withSnakeCaseNames(basis),
    cost: presentCost(cost),
    label: withSnakeCaseNames(label),
    price_variants: variants ? withSnakeCaseNames(variants) : null,
    source: withSnakeCaseNames(plan.source),
    reading_notes: plan.readingNotes,
  }
}

/** The months as bare amounts, since there are 24 of them; which parts make them lower bounds stands in `unknown`. */
function presentCost({ months, ...figures }: PlanCost): object {
  const withAutopay = months.flatMap(({ withAutopayCents }) => withAutopayCents ?? [])
  return {
    ...(withSnakeCaseNames(figures) as object),
    months_cents: months.map(({ amountCents }) => amountCents),
    months_with_autopay_cents: withAutopay.length === months.length ? withAutopay : null,
  }
}

function describe({ plan, basis }: OfferedPlan): string {
  return [plan.restrictions, basis.summary].filter(Boolean).join(' ')
}

function presentPricing(pricing: PlanPricing): object {
  return {
    extra_data_fee: presentPrice(pricing.extraDataFeeCents),
    professional_installation_fee: presentPrice(pricing.professionalInstallationFeeCents),
    self_installation_fee: presentPrice(pricing.selfInstallationFeeCents),
    activation_fee: presentPrice(pricing.activationFeeCents),
    initial_term_discount: presentPrice(pricing.initialTermDiscountCents),
    second_term_discount: null,
    autopay_discount: presentPrice(pricing.autopayDiscountCents),
    monthly_price: presentPrice(pricing.monthlyPriceCents),
    is_monthly_price_introductory: pricing.isMonthlyPriceIntroductory,
    early_termination_fee: presentPrice(pricing.earlyTerminationFeeCents),
  }
}
