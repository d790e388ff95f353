import type Database from 'better-sqlite3'
import type { ApiTokenStore } from '../access/api-token-store.ts'
import { API_TOKEN_COLUMNS, fromApiTokenRow, toApiTokenValues } from './api-token-row.ts'
import type { ApiTokenRow } from './api-token-row.ts'

/** API tokens in the state file of `openSqliteState`. */
export function sqliteApiTokenStore(db: Database.Database): ApiTokenStore {
  const insert = db.prepare<(string | number | null)[]>(
    `INSERT INTO api_token (${API_TOKEN_COLUMNS}, secret_hash) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const findByHash = db.prepare<[string], ApiTokenRow>(
    `SELECT ${API_TOKEN_COLUMNS} FROM api_token WHERE secret_hash = ?`,
  )
  const list = db.prepare<[], ApiTokenRow>(`SELECT ${API_TOKEN_COLUMNS} FROM api_token ORDER BY created_at, id`)
  const revoke = db.prepare<[number, string]>('UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')

  return {
    insert: async (token, secretHash) => {
      insert.run(...toApiTokenValues(token), secretHash)
    },
    findByHash: async (secretHash) => {
      const row = findByHash.get(secretHash)
      return row && fromApiTokenRow(row)
    },
    list: async () => list.all().map(fromApiTokenRow),
    revoke: async (id, at) => revoke.run(at, id).changes > 0,
  }
}
