import type { CoverageArea, InternetAnswer, Offering, ProviderAtPlace } from '../internet/internet-answer.ts'
import { providerUuid } from '../internet/provider-uuid.ts'
import { technologyCategory, technologyName } from '../internet/technology.ts'

const rendered = new WeakMap<InternetAnswer, string>()

/** The providers of an answer as a JSON array in text; rendered once for an answer that is used again. */
export function renderProviders(answer: InternetAnswer): string {
  if (answer.outcome === 'failed') return '[]'
  let text = rendered.get(answer)
  if (text === undefined) {
    text = JSON.stringify(presentProviders(answer))
    rendered.set(answer, text)
  }
  return text
}

/** The providers of an answer in the API's shape, none where nobody serves the place. */
export function presentProviders(answer: InternetAnswer): object[] {
  return answer.outcome === 'failed' ? [] : answer.providers.map((provider) => presentProvider(provider, answer.area))
}

function presentProvider(provider: ProviderAtPlace, area: CoverageArea): object {
  return {
    provider_id: providerUuid(provider.providerId),
    provider_name: provider.displayName,
    fcc_provider_id: provider.providerId,
    offerings: provider.offerings.map((offering) => presentOffering(offering, area)),
    product_catalog: [],
  }
}

function presentOffering(offering: Offering, area: CoverageArea): object {
  return {
    technology: technologyName(offering.technologyCode),
    technology_category: technologyCategory(offering.technologyCode),
    technology_code: String(offering.technologyCode),
    max_download_speed: offering.maxDownloadMbps,
    max_upload_speed: offering.maxUploadMbps,
    low_latency: offering.lowLatency,
    residential: offering.residential,
    business: offering.business,
    verdict: offering.verdict,
    summary: offering.summary,
    locations: offering.locations,
    locations_in_area: area.locations,
    share: Math.round(offering.share * 10_000) / 10_000,
    precision: area.precision,
    as_of_date: offering.asOfDate ?? null,
    revision: offering.revision ?? null,
  }
}
