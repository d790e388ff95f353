import type { AreaPrecision } from '../dataset/coverage/coverage-index.ts'

export type { AreaPrecision } from '../dataset/coverage/coverage-index.ts'

/** The area that stands in for the address, since public filings end at block and hexagon. */
export interface CoverageArea {
  readonly precision: AreaPrecision
  readonly blockGeoid?: string | undefined
  readonly h3?: string | undefined
  /** Locations in the area that any provider filed for: the denominator of every share. */
  readonly locations: number
  /** Those of the whole block, where the area lies in one; more than `locations` where hexagons cut the block. */
  readonly blockLocations?: number | undefined
}

/** How far a filing for an area can be believed for one address in it. */
export type Verdict = 'available' | 'likely' | 'possible'

export type CustomerKind = 'residential' | 'business'

/** What one provider filed for the area with one technology, for one kind of customer. */
export interface Offering {
  /** FCC BDC code: 10 copper, 40 cable, 50 fibre, 60 and 61 satellite, 70 to 72 fixed wireless, 0 other. */
  readonly technologyCode: number
  /** Highest advertised speeds that the provider filed for a location of the area; 0 means below 10 Mbps, not none. */
  readonly maxDownloadMbps: number
  readonly maxUploadMbps: number
  /** Filed with a round trip of at most 100 ms for a location of the area. */
  readonly lowLatency: boolean
  /** Whether the provider filed this technology in the area for homes, and for businesses. */
  readonly residential: boolean
  readonly business: boolean
  /** Locations of the area that the provider filed for, out of `CoverageArea.locations`. */
  readonly locations: number
  /** `locations` by the area's: the probability that one of its locations, drawn blindly, was filed. */
  readonly share: number
  readonly verdict: Verdict
  /** The claim in a sentence: `Filed for 12 of the 13 locations in this block.` */
  readonly summary: string
  readonly sourceId: number
  /** Absent where the file's name told no date. */
  readonly asOfDate?: string | undefined
  readonly revision?: string | undefined
}

/** A provider that filed service for the area. */
export interface ProviderAtPlace {
  /** FCC provider id. */
  readonly providerId: number
  /** The name people know: from the directory, else the filed brand cleaned. */
  readonly displayName: string
  /** As filed for most of the area's locations; may be a legal name, or empty. */
  readonly brandName: string
  /** Terrestrial before satellite, then by verdict, technology and speed. Never empty. */
  readonly offerings: readonly Offering[]
}

/** Who serves a place. `failed` means that nobody filed, or that filings for the area are not loaded. */
export type InternetAnswer =
  | { readonly outcome: 'matched'; readonly area: CoverageArea; readonly providers: readonly ProviderAtPlace[] }
  | { readonly outcome: 'failed'; readonly reason: 'nobody_filed' | 'area_not_loaded' | 'place_unknown' }
