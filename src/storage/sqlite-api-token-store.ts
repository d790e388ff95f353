import type Database from 'better-sqlite3'
import type { ApiToken, ApiTokenKind } from '../access/api-token.ts'
import type { ApiTokenStore } from '../access/api-token-store.ts'

interface ApiTokenRow {
  readonly id: string
  readonly account_id: string
  readonly kind: ApiTokenKind
  readonly name: string
  readonly created_at: number
  readonly revoked_at: number | null
}

const COLUMNS = 'id, account_id, kind, name, created_at, revoked_at'

/** API tokens in the state file of `openSqliteState`. */
export function sqliteApiTokenStore(db: Database.Database): ApiTokenStore {
  const insert = db.prepare<(string | number | null)[]>(
    `INSERT INTO api_token (${COLUMNS}, secret_hash) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const findByHash = db.prepare<[string], ApiTokenRow>(`SELECT ${COLUMNS} FROM api_token WHERE secret_hash = ?`)
  const list = db.prepare<[], ApiTokenRow>(`SELECT ${COLUMNS} FROM api_token ORDER BY created_at, id`)
  const revoke = db.prepare<[number, string]>('UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')

  return {
    insert: async ({ id, accountId, kind, name, createdAt, revokedAt }, secretHash) => {
      insert.run(id, accountId, kind, name, createdAt, revokedAt ?? null, secretHash)
    },
    findByHash: async (secretHash) => {
      const row = findByHash.get(secretHash)
      return row && fromRow(row)
    },
    list: async () => list.all().map(fromRow),
    revoke: async (id, at) => revoke.run(at, id).changes > 0,
  }
}

function fromRow(row: ApiTokenRow): ApiToken {
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind,
    name: row.name,
    createdAt: row.created_at,
    revokedAt: row.revoked_at ?? undefined,
  }
}
