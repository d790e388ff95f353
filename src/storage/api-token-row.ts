import type { ApiToken, ApiTokenKind } from '../access/api-token.ts'

/** A token as its row holds it, in both engines. */
export interface ApiTokenRow {
  readonly id: string
  readonly account_id: string
  readonly kind: ApiTokenKind
  readonly name: string
  readonly created_at: number
  readonly revoked_at: number | null
}

/** The columns of `ApiTokenRow`, in the order of `toApiTokenValues`. */
export const API_TOKEN_COLUMNS = 'id, account_id, kind, name, created_at, revoked_at'

export function toApiTokenValues(token: ApiToken): (string | number | null)[] {
  return [token.id, token.accountId, token.kind, token.name, token.createdAt, token.revokedAt ?? null]
}

export function fromApiTokenRow(row: ApiTokenRow): ApiToken {
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind,
    name: row.name,
    createdAt: row.created_at,
    revokedAt: row.revoked_at ?? undefined,
  }
}
