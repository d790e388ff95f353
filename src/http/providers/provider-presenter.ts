import type { ProviderOffer } from '../../internet/describe-offers.ts'
import type { CoverageArea, InternetAnswer, Offering, ProviderAtPlace } from '../../internet/internet-answer.ts'
import { providerUuid } from '../../internet/provider-uuid.ts'
import type { Confirmation } from '../../internet/qualification/qualification.ts'
import type { RankingWeights } from '../../internet/rank-providers.ts'
import { technologyCategory, technologyName } from '../../internet/technology.ts'
import type { LookUps } from '../../sessions/look-ups.ts'
import { toTimestamp } from '../timestamp.ts'
import { writeLinkPath } from './link-path.ts'
import { presentCatalog, presentPrice } from './plan-presenter.ts'

/** How a link through the server is written. */
interface LinkForm {
  /** Where callers reach the server, without a slash at the end; empty for paths. */
  readonly publicUrl: string
  readonly securityToken: string
}

/** How providers are presented. */
export interface ProviderPresentation {
  /** The caller's own; default: the neutral order. */
  readonly weights?: RankingWeights | undefined
  /** For links that lead through the server; absent, they lead straight to the providers' sites. */
  readonly link?: LinkForm | undefined
  /** What the providers themselves said of the address. */
  readonly confirmations?: readonly Confirmation[] | undefined
}

/** The providers of an answer in the API's shape, none where nobody serves the place. */
export function presentProviders(
  answer: InternetAnswer,
  { describeOffers }: Pick<LookUps, 'describeOffers'>,
  { weights, ...presentation }: ProviderPresentation = {},
): object[] {
  if (answer.outcome === 'failed') return []
  return describeOffers(answer, { weights }).map((offer) => presentProvider(offer, answer.area, presentation))
}

const NO_PROMO = { promo_text: '', promo_logo_url: '' } as const

function presentProvider(offer: ProviderOffer, area: CoverageArea, presentation: ProviderPresentation): object {
  const { provider, plans, humRank, reasons, rankingVersion, profile } = offer
  const { providerId, displayName, brandName, offerings } = provider
  const website = profile.website?.value
  return {
    provider_id: providerUuid(providerId),
    provider_name: displayName,
    provider_icon: null,
    provider_logo: `/logos/${providerId}.svg`,
    telephone: profile.telephone?.value ?? null,
    ...presentLink(provider, website, presentation.link),
    buyflow_type: null,
    min_plan_price: presentPrice(offer.minPlanPriceCents),
    button_label: website === undefined ? null : new URL(website).hostname.replace(/^www\./, ''),
    provider_promo: NO_PROMO,
    url_promo: NO_PROMO,
    offerings: offerings.map((offering) =>
      presentOffering(offering, area, findConfirmation(presentation, provider, offering)),
    ),
    product_catalog: presentCatalog(plans, humRank),
    fcc_provider_id: providerId,
    filed_brand_name: brandName,
    support_url: profile.supportUrl?.value ?? null,
    hum_rank: humRank,
    rank_reasons: reasons,
    ranking_version: rankingVersion,
  }
}

function presentLink(
  { providerId, brandName }: ProviderAtPlace,
  website: string | undefined,
  link: LinkForm | undefined,
): object {
  if (website === undefined || link === undefined) return { url: website ?? null, security_token: null }
  const { publicUrl, securityToken } = link
  return { url: publicUrl + writeLinkPath(providerId, brandName, securityToken), security_token: securityToken }
}

function presentOffering(offering: Offering, area: CoverageArea, confirmation: Confirmation | undefined): object {
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
    locations_in_block: area.blockLocations ?? null,
    share: Math.round(offering.share * 10_000) / 10_000,
    precision: area.precision,
    as_of_date: offering.asOfDate ?? null,
    revision: offering.revision ?? null,
    source_id: offering.sourceId,
    confirmation: confirmation === undefined ? null : presentConfirmation(confirmation),
  }
}

function findConfirmation(
  { confirmations }: ProviderPresentation,
  { providerId }: ProviderAtPlace,
  { technologyCode }: Offering,
): Confirmation | undefined {
  return confirmations?.find((said) => said.providerId === providerId && said.technologyCode === technologyCode)
}

/** Stands beside the filing and changes nothing of it: where they disagree, both are told. */
function presentConfirmation({ result, source, at }: Confirmation): object {
  return {
    result,
    agrees_with_filing: result === 'confirmed',
    summary:
      result === 'confirmed'
        ? 'The provider itself says that it serves this address.'
        : 'The provider itself says that it does not serve this address, though it filed service here.',
    source,
    asked_at: toTimestamp(at),
  }
}
