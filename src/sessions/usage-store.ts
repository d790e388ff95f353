import { PAGE_ACCOUNT_PREFIX } from '../access/page-token.ts'
import type { Session } from './session.ts'

/** What usage can be told apart by. `outcome` is of sessions alone, `provider` of clicks alone. */
export const USAGE_DIMENSIONS = ['day', 'token', 'campaign', 'outcome', 'provider'] as const

export type UsageDimension = (typeof USAGE_DIMENSIONS)[number]

/** Which usage is asked for. */
export interface UsageQuery {
  /** First and last day in UTC, both included: 2026-11-24. */
  readonly fromDay: string
  readonly toDay: string
  readonly accountId?: string | undefined
  readonly campaignId?: string | undefined
  readonly by: readonly UsageDimension[]
}

/** Usage of all that is the same in the dimensions asked for; the others are absent. */
export interface UsageCount {
  readonly day?: string
  /** The account of the token: a token that replaces another goes on with its account. */
  readonly accountId?: string
  /** The caller's `campaign_id`; empty where it named none. */
  readonly campaignId?: string
  /** `open` until a session ends; see `session-outcome.ts` for the others. */
  readonly outcome?: string
  /** FCC provider id. */
  readonly providerId?: number
  /** Sessions created on the day. */
  readonly sessions: number
  /** Links to providers that were followed on the day. */
  readonly clicks: number
}

/**
 * Counts sessions and followed links. Nothing of who looked up or followed what, or for which address, is kept.
 *
 * A session is counted from the moment that it is stored: as itself while it is open, as a number after it has ended.
 */
export interface UsageStore {
  countClick(click: { at: number; accountId: string; campaignId: string; providerId: number }): Promise<void>
  /**
   * Turns sessions that have ended into numbers, at most `limit` at once, each exactly once however many processes do so
   * and whichever of them dies. @returns how many.
   */
  countEnded(limit: number): Promise<number>
  /** In the order of the dimensions asked for. */
  list(query: UsageQuery): Promise<readonly UsageCount[]>
}

/** Each view of the page has an account of its own; they are counted as one. */
export function countedAccount({ accountId }: Pick<Session, 'accountId'>): string {
  return accountId.startsWith(PAGE_ACCOUNT_PREFIX) ? 'page' : accountId
}

/** A campaign as it is counted: text that every engine takes. */
export function countedCampaign(campaignId = ''): string {
  return campaignId.toWellFormed().replaceAll('\u0000', '\uFFFD')
}
