import type { ApiToken, ApiTokenKind } from '../access/api-token.ts'
import type { ApiTokenStore } from '../access/api-token-store.ts'
import type { SqlState } from './sql-state.ts'

interface Row {
  readonly id: string
  readonly account_id: string
  readonly kind: ApiTokenKind
  readonly name: string
  readonly created_at: number
  readonly revoked_at: number | null
}

const COLUMNS = 'id, account_id, kind, name, created_at, revoked_at'

/** API tokens in either engine. */
export function sqlApiTokenStore(sql: SqlState): ApiTokenStore {
  return {
    insert: async ({ id, accountId, kind, name, createdAt, revokedAt }, secretHash) => {
      await sql.write(`INSERT INTO api_token (${COLUMNS}, secret_hash) VALUES ($1, $2, $3, $4, $5, $6, $7)`, [
        id,
        accountId,
        kind,
        name,
        createdAt,
        revokedAt ?? null,
        secretHash,
      ])
    },
    findByHash: async (secretHash) => {
      const [row] = await sql.read<Row>(`SELECT ${COLUMNS} FROM api_token WHERE secret_hash = $1`, [secretHash])
      return row && fromRow(row)
    },
    list: async () => {
      const rows = await sql.read<Row>(`SELECT ${COLUMNS} FROM api_token ORDER BY created_at, id`)
      return rows.map(fromRow)
    },
    revoke: async (id, at) =>
      (await sql.write('UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL', [at, id])) > 0,
  }
}

function fromRow(row: Row): ApiToken {
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind,
    name: row.name,
    createdAt: row.created_at,
    revokedAt: row.revoked_at ?? undefined,
  }
}
