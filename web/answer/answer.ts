/** How surely an offering can be had at the address; the words of the API. */
export type Verdict = 'available' | 'likely' | 'possible'

/** What public filings say a provider offers here with one technology. */
export interface Offering {
  /** `Fiber`, `Cable`, `DSL`, `Fixed Wireless`, `Satellite`, `Other`. */
  readonly technology: string
  readonly isWired: boolean
  /** 0 means filed as below 10 Mbps, not "no service". */
  readonly maxDownloadMbps: number
  readonly maxUploadMbps: number
  readonly verdict?: Verdict | undefined
  /**
   * Locations of the area that the provider filed for, out of all that anybody filed for; and whether the area is but a
   * part of its block.
   */
  readonly share?: { readonly filed: number; readonly all: number; readonly isPartOfBlock: boolean } | undefined
  /** `location`, `block_and_hexagon`, `block` or `hexagon`. */
  readonly precision?: string | undefined
  readonly asOfDate?: string | undefined
  /** What the provider itself answered when it was asked about this address; stands beside the filing. */
  readonly confirmation?:
    | { readonly result: 'confirmed' | 'refused'; readonly askedAt?: string | undefined }
    | undefined
}

/** A plan with its price. Whatever the provider did not state is absent, never assumed. */
export interface Plan {
  /** Names the plan within the answer. */
  readonly key: string
  readonly name: string
  readonly technology?: string | undefined
  /** Numbers or ranges, in Mbps, as the provider states them. */
  readonly downloadSpeed?: string | undefined
  readonly uploadSpeed?: string | undefined
  /** What the first months cost each. */
  readonly firstMonthlyCents?: number | undefined
  /** What a month costs once an introductory price has ended; the same where there is none. */
  readonly laterMonthlyCents?: number | undefined
  readonly introductoryMonths?: number | undefined
  /** What falls due in each of the first 24 months. */
  readonly monthsCents: readonly number[]
  readonly twoYearCents?: number | undefined
  readonly twoYearWithAutopayCents?: number | undefined
  /** True when parts of the price are not stated, so that the total is the least it can be. */
  readonly isTwoYearLowerBound: boolean
  /** What the label does not state of the price: a part by the API's name, and which fee where it is one. */
  readonly unknownParts: readonly { readonly part: string; readonly fee?: string | undefined }[]
  readonly oneTimeFeesCents?: number | undefined
  readonly autopayDiscountCents?: number | undefined
  readonly isContractRequired?: boolean | undefined
  readonly dataAllowance?: string | undefined
  readonly label?: PlanLabel | undefined
}

/** A line of the label: what the provider states, or that it does not. */
export interface LabelLine {
  readonly name: string
  readonly text: string
  readonly isStated: boolean
  readonly url?: string | undefined
}

/** Plan facts by the names of the FCC's broadband consumer label; a line of the label may be several. */
export interface PlanLabel {
  readonly lines: Readonly<Record<string, readonly LabelLine[]>>
  readonly uniquePlanIdentifier?: string | undefined
}

export interface Provider {
  readonly id: string
  readonly name: string
  readonly logoUrl?: string | undefined
  /** E.164. */
  readonly telephone?: string | undefined
  readonly url?: string | undefined
  readonly offerings: readonly Offering[]
  readonly plans: readonly Plan[]
  readonly lowestPriceCents?: number | undefined
  readonly rankReasons: readonly RankReason[]
}

/** What one criterion of the neutral order gave a provider. */
export interface RankReason {
  /** `terrestrial`, `verdict`, `technology`, `speed`, `price`. */
  readonly criterion: string
  readonly points: number
  readonly mostPoints: number
}
