import type { JsonReader } from '../api/read-json.ts'
import type { Plan } from './answer.ts'

/** The plans of a provider's catalog: its internet plans, in the order of the API. */
export function readPlans(providerId: string, catalog: readonly JsonReader[]): Plan[] {
  return catalog
    .flatMap((entry) => entry.objects('products'))
    .map((product, index) => {
      const pricing = product.object('pricing')
      const introductoryMonths = product.number('initial_term_discount_months')
      const monthly = pricing.object('monthly_price').number('amount_cents')
      return {
        key: `${providerId}/${product.text('id') ?? index}`,
        name: product.text('name') ?? '',
        technology: product.text('technology'),
        downloadSpeed: product.text('download_speed'),
        uploadSpeed: product.text('upload_speed'),
        firstMonthlyCents: monthly,
        laterMonthlyCents: monthly,
        introductoryMonths,
        twoYearCents: undefined,
        isTwoYearLowerBound: false,
        unknownParts: [],
        isContractRequired: product.flag('is_contract_required'),
        dataAllowance: product.text('data_limit'),
      }
    })
}
