import type Database from 'better-sqlite3'
import type { SessionStore } from '../sessions/session-store.ts'
import { fromSessionRow, toJson, toSessionRow } from './session-row.ts'
import type { SessionRow } from './session-row.ts'
import type { SqliteWriter } from './sqlite-writer.ts'

const COLUMNS = 'token, account_id, params, created_at, updated_at, last_seen_at, ended_at, geocoding, internet'

const INSERT = `INSERT INTO session (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
const RECORD = `UPDATE session SET geocoding = coalesce(geocoding, ?), internet = coalesce(internet, ?), updated_at = ?
  WHERE token = ? AND ended_at IS NULL AND (geocoding IS NULL OR internet IS NULL)`
const CHOOSE = `UPDATE session SET geocoding = ?, internet = NULL, updated_at = ?
  WHERE token = ? AND ended_at IS NULL AND json_extract(geocoding, '$.outcome') = 'multiple'`
const SEE = `UPDATE session SET last_seen_at = max(last_seen_at, seen.value)
  FROM json_each(?) AS seen WHERE session.token = seen.key`
const END = `UPDATE session SET ended_at = ?, updated_at = ?, geocoding = NULL, internet = NULL
  WHERE token = ? AND ended_at IS NULL`
const END_IDLE = `UPDATE session SET ended_at = ?, updated_at = ?, geocoding = NULL, internet = NULL
  WHERE ended_at IS NULL AND last_seen_at < ?`
const ERASE_PARAMS = 'UPDATE session SET params = NULL WHERE ended_at < ? AND params IS NOT NULL'
const FORGET = 'DELETE FROM session WHERE ended_at < ?'

/** Sessions in the state file of `openSqliteState`. */
export function sqliteSessionStore(db: Database.Database, writer: SqliteWriter): SessionStore {
  const find = db.prepare<[string], SessionRow>(`SELECT ${COLUMNS} FROM session WHERE token = ?`)
  const findEnded = db
    .prepare<[string], string>(
      'SELECT token FROM session WHERE token IN (SELECT value FROM json_each(?)) AND ended_at IS NOT NULL',
    )
    .pluck()

  return {
    insert: async (session) => {
      const row = toSessionRow(session)
      await writer.change(INSERT, [
        row.token,
        row.account_id,
        row.params,
        row.created_at,
        row.updated_at,
        row.last_seen_at,
        row.ended_at,
        row.geocoding,
        row.internet,
      ])
    },
    find: async (token) => {
      const row = find.get(token)
      return row && fromSessionRow(row)
    },
    recordReport: async (token, { geocoding, internet }, at) =>
      (await writer.change(RECORD, [toJson(geocoding), toJson(internet), at, token])) > 0,
    recordChoice: async (token, candidate, at) =>
      (await writer.change(CHOOSE, [toJson({ outcome: 'matched', candidate }), at, token])) > 0,
    recordSeen: async (seen) => {
      await writer.change(SEE, [JSON.stringify(Object.fromEntries(seen))])
    },
    end: async (token, at) => (await writer.change(END, [at, at, token])) > 0,
    findEnded: async (tokens) => findEnded.all(JSON.stringify(tokens)),
    endIdle: (idleSince, at) => writer.change(END_IDLE, [at, at, idleSince]),
    eraseParams: (endedBefore) => writer.change(ERASE_PARAMS, [endedBefore]),
    forget: (endedBefore) => writer.change(FORGET, [endedBefore]),
  }
}
