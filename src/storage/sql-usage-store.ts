import { countedCampaign } from '../sessions/usage-store.ts'
import type { UsageCount, UsageDimension, UsageStore } from '../sessions/usage-store.ts'
import type { SqlState, SqlValue } from './sql-state.ts'

const DAY_MS = 86_400_000

/** Columns of `usage_count` by the dimension that they tell. */
const COLUMNS: Readonly<Record<UsageDimension, string>> = {
  day: 'day',
  token: 'account_id',
  campaign: 'campaign_id',
  outcome: 'outcome',
  provider: 'provider_id',
}

/** What a session is counted under. `page-…` are the accounts of page views. Days are counted from 1970-01-01 in UTC. */
const SESSION_KEY = `(created_at - created_at % ${DAY_MS}) / ${DAY_MS} AS day,
  CASE WHEN account_id LIKE 'page-%' THEN 'page' ELSE account_id END AS account_id,
  coalesce(campaign_id, '') AS campaign_id`

/**
 * Puts sessions that have ended, out of a table or subquery with the columns of `session`, into the counts; in one order, so
 * that processes that count at the same moment wait for each other in turn.
 */
export const countSessionsFrom = (ended: string): string => `
  INSERT INTO usage_count (day, account_id, campaign_id, outcome, provider_id, sessions, clicks)
    SELECT day, account_id, campaign_id, outcome, 0, count(*), 0 FROM (SELECT ${SESSION_KEY}, outcome FROM ${ended}) AS ended
    WHERE true GROUP BY day, account_id, campaign_id, outcome ORDER BY day, account_id, campaign_id, outcome
    ON CONFLICT (day, account_id, campaign_id, outcome, provider_id)
      DO UPDATE SET sessions = usage_count.sessions + excluded.sessions`

const COUNT_CLICK = `INSERT INTO usage_count (day, account_id, campaign_id, outcome, provider_id, sessions, clicks)
  VALUES ($1, $2, $3, '', $4, 0, 1)
  ON CONFLICT (day, account_id, campaign_id, outcome, provider_id) DO UPDATE SET clicks = usage_count.clicks + 1`

/** All usage: what is counted, and the sessions that are not yet. */
const ALL = `SELECT day, account_id, campaign_id, outcome, provider_id, sessions, clicks FROM usage_count
  UNION ALL SELECT ${SESSION_KEY}, 'open', 0, 1, 0 FROM session WHERE ended_at IS NULL
  UNION ALL SELECT ${SESSION_KEY}, outcome, 0, 1, 0 FROM session WHERE outcome IS NOT NULL`

interface Row {
  readonly day?: number
  readonly account_id?: string
  readonly campaign_id?: string
  readonly outcome?: string
  readonly provider_id?: number
  readonly sessions: number
  readonly clicks: number
}

/** Usage in either engine; `countEnded` is the engine's own. */
export function sqlUsageStore(sql: SqlState, countEnded: UsageStore['countEnded']): UsageStore {
  return {
    countEnded,
    countClick: async ({ at, accountId, campaignId, providerId }) => {
      await sql.write(COUNT_CLICK, [toDayNumber(at), accountId, countedCampaign(campaignId), providerId])
    },
    list: async ({ fromDay, toDay, accountId, campaignId, by }) => {
      const values: SqlValue[] = [toDayNumber(Date.parse(fromDay)), toDayNumber(Date.parse(toDay))]
      const conditions = ['day >= $1', 'day <= $2']
      const demand = (column: string, value: string | undefined): void => {
        if (value !== undefined) conditions.push(`${column} = $${values.push(value)}`)
      }
      demand('account_id', accountId)
      demand('campaign_id', campaignId === undefined ? undefined : countedCampaign(campaignId))
      if (by.includes('outcome')) conditions.push(`outcome <> ''`)
      if (by.includes('provider')) conditions.push('provider_id <> 0')
      const columns = by.map((dimension) => COLUMNS[dimension]).join(', ')
      const rows = await sql.read<Row>(
        `SELECT ${columns === '' ? '' : `${columns},`} CAST(sum(sessions) AS BIGINT) AS sessions, CAST(sum(clicks) AS BIGINT) AS clicks
          FROM (${ALL}) AS usage WHERE ${conditions.join(' AND ')} ${columns === '' ? '' : `GROUP BY ${columns}`}`,
        values,
      )
      return rows
        .toSorted((a, b) => compareRows(a, b, by))
        .filter(({ sessions, clicks }) => sessions + clicks > 0)
        .map(fromRow)
    },
  }
}

function toDayNumber(time: number): number {
  return Math.floor(time / DAY_MS)
}

/** By code units, which no collation of a database changes. */
function compareRows(a: Row, b: Row, by: readonly UsageDimension[]): number {
  for (const dimension of by) {
    const column = COLUMNS[dimension] as keyof Row
    const [left = '', right = ''] = [a[column], b[column]]
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

function fromRow({ day, account_id, campaign_id, outcome, provider_id, sessions, clicks }: Row): UsageCount {
  return {
    ...(day !== undefined && { day: new Date(day * DAY_MS).toISOString().slice(0, 10) }),
    ...(account_id !== undefined && { accountId: account_id }),
    ...(campaign_id !== undefined && { campaignId: campaign_id }),
    ...(outcome !== undefined && { outcome }),
    ...(provider_id !== undefined && { providerId: provider_id }),
    sessions,
    clicks,
  }
}
