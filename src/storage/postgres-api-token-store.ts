import type { ApiTokenStore } from '../access/api-token-store.ts'
import { API_TOKEN_COLUMNS, fromApiTokenRow, toApiTokenValues } from './api-token-row.ts'
import type { ApiTokenRow } from './api-token-row.ts'
import type { PostgresState, Statement } from './postgres-state.ts'

const INSERT: Statement = {
  name: 'api_token_insert',
  text: `INSERT INTO api_token (${API_TOKEN_COLUMNS}, secret_hash) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
}
const FIND: Statement = {
  name: 'api_token_find',
  text: `SELECT ${API_TOKEN_COLUMNS} FROM api_token WHERE secret_hash = $1`,
}
const LIST: Statement = {
  name: 'api_token_list',
  text: `SELECT ${API_TOKEN_COLUMNS} FROM api_token ORDER BY created_at, id`,
}
const REVOKE: Statement = {
  name: 'api_token_revoke',
  text: 'UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL',
}

/** API tokens in a PostgreSQL database. */
export function postgresApiTokenStore(db: PostgresState): ApiTokenStore {
  return {
    insert: async (token, secretHash) => {
      await db.query(INSERT, [...toApiTokenValues(token), secretHash])
    },
    findByHash: async (secretHash) => {
      const { rows } = await db.query<ApiTokenRow>(FIND, [secretHash])
      return rows[0] && fromApiTokenRow(rows[0])
    },
    list: async () => (await db.query<ApiTokenRow>(LIST, [])).rows.map(fromApiTokenRow),
    revoke: async (id, at) => ((await db.query(REVOKE, [at, id])).rowCount ?? 0) > 0,
  }
}
