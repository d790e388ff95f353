import type { View } from '../page/view.ts'
import type { Answer } from '../search/search-stage.ts'
import type { Provider } from './answer.ts'
import { describeShare } from './offering-row.ts'

/** The answer as plain text in the page's language, for a letter or a chat. */
export function renderText(answer: Answer, providers: readonly Provider[], view: View): string {
  const { t, format } = view
  const lines = [answer.serviceAddress, t.answer.results(answer.providers.length), '']
  for (const { name, offerings, plans, telephone } of providers) {
    lines.push(telephone === undefined ? name : `${name} (${telephone})`)
    for (const offering of offerings) {
      const speed = (mbps: number) => (mbps === 0 ? t.offering.below : format.speed(mbps))
      const facts = [
        t.technologies[offering.technology] ?? offering.technology,
        `${t.offering.upTo} ${speed(offering.maxDownloadMbps)} / ${speed(offering.maxUploadMbps)}`,
        t.verdicts[offering.confirmation?.result === 'refused' ? 'disputed' : (offering.verdict ?? '')],
        describeShare(offering, view),
        offering.asOfDate && t.offering.asOf(offering.asOfDate),
        offering.confirmation && t.confirmations[offering.confirmation.result],
      ]
      lines.push(`  ${facts.filter(Boolean).join(' · ')}`)
    }
    for (const plan of plans) {
      const price =
        plan.firstMonthlyCents === undefined
          ? t.plan.priceUnknown
          : `${format.money(plan.firstMonthlyCents)}${t.plan.perMonth}`
      lines.push(`  ${plan.name}: ${price}`)
    }
    if (plans.length === 0) lines.push(`  ${t.provider.noPlans}`)
    lines.push('')
  }
  lines.push(t.footer.dataSet(answer.dataSet))
  return lines.join('\n')
}

const CSV_COLUMNS = [
  'service_address',
  'provider',
  'technology',
  'max_download_mbps',
  'max_upload_mbps',
  'verdict',
  'locations_filed',
  'locations_in_area',
  'precision',
  'as_of_date',
  'provider_says',
  'plan',
  'first_monthly_price',
  'later_monthly_price',
  'introductory_months',
  'two_year_total',
  'two_year_total_is_lower_bound',
  'data_set',
] as const

/** The answer as CSV (RFC 4180), a row for each offering and each plan; what is not known stays empty. */
export function renderCsv(answer: Answer, providers: readonly Provider[]): string {
  type Row = Partial<Record<(typeof CSV_COLUMNS)[number], string | number | boolean | undefined>>
  const common = { service_address: answer.serviceAddress, data_set: answer.dataSet }
  const rows = providers.flatMap(({ name, offerings, plans }): Row[] => [
    ...offerings.map((offering) => ({
      ...common,
      provider: name,
      technology: offering.technology,
      max_download_mbps: offering.maxDownloadMbps,
      max_upload_mbps: offering.maxUploadMbps,
      verdict: offering.verdict,
      locations_filed: offering.share?.filed,
      locations_in_area: offering.share?.all,
      precision: offering.precision,
      as_of_date: offering.asOfDate,
      provider_says: offering.confirmation?.result,
    })),
    ...plans.map((plan) => ({
      ...common,
      provider: name,
      technology: plan.technology,
      max_download_mbps: plan.downloadSpeed,
      max_upload_mbps: plan.uploadSpeed,
      plan: plan.name,
      first_monthly_price: toDollars(plan.firstMonthlyCents),
      later_monthly_price: toDollars(plan.laterMonthlyCents),
      introductory_months: plan.introductoryMonths,
      two_year_total: toDollars(plan.twoYearCents),
      two_year_total_is_lower_bound: plan.twoYearCents === undefined ? undefined : plan.isTwoYearLowerBound,
    })),
  ])
  const lines = rows.map((row) => CSV_COLUMNS.map((column) => quoteCsv(row[column])).join(','))
  return [CSV_COLUMNS.join(','), ...lines, ''].join('\r\n')
}

/** The whole answer as the page holds it, unfiltered. */
export function renderJson(answer: Answer): string {
  const { token: _sessionToken, ...rest } = answer
  return JSON.stringify(rest, undefined, 2)
}

function toDollars(cents: number | undefined): string | undefined {
  return cents === undefined ? undefined : (cents / 100).toFixed(2)
}

/** Also keeps a spreadsheet from taking a text for a formula. */
function quoteCsv(value: string | number | boolean | undefined): string {
  if (typeof value !== 'string') return String(value ?? '')
  const harmless = /^[=+\-@\t]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
