import { Type } from 'typebox'
import type { ApiToken } from '../../access/api-token.ts'
import { Timestamp } from '../answer-schemas.ts'
import { toTimestamp } from '../timestamp.ts'

const NullableTime = Type.Union([Timestamp, Type.Null()])
const NullableCount = Type.Union([Type.Integer(), Type.Null()])

/** All that is known of a token; its secret is not. */
export const TokenSchema = Type.Object({
  id: Type.String({ description: 'Names the token; it opens nothing.', examples: ['4fK2m9QxZa'] }),
  account_id: Type.String({ description: 'Whose sessions the token sees, and whose usage it is counted as.' }),
  name: Type.String(),
  kind: Type.String({ enum: ['live', 'test'] }),
  scope: Type.String({ enum: ['secret', 'publishable', 'admin'] }),
  origins: Type.Array(Type.String(), { description: 'Where pages that use a publishable token may come from.' }),
  rate_limit: NullableCount,
  rate_window_seconds: NullableCount,
  created_at: Timestamp,
  last_used_at: NullableTime,
  expires_at: NullableTime,
  revoked_at: NullableTime,
})

/** The one answer that holds a secret. */
export const CreatedTokenSchema = Type.Object({
  ...TokenSchema.properties,
  secret: Type.String({ description: 'The token itself. It is shown now and never again.' }),
})

export function presentToken(token: ApiToken): object {
  const time = (at: number | undefined): string | null => (at === undefined ? null : toTimestamp(at))
  return {
    id: token.id,
    account_id: token.accountId,
    name: token.name,
    kind: token.kind,
    scope: token.scope,
    origins: token.origins ?? [],
    rate_limit: token.rateLimit ?? null,
    rate_window_seconds: token.rateWindowMs === undefined ? null : token.rateWindowMs / 1000,
    created_at: time(token.createdAt),
    last_used_at: time(token.lastUsedAt),
    expires_at: time(token.expiresAt),
    revoked_at: time(token.revokedAt),
  }
}
