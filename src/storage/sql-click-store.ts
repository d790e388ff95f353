import type { ClickStore } from '../sessions/click-store.ts'
import type { SqlState } from './sql-state.ts'

interface Row {
  readonly day: string
  readonly campaign_id: string
  readonly provider_id: number
  readonly clicks: number
}

/** Counts of followed links in either engine. */
export function sqlClickStore(sql: SqlState): ClickStore {
  return {
    count: async ({ day, campaignId, providerId }) => {
      await sql.write(
        `INSERT INTO click (day, campaign_id, provider_id, clicks) VALUES ($1, $2, $3, 1)
          ON CONFLICT (day, campaign_id, provider_id) DO UPDATE SET clicks = click.clicks + 1`,
        // PostgreSQL refuses NUL in any text.
        [day, campaignId.replaceAll('\u0000', '\uFFFD'), providerId],
      )
    },
    list: async (sinceDay) => {
      const rows = await sql.read<Row>(`SELECT day, campaign_id, provider_id, clicks FROM click WHERE day >= $1`, [
        sinceDay,
      ])
      return rows
        .map((row) => ({ day: row.day, campaignId: row.campaign_id, providerId: row.provider_id, clicks: row.clicks }))
        .sort((a, b) => compare(a.day, b.day) || compare(a.campaignId, b.campaignId) || a.providerId - b.providerId)
    },
  }
}

/** By code units, which no collation of a database changes. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
