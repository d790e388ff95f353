/**
 * An amount of money as a label states it, in US cents: exact where both ends are equal, `up to $10` from 0 to 1000,
 * `from $10` without an upper end.
 */
export interface StatedAmount {
  readonly atLeastCents: number
  readonly atMostCents?: number | undefined
}

export type FeeKind = 'equipment' | 'professional_installation' | 'self_installation' | 'activation' | 'other'

/**
 * A fee that a label itemizes.
 *
 * Only fees that every customer pays count in a cost. `optional` is what one can do without ("Optional gateway lease"),
 * `conditional` what one pays for something that need not happen (late payment, a bill on paper).
 */
export interface PlanFee {
  readonly name: string
  readonly kind: FeeKind
  readonly applies: 'always' | 'optional' | 'conditional'
  /** Absent where the label names the fee without its amount, or says that it varies. */
  readonly amount?: StatedAmount | undefined
}

export type PlanTaxes =
  | { readonly kind: 'included' | 'varies' | 'none' }
  | { readonly kind: 'amount'; readonly amount: StatedAmount }
  | { readonly kind: 'other'; readonly text: string }

/** A figure that labels give as one number or as a range; both ends equal where it is one. */
export interface StatedRange {
  readonly low: number
  readonly high: number
}

export type PlanData = { readonly kind: 'unlimited' } | { readonly kind: 'limited'; readonly gigabytes: number }

/**
 * A plan as one row of a provider's broadband labels states it (47 CFR 8.1). What the row leaves blank is absent here:
 * nothing is filled in. A regular or an introductory price is always there.
 */
export interface Plan {
  /** Unique plan identifier: `F`, the FRN of ten digits, 1 to 15 letters and digits. */
  readonly upi: string
  readonly frn: string
  readonly providerId: number
  /** As on the label; may differ from the name people know. */
  readonly providerName?: string | undefined
  readonly planName: string
  readonly tierName?: string | undefined
  readonly customer?: 'residential' | 'business' | undefined
  /** FCC technology codes that the label can mean: one, or several ("Satellite" is 60 or 61). Absent: left open. */
  readonly technologyCodes?: readonly number[] | undefined
  /** Where the technology comes from: a column of the label, or words in the plan's name. */
  readonly technologyFrom?: 'label' | 'plan_name' | undefined
  /** The price for a month without introductory rate, before discounts, fees and taxes. */
  readonly regularPriceCents?: number | undefined
  /** The price at first. Its price or its length may be left out by the label. */
  readonly introductory?: { readonly priceCents?: number | undefined; readonly months?: number | undefined } | undefined
  readonly contract?:
    | { readonly isRequired: boolean; readonly months?: number | undefined; readonly termsUrl?: string | undefined }
    | undefined
  /** Absent: the label does not say. Empty: it says that there are none. */
  readonly monthlyFees?: readonly PlanFee[] | undefined
  readonly oneTimeFees?: readonly PlanFee[] | undefined
  /** Absent amount: the label says that it varies. */
  readonly earlyTermination?:
    | { readonly amount?: StatedAmount | undefined; readonly text?: string | undefined }
    | undefined
  readonly taxes?: PlanTaxes | undefined
  /** Off the price of each month for paying automatically. */
  readonly autopayDiscountCents?: number | undefined
  readonly discounts?: string | undefined
  readonly discountsUrl?: string | undefined
  readonly downloadMbps?: StatedRange | undefined
  readonly uploadMbps?: StatedRange | undefined
  readonly latencyMs?: StatedRange | undefined
  readonly data?: PlanData | undefined
  /** What more data costs: the fee for each `gigabytes`, which the label may leave out. */
  readonly extraData?: { readonly fee?: StatedAmount | undefined; readonly gigabytes?: number | undefined } | undefined
  readonly restrictions?: string | undefined
  readonly dataPolicyUrl?: string | undefined
  readonly networkManagementUrl?: string | undefined
  readonly privacyUrl?: string | undefined
  readonly supportUrl?: string | undefined
  /** E.164. */
  readonly supportPhone?: string | undefined
  readonly source: PlanSource
  /** What had to be assumed in reading the row, in sentences. */
  readonly readingNotes: readonly string[]
}

/** Where a plan was read. */
export interface PlanSource {
  readonly sourceId: number
  readonly file: string
  readonly sheet?: string | undefined
  /** As a spreadsheet numbers it: the header is 1 where it stands first. In JSON the position in its list, from 1. */
  readonly row: number
}
