import { openCoverage } from '../dataset/coverage/coverage-index.ts'
import type { AreaCoverage, CoverageIndex, FiledCoverage } from '../dataset/coverage/coverage-index.ts'
import type { DataSet } from '../dataset/data-set.ts'
import { openProviders } from '../dataset/coverage/provider-index.ts'
import type { Coordinates } from '../lib/coordinates.ts'
import { openDisplayNames } from './display-name.ts'
import type { DisplayNames } from './display-name.ts'
import type { CoverageArea, CustomerKind, InternetAnswer, Offering, ProviderAtPlace } from './internet-answer.ts'
import { orderOfferings, orderProviders } from './rank-providers.ts'
import { judgeClaim } from './verdict.ts'

/** Where to look, and for whom. A geocoder's place fits. */
export interface InternetQuery {
  /** 2020 census block, 15 digits; absent where it is not known. */
  readonly blockGeoid?: string | undefined
  /** H3 cell at resolution 8: the parent of the resolution-9 cell that holds the point. */
  readonly h3: string
  /** Tells nobody filed from nothing loaded where no block does. */
  readonly stateFips?: string | undefined
  /** What the place rests on. The middle of a street and a ZIP's centre only approximate the address. */
  readonly precision?: 'point' | 'range' | 'street' | 'zip' | undefined
  /** Where a licensed list of locations is loaded, an address point is looked up in it by these. */
  readonly coordinates?: Coordinates | undefined
  /** Default: residential. */
  readonly customer?: CustomerKind | undefined
}

export interface InternetFinder {
  /**
   * Who filed service for the area that holds the place, in the neutral order.
   *
   * A provider appears with the technologies that it filed for the kind of customer. Speeds filed as zero stay: they
   * mean service below 10 Mbps.
   */
  findInternet(query: InternetQuery): InternetAnswer
}

/** Answers kept at hand: neighbors ask about the same area. Each may come to a hundred kilobytes where it is written out. */
const CACHED_ANSWERS = 512

/**
 * Opens what a data set tells about providers at a place.
 *
 * Two places in one area are given the very same answer while it is at hand; where a location list is loaded, one point.
 */
export function openInternetFinder(dataSet: Pick<DataSet, 'db' | 'sources'>): InternetFinder {
  const coverage = openCoverage(dataSet)
  const needs = { displayName: openDisplayNames(openProviders(dataSet)), sources: dataSet.sources }
  const answers = new Map<string, InternetAnswer>()
  return {
    findInternet: (query) => {
      const { blockGeoid, h3, stateFips, precision, coordinates, customer = 'residential' } = query
      const point = coverage.knowsLocations && precision === 'point' ? coordinates : undefined
      const key = `${blockGeoid} ${h3} ${stateFips} ${customer} ${isApproximate(query)} ${point?.latitude} ${point?.longitude}`
      let answer = answers.get(key)
      if (answer === undefined) {
        answer = findAnswer(coverage, query, point, needs)
        const [oldest] = answers.size < CACHED_ANSWERS ? [] : answers.keys()
        if (oldest !== undefined) answers.delete(oldest)
        answers.set(key, answer)
      }
      return answer
    },
  }
}

interface AnswerNeeds {
  readonly displayName: DisplayNames
  readonly sources: DataSet['sources']
}

function findAnswer(
  coverage: CoverageIndex,
  query: InternetQuery,
  coordinates: Coordinates | undefined,
  needs: AnswerNeeds,
): InternetAnswer {
  const found = coverage.findCoverage({ blockGeoid: query.blockGeoid, h3: query.h3, coordinates })
  if (found === undefined) return { outcome: 'failed', reason: reasonForNone(coverage, query) }
  const area = areaOf(found, query)
  const served = Map.groupBy(found.filings, ({ providerId }) => providerId)
  const providers = [...served].flatMap(([providerId, filings]) =>
    toProvider(providerId, filings, { ...needs, area, query }),
  )
  if (providers.length === 0) return { outcome: 'failed', reason: 'nobody_filed' }
  return { outcome: 'matched', area, providers: orderProviders(providers) }
}

const isApproximate = ({ precision }: InternetQuery): boolean => precision === 'street' || precision === 'zip'

function reasonForNone(coverage: CoverageIndex, query: InternetQuery): 'nobody_filed' | 'area_not_loaded' {
  const stateFips = query.blockGeoid?.slice(0, 2) ?? query.stateFips
  return stateFips !== undefined && coverage.isStateLoaded(stateFips) ? 'nobody_filed' : 'area_not_loaded'
}

function areaOf(
  { precision, locations, blockLocations }: AreaCoverage,
  { blockGeoid, h3 }: InternetQuery,
): CoverageArea {
  return {
    precision,
    blockGeoid: precision === 'hexagon' ? undefined : blockGeoid,
    h3: precision === 'block' ? undefined : h3,
    locations,
    blockLocations,
  }
}

function toProvider(
  providerId: number,
  filings: readonly FiledCoverage[],
  needs: AnswerNeeds & { readonly area: CoverageArea; readonly query: InternetQuery },
): ProviderAtPlace[] {
  const customer = needs.query.customer ?? 'residential'
  const filed = filings.filter((filing) => filing[customer].locations > 0)
  const leading = filed.toSorted((a, b) => b[customer].locations - a[customer].locations)[0]
  if (leading === undefined) return []
  return [
    {
      providerId,
      displayName: needs.displayName(providerId, leading.brandName),
      brandName: leading.brandName,
      offerings: orderOfferings(filed.map((filing) => toOffering(filing, customer, needs))),
    },
  ]
}

function toOffering(
  filing: FiledCoverage,
  customer: CustomerKind,
  {
    area,
    query,
    sources,
  }: { readonly area: CoverageArea; readonly query: InternetQuery; readonly sources: DataSet['sources'] },
): Offering {
  const { locations, maxDownloadMbps, maxUploadMbps, lowLatency } = filing[customer]
  const source = sources.get(filing.sourceId)
  return {
    technologyCode: filing.technologyCode,
    maxDownloadMbps,
    maxUploadMbps,
    lowLatency,
    residential: filing.residential.locations > 0,
    business: filing.business.locations > 0,
    locations,
    share: locations / area.locations,
    ...judgeClaim(locations, area, isApproximate(query)),
    sourceId: filing.sourceId,
    asOfDate: source?.vintage,
    revision: source?.revision,
  }
}
