import type { SessionStore } from '../sessions/session-store.ts'
import type { PostgresState, Statement } from './postgres-state.ts'
import { fromSessionRow, toJson, toSessionRow } from './session-row.ts'
import type { SessionRow } from './session-row.ts'

const COLUMNS = 'token, account_id, params, created_at, updated_at, last_seen_at, ended_at, geocoding, internet'

const INSERT: Statement = {
  name: 'session_insert',
  text: `INSERT INTO session (${COLUMNS}, lease_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
}
const FIND: Statement = { name: 'session_find', text: `SELECT ${COLUMNS} FROM session WHERE token = $1` }
const RECORD: Statement = {
  name: 'session_record',
  text: `UPDATE session SET geocoding = coalesce(geocoding, $1), internet = coalesce(internet, $2), updated_at = $3
    WHERE token = $4 AND ended_at IS NULL`,
}
const CHOOSE: Statement = {
  name: 'session_choose',
  text: `UPDATE session SET geocoding = $1, internet = NULL, updated_at = $2, lease_until = $3
    WHERE token = $4 AND ended_at IS NULL AND geocoding::json ->> 'outcome' = 'multiple'`,
}
const SEE: Statement = {
  name: 'session_see',
  text: `UPDATE session SET last_seen_at = greatest(session.last_seen_at, seen.at)
    FROM unnest($1::text[], $2::bigint[]) AS seen (token, at) WHERE session.token = seen.token`,
}
const END: Statement = {
  name: 'session_end',
  text: `UPDATE session SET ended_at = $1, updated_at = $1, geocoding = NULL, internet = NULL
    WHERE token = $2 AND ended_at IS NULL`,
}
const CLAIM: Statement = {
  name: 'session_claim',
  text: `UPDATE session SET lease_until = $1 WHERE token IN (
      SELECT token FROM session
      WHERE ended_at IS NULL AND (geocoding IS NULL OR internet IS NULL) AND (lease_until <= $2 OR lease_until > $4)
      ORDER BY created_at LIMIT $3 FOR UPDATE SKIP LOCKED
    ) AND (lease_until <= $2 OR lease_until > $4) RETURNING ${COLUMNS}`,
}
const FIND_ENDED: Statement = {
  name: 'session_find_ended',
  text: 'SELECT token FROM session WHERE token = ANY($1::text[]) AND ended_at IS NOT NULL',
}
const END_IDLE: Statement = {
  name: 'session_end_idle',
  text: `UPDATE session SET ended_at = $1, updated_at = $1, geocoding = NULL, internet = NULL
    WHERE ended_at IS NULL AND last_seen_at < $2`,
}
const ERASE_PARAMS: Statement = {
  name: 'session_erase_params',
  text: 'UPDATE session SET params = NULL WHERE ended_at < $1 AND params IS NOT NULL',
}
const FORGET: Statement = { name: 'session_forget', text: 'DELETE FROM session WHERE ended_at < $1' }

/** Sessions in a PostgreSQL database, which any number of processes share. */
export function postgresSessionStore(db: PostgresState): SessionStore {
  const countChanged = async (statement: Statement, values: readonly unknown[]): Promise<number> =>
    (await db.query(statement, values)).rowCount ?? 0

  return {
    insert: async (session, leaseUntil) => {
      const row = toSessionRow(session)
      await db.query(INSERT, [
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
      ])
    },
    find: async (token) => {
      // PostgreSQL refuses the character in any text, and no session has it in its token.
      if (token.includes('\u0000')) return undefined
      const { rows } = await db.query<SessionRow>(FIND, [token])
      return rows[0] && fromSessionRow(rows[0])
    },
    recordReport: async (token, { geocoding, internet }, at) =>
      (await countChanged(RECORD, [toJson(geocoding), toJson(internet), at, token])) > 0,
    recordChoice: async (token, candidate, at, leaseUntil) =>
      (await countChanged(CHOOSE, [toJson({ outcome: 'matched', candidate }), at, leaseUntil, token])) > 0,
    recordSeen: async (seen) => {
      await db.query(SEE, [[...seen.keys()], [...seen.values()]])
    },
    end: async (token, at) => (await countChanged(END, [at, token])) > 0,
    claimPending: async ({ limit, now, leaseUntil }) => {
      const { rows } = await db.query<SessionRow>(CLAIM, [leaseUntil, now, limit, 2 * leaseUntil - now])
      return rows.map(fromSessionRow).sort((a, b) => a.createdAt - b.createdAt)
    },
    findEnded: async (tokens) =>
      (await db.query<{ token: string }>(FIND_ENDED, [tokens])).rows.map(({ token }) => token),
    endIdle: (idleSince, at) => countChanged(END_IDLE, [at, idleSince]),
    eraseParams: (endedBefore) => countChanged(ERASE_PARAMS, [endedBefore]),
    forget: (endedBefore) => countChanged(FORGET, [endedBefore]),
  }
}
