import type { JsonReader } from '../api/read-json.ts'
import type { Offering, Provider, Verdict } from './answer.ts'
import { readPlans } from './read-plans.ts'

const VERDICTS: readonly string[] = ['available', 'likely', 'possible'] satisfies Verdict[]

/** Providers in the order of the API. A provider without an id is known by its place in that order. */
export function readProviders(providers: readonly JsonReader[]): Provider[] {
  return providers.map((provider, index) => {
    const id = provider.text('provider_id') ?? `provider-${index}`
    const offerings = provider.objects('offerings').map(readOffering)
    return {
      id,
      name: provider.text('provider_name') ?? '',
      logoUrl: provider.text('provider_logo'),
      telephone: provider.text('telephone'),
      url: provider.text('url'),
      offerings,
      plans: readPlans(id, provider.objects('product_catalog')),
      lowestPriceCents: provider.object('min_plan_price').number('amount_cents'),
      rankReasons: provider.objects('rank_reasons').map(readRankReason),
    }
  })
}

function readRankReason(reason: JsonReader) {
  const weight = reason.number('weight') ?? 0
  return {
    criterion: reason.text('criterion') ?? '',
    points: weight * (reason.number('value') ?? 0),
    mostPoints: weight,
  }
}

function readOffering(offering: JsonReader): Offering {
  const filed = offering.number('locations')
  const all = offering.number('locations_in_area')
  const inBlock = offering.number('locations_in_block')
  const verdict = offering.text('verdict')
  const technology = offering.text('technology') ?? 'Other'
  return {
    technology,
    isWired: ['Fiber', 'Cable', 'DSL'].includes(technology),
    maxDownloadMbps: offering.number('max_download_speed') ?? 0,
    maxUploadMbps: offering.number('max_upload_speed') ?? 0,
    verdict: isVerdict(verdict) ? verdict : undefined,
    share: filed !== undefined && all !== undefined ? { filed, all, isPartOfBlock: (inBlock ?? all) > all } : undefined,
    precision: offering.text('precision'),
    asOfDate: offering.text('as_of_date'),
    confirmation: readConfirmation(offering.object('confirmation')),
  }
}

function readConfirmation(confirmation: JsonReader): Offering['confirmation'] {
  const result = confirmation.text('result')
  if (result !== 'confirmed' && result !== 'refused') return undefined
  return { result, askedAt: confirmation.text('asked_at') }
}

function isVerdict(text: string | undefined): text is Verdict {
  return text !== undefined && VERDICTS.includes(text)
}
