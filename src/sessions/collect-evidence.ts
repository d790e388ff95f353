import { parseAddressFields } from '../address/index.ts'
import type { AddressFields, ParsedAddress } from '../address/index.ts'
import type { Source } from '../dataset/source.ts'
import type { GeocodeResult, Place } from '../geocode/geocode-result.ts'
import type { CoverageArea, InternetAnswer } from '../internet/internet-answer.ts'
import type { LookUps } from './look-ups.ts'

/** A filing that was counted for the area. */
interface CountedFiling {
  readonly fccProviderId: number
  readonly filedBrandName: string
  readonly technologyCode: number
  readonly locations: number
  readonly locationsInArea: number
  readonly sourceId: number
}

/** A row of a broadband label that a plan was read from. */
interface ReadLabel {
  readonly uniquePlanIdentifier: string
  readonly planName: string
  readonly sourceId: number
  readonly row: number
  readonly basis: string
  readonly readingNotes: readonly string[]
}

/** What an answer rests on, step by step. */
export interface Evidence {
  readonly address: Pick<ParsedAddress, 'deliveryLine' | 'lastLine' | 'confidence'> & {
    readonly parts: ParsedAddress['standardized']
  }
  /** What stands in for the address in the filings; absent where no place or no filing was found. */
  readonly area?: CoverageArea | undefined
  readonly filings: readonly CountedFiling[]
  readonly labels: readonly ReadLabel[]
  /** Each file that a fact came from, with vintage and licence. */
  readonly sources: readonly Omit<Source, 'sha256' | 'rejected'>[]
  /** In sentences: what was taken for granted on the way. */
  readonly assumptions: readonly string[]
}

/** Collects what the answer for an address rests on, as far as its agents have come. */
export function collectEvidence(
  lookUps: LookUps,
  params: AddressFields,
  geocoding: Pick<GeocodeResult, 'outcome'> & { readonly candidate?: { readonly place: Place } },
): Evidence {
  const { deliveryLine, lastLine, confidence, standardized } = parseAddressFields(params)
  const place = geocoding.outcome === 'matched' ? geocoding.candidate?.place : undefined
  const internet: InternetAnswer = place ? lookUps.findInternet(place) : { outcome: 'failed', reason: 'place_unknown' }
  const filings = listFilings(internet)
  const labels = listLabels(lookUps, internet)
  const used = new Set([...(place?.sourceIds ?? []), ...[...filings, ...labels].map(({ sourceId }) => sourceId)])
  return {
    address: { deliveryLine, lastLine, confidence, parts: standardized },
    area: internet.outcome === 'matched' ? internet.area : undefined,
    filings,
    labels,
    sources: [...used]
      .toSorted((a, b) => a - b)
      .flatMap((id) => lookUps.sources.get(id) ?? [])
      .map(({ sha256: _sha256, rejected: _rejected, ...source }) => source),
    assumptions: place ? listAssumptions(place, internet, labels.length > 0) : [],
  }
}

function listFilings(internet: InternetAnswer): CountedFiling[] {
  if (internet.outcome === 'failed') return []
  return internet.providers.flatMap(({ providerId, brandName, offerings }) =>
    offerings.map(({ technologyCode, locations, sourceId }) => ({
      fccProviderId: providerId,
      filedBrandName: brandName,
      technologyCode,
      locations,
      locationsInArea: internet.area.locations,
      sourceId,
    })),
  )
}

function listLabels({ describeOffers }: LookUps, internet: InternetAnswer): ReadLabel[] {
  return describeOffers(internet).flatMap(({ plans }) =>
    plans.map(({ plan: { upi, planName, source, readingNotes }, basis }) => ({
      uniquePlanIdentifier: upi,
      planName,
      sourceId: source.sourceId,
      row: source.row,
      basis: basis.summary,
      readingNotes,
    })),
  )
}

/** What the coordinates stand for, where they are not the building's own. */
const PLACED: Readonly<Record<Place['precision'], readonly string[]>> = {
  point: [],
  range: ['House numbers are spread evenly along the street, ten metres off its middle.'],
  street: ['Only the street was found: its middle stands in for the address.'],
  zip: ['Only the ZIP code was found: its centre stands in for the address.'],
}

function listAssumptions(place: Place, internet: InternetAnswer, hasLabels: boolean): string[] {
  const precision = internet.outcome === 'matched' ? internet.area.precision : undefined
  const isArea = precision !== undefined && precision !== 'location'
  return [
    ...PLACED[place.precision],
    ...(precision === 'hexagon' ? [hexagonInstead(place)] : []),
    ...(isArea
      ? [
          'Public filings end at block and hexagon: this address counts like any other location there.',
          'The locations of the area are those that any provider of the loaded filings filed for.',
        ]
      : []),
    ...(precision !== undefined && place.unit !== 'none'
      ? ['Filings count buildings, not their units: what was filed for the building is taken for each unit.']
      : []),
    ...(hasLabels ? ['Labels do not say where a plan is sold: a filing of its technology here is taken for it.'] : []),
  ]
}

function hexagonInstead({ blockGeoid }: Place): string {
  const why =
    blockGeoid === undefined
      ? 'No census block is known for this place'
      : 'No filing is for the census block of this place'
  return `${why}; filings of the whole hexagon, about 0.3 square miles, stand in for it.`
}
