import type { Coordinates } from '../lib/coordinates.ts'

/** What the coordinates rest on, best first: an address point, a TIGER address range, a street's middle, a ZIP's centre. */
export type PlacePrecision = 'point' | 'range' | 'street' | 'zip'

/** Where an address is, in the terms that coverage is filed by. */
export interface Place {
  /** The USPS form in one line: `29090 TIFFANY DR E, SOUTHFIELD, MI 48034`, with the unit if one was given. */
  readonly serviceAddress: string
  readonly coordinates: Coordinates
  /** Radius in metres that holds the true building in about nine cases of ten. */
  readonly uncertaintyMeters: number
  readonly precision: PlacePrecision
  /** 2020 census block, 15 digits; absent where no face tells it. */
  readonly blockGeoid?: string | undefined
  /** H3 cell at resolution 8: the parent of the resolution-9 cell that holds the point, as the FCC computes it. */
  readonly h3: string
  readonly stateFips?: string | undefined
  /**
   * How the secondary unit of the request stands: none given, known at this building, given but not in the data,
   * or needed (the building has units and none was given).
   */
  readonly unit: 'none' | 'known' | 'unknown' | 'needed'
  /** Ids of the data set's sources that the place rests on. */
  readonly sourceIds: readonly number[]
}

/** How one part of the asked address stands against the candidate. */
export type PartMatch = 'exact' | 'abbreviated' | 'missing' | 'corrected' | 'wrong'

export type MatchedPart =
  | 'primaryNumber'
  | 'predirectional'
  | 'streetName'
  | 'suffix'
  | 'postdirectional'
  | 'city'
  | 'state'
  | 'zip'

/** A place that the address may mean, with what speaks for it. */
export interface Candidate {
  /** Names the candidate when the caller chooses among several; stable within one data set, URL-safe, holds no address. */
  readonly id: string
  readonly place: Place
  /** 0 to 1; 1 where every part is exact. */
  readonly score: number
  readonly parts: Readonly<Partial<Record<MatchedPart, PartMatch>>>
}

/** A range of a street that exists, offered where the number asked for does not. */
export interface RangeSuggestion {
  readonly street: string
  readonly lowNumber: string
  readonly highNumber: string
  readonly zip?: string | undefined
}

export type UnmatchedReason =
  | 'not_an_address'
  /** A post office box, or mail to be picked up at a post office. */
  | 'post_office_box'
  /** A box on a rural or highway contract route, or of the military's mail. */
  | 'rural_route'
  /** A street without a house number. */
  | 'number_missing'
  | 'intersection'
  | 'area_not_loaded'
  | 'street_unknown'
  | 'number_not_in_range'

/** Where an address is, or why that cannot be told. Finding nothing is an answer, not an error. */
export type GeocodeResult =
  | { readonly outcome: 'matched'; readonly candidate: Candidate }
  | {
      readonly outcome: 'multiple'
      readonly candidates: readonly Candidate[]
      /** The parts in which the candidates differ, most telling first. */
      readonly differIn: readonly MatchedPart[]
    }
  | { readonly outcome: 'failed'; readonly reason: UnmatchedReason; readonly suggestions: readonly RangeSuggestion[] }
