/** How often links to a provider were followed on one day. */
export interface ClickCount {
  /** The day in UTC: 2026-11-24. */
  readonly day: string
  /** The caller's `campaign_id`; empty where the look-up named none. */
  readonly campaignId: string
  /** FCC provider id. */
  readonly providerId: number
  readonly clicks: number
}

/** Counts followed links. Nothing of who followed one, or for which address, is kept. */
export interface ClickStore {
  count(click: Omit<ClickCount, 'clicks'>): Promise<void>
  /** The counts since a day, that day included, in the order of day, campaign and provider. */
  list(sinceDay: string): Promise<readonly ClickCount[]>
}
