/** How finely the filings tell a place: one location, block and hexagon together, block alone, or hexagon alone. */
export type AreaPrecision = 'location' | 'block_and_hexagon' | 'block' | 'hexagon'

/** The area that stands in for the address, since public filings end at block and hexagon. */
export interface CoverageArea {
  readonly precision: AreaPrecision
  readonly blockGeoid?: string | undefined
  readonly h3?: string | undefined
  /** Locations in the area that any provider filed for: the denominator of every share. */
  readonly locations: number
}

export type CustomerKind = 'residential' | 'business'

/** What one provider filed for the area with one technology, for one kind of customer. */
export interface Offering {
  /** FCC BDC code: 10 copper, 40 cable, 50 fibre, 60 and 61 satellite, 70 to 72 fixed wireless, 0 other. */
  readonly technologyCode: number
  /** Highest advertised speeds that the provider filed for a location of the area; 0 means below 10 Mbps, not none. */
  readonly maxDownloadMbps: number
  readonly maxUploadMbps: number
  readonly lowLatency: boolean
  readonly residential: boolean
  readonly business: boolean
  /** Locations of the area that the provider filed for, out of `CoverageArea.locations`. */
  readonly locations: number
  readonly sourceId: number
  readonly asOfDate: string
  readonly revision?: string | undefined
}

/** A provider that filed service for the area. */
export interface ProviderAtPlace {
  /** FCC provider id. */
  readonly providerId: number
  /** The name people know: from the directory, else the filed brand cleaned. */
  readonly displayName: string
  readonly brandName: string
  readonly offerings: readonly Offering[]
}

/** Who serves a place. `failed` means that nobody filed, or that filings for the area are not loaded. */
export type InternetAnswer =
  | { readonly outcome: 'matched'; readonly area: CoverageArea; readonly providers: readonly ProviderAtPlace[] }
  | { readonly outcome: 'failed'; readonly reason: 'nobody_filed' | 'area_not_loaded' | 'place_unknown' }
