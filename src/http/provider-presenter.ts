import type { ProviderOffer } from '../internet/describe-offers.ts'
import type { CoverageArea, InternetAnswer, Offering } from '../internet/internet-answer.ts'
import { providerUuid } from '../internet/provider-uuid.ts'
import type { RankingWeights } from '../internet/rank-providers.ts'
import { technologyCategory, technologyName } from '../internet/technology.ts'
import type { LookUps } from '../sessions/look-ups.ts'
import { presentCatalog, presentPrice } from './plan-presenter.ts'

const rendered = new WeakMap<InternetAnswer, Buffer>()

const NONE = Buffer.from('[]')

/** The providers of an answer as a JSON array; in the neutral order rendered once for an answer used again. */
export function renderProviders(
  answer: InternetAnswer,
  lookUps: Pick<LookUps, 'describeOffers'>,
  weights?: RankingWeights,
): Buffer {
  if (answer.outcome === 'failed') return NONE
  if (weights !== undefined) return Buffer.from(JSON.stringify(presentProviders(answer, lookUps, weights)))
  let json = rendered.get(answer)
  if (json === undefined) {
    json = Buffer.from(JSON.stringify(presentProviders(answer, lookUps)))
    rendered.set(answer, json)
  }
  return json
}

/** The providers of an answer in the API's shape, none where nobody serves the place. */
export function presentProviders(
  answer: InternetAnswer,
  { describeOffers }: Pick<LookUps, 'describeOffers'>,
  weights?: RankingWeights,
): object[] {
  if (answer.outcome === 'failed') return []
  return describeOffers(answer, { weights }).map((offer) => presentProvider(offer, answer.area))
}

const NO_PROMO = { promo_text: '', promo_logo_url: '' } as const

function presentProvider(offer: ProviderOffer, area: CoverageArea): object {
  const { provider, plans, humRank, reasons, rankingVersion, profile } = offer
  const { providerId, displayName, brandName, offerings } = provider
  const website = profile.website?.value
  return {
    provider_id: providerUuid(providerId),
    provider_name: displayName,
    provider_icon: null,
    provider_logo: `/logos/${providerId}.svg`,
    telephone: profile.telephone?.value ?? null,
    url: website ?? null,
    security_token: null,
    buyflow_type: null,
    min_plan_price: presentPrice(offer.minPlanPriceCents),
    button_label: website === undefined ? null : new URL(website).hostname.replace(/^www\./, ''),
    provider_promo: NO_PROMO,
    url_promo: NO_PROMO,
    offerings: offerings.map((offering) => presentOffering(offering, area)),
    product_catalog: presentCatalog(plans, humRank),
    fcc_provider_id: providerId,
    filed_brand_name: brandName,
    support_url: profile.supportUrl?.value ?? null,
    hum_rank: humRank,
    rank_reasons: reasons,
    ranking_version: rankingVersion,
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
    source_id: offering.sourceId,
  }
}
