import type Database from 'better-sqlite3'
import type { SessionStore } from '../sessions/session-store.ts'
import { createGroupCommit } from './group-commit.ts'
import { fromSessionRow, toJson, toSessionRow } from './session-row.ts'
import type { SessionRow } from './session-row.ts'

const COLUMNS = 'token, account_id, params, created_at, updated_at, last_seen_at, ended_at, geocoding, internet'

/** Sessions in the state file of `openSqliteState`, with every write committed before its promise resolves. */
export function sqliteSessionStore(db: Database.Database): SessionStore {
  const commit = createGroupCommit(db)
  const insert = db.prepare<(string | number | null)[]>(
    `INSERT INTO session (${COLUMNS}, lease_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const find = db.prepare<[string], SessionRow>(`SELECT ${COLUMNS} FROM session WHERE token = ?`)
  const record = db.prepare<[string | null, string | null, number, string]>(
    `UPDATE session SET geocoding = coalesce(geocoding, ?), internet = coalesce(internet, ?), updated_at = ?
      WHERE token = ? AND ended_at IS NULL`,
  )
  const choose = db.prepare<[string | null, number, number, string]>(
    `UPDATE session SET geocoding = ?, internet = NULL, updated_at = ?, lease_until = ?
      WHERE token = ? AND ended_at IS NULL AND json_extract(geocoding, '$.outcome') = 'multiple'`,
  )
  const see = db.prepare<[number, string]>('UPDATE session SET last_seen_at = max(last_seen_at, ?) WHERE token = ?')
  const end = db.prepare<[number, number, string]>(
    `UPDATE session SET ended_at = ?, updated_at = ?, geocoding = NULL, internet = NULL
      WHERE token = ? AND ended_at IS NULL`,
  )
  const claimPending = db.prepare<[number, number, number], SessionRow>(
    `UPDATE session SET lease_until = ? WHERE token IN (
        SELECT token FROM session
        WHERE ended_at IS NULL AND (geocoding IS NULL OR internet IS NULL) AND lease_until <= ?
        ORDER BY created_at LIMIT ?
      ) RETURNING ${COLUMNS}`,
  )
  const endIdle = db.prepare<[number, number, number]>(
    `UPDATE session SET ended_at = ?, updated_at = ?, geocoding = NULL, internet = NULL
      WHERE ended_at IS NULL AND last_seen_at < ?`,
  )
  const eraseParams = db.prepare<[number]>('UPDATE session SET params = NULL WHERE ended_at < ? AND params IS NOT NULL')
  const forget = db.prepare<[number]>('DELETE FROM session WHERE ended_at < ?')

  return {
    insert: async (session, leaseUntil) => {
      const row = toSessionRow(session)
      await commit(() =>
        insert.run(
          row.token,
          row.account_id,
          row.params,
          row.created_at,
          row.updated_at,
          row.last_seen_at,
          row.ended_at,
          row.geocoding,
          row.internet,
          leaseUntil,
        ),
      )
    },
    find: async (token) => {
      const row = find.get(token)
      return row && fromSessionRow(row)
    },
    recordReport: (token, { geocoding, internet }, at) =>
      commit(() => record.run(toJson(geocoding), toJson(internet), at, token).changes > 0),
    recordChoice: (token, candidate, at, leaseUntil) =>
      commit(() => choose.run(toJson({ outcome: 'matched', candidate }), at, leaseUntil, token).changes > 0),
    recordSeen: (seen) =>
      commit(() => {
        for (const [token, at] of seen) see.run(at, token)
      }),
    end: (token, at) => commit(() => end.run(at, at, token).changes > 0),
    claimPending: async ({ limit, now, leaseUntil }) => {
      const rows = await commit(() => claimPending.all(leaseUntil, now, limit))
      return rows.map(fromSessionRow).sort((a, b) => a.createdAt - b.createdAt)
    },
    endIdle: (idleSince, at) => commit(() => endIdle.run(at, at, idleSince).changes),
    eraseParams: (endedBefore) => commit(() => eraseParams.run(endedBefore).changes),
    forget: (endedBefore) => commit(() => forget.run(endedBefore).changes),
  }
}
