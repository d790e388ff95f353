import { SANDBOX_TOKEN } from '../access/api-token.ts'
import type { ApiToken } from '../access/api-token.ts'
import type { ApiTokenStore } from '../access/api-token-store.ts'
import { tokenNotFound } from '../access/create-api-token.ts'
import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { USAGE_DIMENSIONS } from './usage-store.ts'
import type { UsageCount, UsageDimension, UsageStore } from './usage-store.ts'

const DAY_MS = 86_400_000

/** What is listed where the wish names no first day. */
const LISTED_DAYS = 30

/** Which usage somebody wants to see, in his own words; what is left out has its default. */
export interface UsageWishes {
  /** First day in UTC; 30 days before the last one. */
  readonly from?: string | undefined
  /** Last day in UTC; today. */
  readonly to?: string | undefined
  /** The id of a token, for which those of the same account count too. */
  readonly token?: string | undefined
  /** A `campaign_id`; empty for what has none. */
  readonly campaign?: string | undefined
  /** Dimensions by commas; `day,token,campaign`. */
  readonly by?: string | undefined
}

/** Usage with the name that its token has now. */
export interface NamedUsage extends UsageCount {
  readonly tokenName?: string
}

/**
 * Lists usage: what has ended as it was counted, open sessions as they are.
 *
 * @throws AppError `invalid_params` for a day or dimension that there is not, `token_not_found` for an unknown token.
 */
export async function listUsage(
  { usage, tokens, clock }: { usage: UsageStore; tokens: ApiTokenStore; clock: Clock },
  { from, to, token, campaign, by = 'day,token,campaign' }: UsageWishes,
): Promise<readonly NamedUsage[]> {
  const toDay = readDay(to) ?? toDayText(clock())
  const fromDay = readDay(from) ?? toDayText(Date.parse(toDay) - LISTED_DAYS * DAY_MS)
  const dimensions = readDimensions(by)
  const known = [SANDBOX_TOKEN, PAGE_TOKEN, ...(await tokens.list())]
  const counts = await usage.list({
    fromDay,
    toDay,
    accountId: token === undefined ? undefined : findAccount(known, token),
    campaignId: campaign,
    by: dimensions,
  })
  const names = new Map(known.map(({ accountId, name }) => [accountId, name]))
  return counts.map((count) => {
    if (count.accountId === undefined) return count
    const { sessions, clicks, ...told } = count
    return { ...told, tokenName: names.get(count.accountId) ?? '', sessions, clicks }
  })
}

/** All views of the page, which are counted as one. */
const PAGE_TOKEN = { id: 'page', accountId: 'page', name: 'Page' }

function findAccount(known: readonly Pick<ApiToken, 'id' | 'accountId'>[], tokenId: string): string {
  const token = known.find(({ id }) => id === tokenId)
  if (token === undefined) throw tokenNotFound()
  return token.accountId
}

function readDay(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time) || toDayText(time) !== text) {
    throw new AppError('invalid_params', 'Give days such as 2026-11-01.')
  }
  return text
}

function toDayText(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function readDimensions(text: string): UsageDimension[] {
  const dimensions = text
    .split(',')
    .filter((name) => name !== '')
    .map((name) => {
      const dimension = USAGE_DIMENSIONS.find((known) => known === name)
      if (dimension === undefined) {
        throw new AppError('invalid_params', `Usage is told apart by ${USAGE_DIMENSIONS.join(', ')}, not by ${name}.`)
      }
      return dimension
    })
  if (dimensions.includes('outcome') && dimensions.includes('provider')) {
    throw new AppError('invalid_params', 'Sessions have outcomes and clicks have providers: ask for one of them.')
  }
  return [...new Set(dimensions)]
}
