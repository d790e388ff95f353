import type Database from 'better-sqlite3'
import type { SessionStore } from '../sessions/session-store.ts'
import { createOpenSessionCache } from './open-session-cache.ts'
import { SQLITE_OUTCOME } from './outcome-sql.ts'
import type { WebhookMessage } from '../webhooks/webhook.ts'
import { MESSAGE_COLUMNS, toMessageValues } from './sql-webhook-store.ts'
import type { Write } from './write-batch.ts'
import { fromSessionRow, toJson, toSessionRow } from './session-row.ts'
import type { SessionRow } from './session-row.ts'
import type { SqliteWriter } from './sqlite-writer.ts'

const COLUMNS = 'token, account_id, kind, params, created_at, updated_at, last_seen_at, ended_at, geocoding, internet'

const INSERT = `INSERT INTO session (${COLUMNS}, campaign_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const RECORD = `UPDATE session SET geocoding = coalesce(geocoding, ?), internet = coalesce(internet, ?), updated_at = ?
  WHERE token = ? AND ended_at IS NULL AND (geocoding IS NULL OR internet IS NULL)`
const CHOOSE = `UPDATE session SET geocoding = ?, internet = NULL, updated_at = ?
  WHERE token = ? AND ended_at IS NULL AND json_extract(geocoding, '$.outcome') = 'multiple'`
const SEE = `UPDATE session SET last_seen_at = max(last_seen_at, seen.value)
  FROM json_each(?) AS seen WHERE session.token = seen.key`
const END = `UPDATE session SET ended_at = ?, updated_at = ?, outcome = ${SQLITE_OUTCOME}, geocoding = NULL, internet = NULL
  WHERE token = ? AND ended_at IS NULL`
const END_IDLE = `UPDATE session SET ended_at = ?, updated_at = ?, outcome = ${SQLITE_OUTCOME}, geocoding = NULL, internet = NULL
  WHERE ended_at IS NULL AND last_seen_at < ? AND account_id NOT IN (SELECT value FROM json_each(?))`
const ERASE_PARAMS = 'UPDATE session SET params = NULL WHERE ended_at < ? AND params IS NOT NULL'
const FORGET = 'DELETE FROM session WHERE ended_at < ? AND outcome IS NULL'

/** Left out where the webhook was removed meanwhile. */
const TELL = `INSERT INTO webhook_message (${MESSAGE_COLUMNS})
  SELECT $1, $2, $3, $4, $5, $5, 'pending', 0 WHERE EXISTS (SELECT 1 FROM webhook WHERE account_id = $2)`

/**
 * Sessions in the state file of `openSqliteState`. Only this process writes to it, so that an open session need not be
 * read again from there.
 */
export function sqliteSessionStore(db: Database.Database, writer: SqliteWriter): SessionStore {
  const find = db.prepare<[string], SessionRow>(`SELECT ${COLUMNS} FROM session WHERE token = ?`)
  const open = createOpenSessionCache()

  async function changeOne(token: string, ...write: Parameters<SqliteWriter['change']>): Promise<boolean> {
    try {
      return (await writer.change(...write)) > 0
    } finally {
      open.drop(token)
    }
  }
  const findIdle = db.prepare<[number, string, number], SessionRow>(
    `SELECT ${COLUMNS} FROM session
      WHERE ended_at IS NULL AND last_seen_at < ? AND account_id IN (SELECT value FROM json_each(?)) LIMIT ?`,
  )
  const findEnded = db
    .prepare<[string], string>(
      'SELECT token FROM session WHERE token IN (SELECT value FROM json_each(?)) AND ended_at IS NOT NULL',
    )
    .pluck()

  return {
    insert: async (session, message) => {
      const row = toSessionRow(session)
      const values = [
        row.token,
        row.account_id,
        row.kind,
        row.params,
        row.created_at,
        row.updated_at,
        row.last_seen_at,
        row.ended_at,
        row.geocoding,
        row.internet,
        row.campaign_id,
      ]
      await writer.change(INSERT, values, toWrite(message))
      open.keep(session)
    },
    find: (token) => {
      const known = open.get(token)
      if (known !== undefined) return known
      const row = find.get(token)
      const session = row && fromSessionRow(row)
      if (session !== undefined) open.keep(session)
      return session
    },
    recordReport: (token, { geocoding, internet }, at, message) =>
      changeOne(token, RECORD, [toJson(geocoding), toJson(internet), at, token], toWrite(message)),
    recordChoice: (token, candidate, at) =>
      changeOne(token, CHOOSE, [toJson({ outcome: 'matched', candidate }), at, token]),
    recordSeen: async (seen) => {
      await writer.change(SEE, [JSON.stringify(Object.fromEntries(seen))])
      for (const [token, at] of seen) {
        const session = open.get(token)
        if (session !== undefined && at > session.lastSeenAt) open.keep({ ...session, lastSeenAt: at })
      }
    },
    end: (token, at, message) => changeOne(token, END, [at, at, token], toWrite(message)),
    findEnded: async (tokens) => findEnded.all(JSON.stringify(tokens)),
    findIdle: async (idleSince, accountIds, limit) =>
      findIdle.all(idleSince, JSON.stringify(accountIds), limit).map(fromSessionRow),
    endIdle: async (idleSince, at, but = []) => {
      const ended = await writer.change(END_IDLE, [at, at, idleSince, JSON.stringify(but)])
      open.dropIdle(idleSince)
      return ended
    },
    eraseParams: (endedBefore) => writer.change(ERASE_PARAMS, [endedBefore]),
    forget: (endedBefore) => writer.change(FORGET, [endedBefore]),
  }
}

function toWrite(message: WebhookMessage | undefined): Write | undefined {
  return message && [TELL, toMessageValues(message)]
}
