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
  /** Locations of the area that the provider filed for, out of all that anybody filed for. */
  readonly share?: { readonly filed: number; readonly all: number } | undefined
  /** `location`, `block_and_hexagon`, `block` or `hexagon`. */
  readonly precision?: string | undefined
  readonly asOfDate?: string | undefined
}

/** One line of a plan's price, as its label states it; without an amount the label leaves it open. */
export interface PriceLine {
  readonly name: string
  readonly cents?: number | undefined
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
  readonly twoYearCents?: number | undefined
  /** True when parts of the price are not stated, so that the total is the least it can be. */
  readonly isTwoYearLowerBound: boolean
  readonly unknownParts: readonly string[]
  readonly isContractRequired?: boolean | undefined
  readonly dataAllowance?: string | undefined
  readonly label?: PlanLabel | undefined
}

/** Plan facts in the order of the FCC's broadband consumer label. */
export interface PlanLabel {
  readonly groups: readonly PlanLabelGroup[]
  readonly uniquePlanIdentifier?: string | undefined
}

export interface PlanLabelGroup {
  readonly heading: string
  /** Shown at the heading's right, in bold. */
  readonly value?: string | undefined
  readonly rows: readonly { readonly name: string; readonly value: string }[]
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
  readonly rankReasons: readonly string[]
}
