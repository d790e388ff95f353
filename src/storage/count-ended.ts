import type Database from 'better-sqlite3'
import type { UsageStore } from '../sessions/usage-store.ts'
import type { SqlState } from './sql-state.ts'
import { countSessionsFrom } from './sql-usage-store.ts'

// A session has an outcome from its end until it is counted, and the same commit counts it and takes the outcome away.

/** In PostgreSQL one statement does both; sessions that another process is counting are left to it. */
export function postgresCountEnded(sql: SqlState): UsageStore['countEnded'] {
  const text = `WITH due AS (
      SELECT token, created_at, account_id, campaign_id, outcome FROM session WHERE outcome IS NOT NULL
        ORDER BY ended_at LIMIT $1 FOR UPDATE SKIP LOCKED
    ), counted AS (${countSessionsFrom('due')}),
    marked AS (
      UPDATE session SET outcome = NULL, campaign_id = NULL WHERE token IN (SELECT token FROM due) RETURNING token
    ) SELECT CAST(count(*) AS BIGINT) AS ended FROM marked`
  return async (limit) => {
    const [row] = await sql.writeReturning<{ ended: number }>(text, [limit])
    return row?.ended ?? 0
  }
}

/** SQLite has no statement that changes two tables: two in one transaction, which nothing comes between. */
export function sqliteCountEnded(db: Database.Database): UsageStore['countEnded'] {
  const due = 'SELECT token FROM session WHERE outcome IS NOT NULL ORDER BY ended_at, token LIMIT ?'
  const count = db.prepare<[number]>(countSessionsFrom(`session WHERE token IN (${due})`))
  const mark = db.prepare<[number]>(`UPDATE session SET outcome = NULL, campaign_id = NULL WHERE token IN (${due})`)
  const countAndMark = db.transaction((limit: number) => {
    count.run(limit)
    return mark.run(limit).changes
  })
  return async (limit) => countAndMark.immediate(limit)
}
