import type { ApiToken, ApiTokenKind, ApiTokenScope } from '../access/api-token.ts'
import type { ApiTokenChanges, ApiTokenStore } from '../access/api-token-store.ts'
import type { SqlState, SqlValue } from './sql-state.ts'

interface Row {
  readonly id: string
  readonly account_id: string
  readonly kind: ApiTokenKind
  readonly name: string
  readonly created_at: number
  readonly scope: ApiTokenScope
  readonly origins: string | null
  readonly rate_limit: number | null
  readonly rate_window_ms: number | null
  readonly expires_at: number | null
  readonly revoked_at: number | null
  readonly last_used_at: number | null
}

const COLUMNS =
  'id, account_id, kind, name, created_at, scope, origins, rate_limit, rate_window_ms, expires_at, revoked_at, last_used_at'

/** API tokens in either engine. */
export function sqlApiTokenStore(sql: SqlState): ApiTokenStore {
  return {
    insert: async (token, secretHash) => {
      await sql.write(
        `INSERT INTO api_token (${COLUMNS}, secret_hash)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          token.id,
          token.accountId,
          token.kind,
          token.name,
          token.createdAt,
          token.scope,
          token.origins === undefined ? null : JSON.stringify(token.origins),
          token.rateLimit ?? null,
          token.rateWindowMs ?? null,
          token.expiresAt ?? null,
          token.revokedAt ?? null,
          token.lastUsedAt ?? null,
          secretHash,
        ],
      )
    },
    find: async (id) => {
      const [row] = await sql.read<Row>(`SELECT ${COLUMNS} FROM api_token WHERE id = $1`, [id])
      return row && fromRow(row)
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
    change: async (id, changes) => {
      const values = toColumns(changes).filter(([, value]) => value !== undefined)
      // Without a change it is only asked whether there is such a token.
      const set = ['id = id', ...values.map(([column], index) => `${column} = $${index + 2}`)].join(', ')
      const given = values.map(([, value]) => value ?? null)
      return (await sql.write(`UPDATE api_token SET ${set} WHERE id = $1 AND revoked_at IS NULL`, [id, ...given])) > 0
    },
    expire: async (id, at) =>
      (await sql.write(
        `UPDATE api_token SET expires_at = CASE WHEN expires_at < $1 THEN expires_at ELSE $1 END
          WHERE id = $2 AND revoked_at IS NULL`,
        [at, id],
      )) > 0,
    recordUsed: async (used) => {
      for (const [id, at] of used) {
        await sql.write(
          'UPDATE api_token SET last_used_at = $1 WHERE id = $2 AND (last_used_at IS NULL OR last_used_at < $1)',
          [at, id],
        )
      }
    },
  }
}

function toColumns(changes: ApiTokenChanges): (readonly [keyof Row, SqlValue | undefined])[] {
  return [
    ['name', changes.name],
    ['origins', changes.origins && JSON.stringify(changes.origins)],
    ['rate_limit', changes.rateLimit],
    ['rate_window_ms', changes.rateWindowMs],
    ['expires_at', changes.expiresAt],
  ]
}

function fromRow(row: Row): ApiToken {
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind,
    name: row.name,
    createdAt: row.created_at,
    scope: row.scope,
    origins: row.origins === null ? undefined : (JSON.parse(row.origins) as string[]),
    rateLimit: row.rate_limit ?? undefined,
    rateWindowMs: row.rate_window_ms ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
