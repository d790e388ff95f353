import type { IdempotencyClaim, IdempotencyStore } from '../sessions/idempotency-store.ts'
import type { SqlState } from './sql-state.ts'

interface Row {
  readonly fingerprint: string
  readonly session_token: string
  readonly claimed_at: number
}

/** Idempotency keys in either engine. */
export function sqlIdempotencyStore(sql: SqlState): IdempotencyStore {
  return {
    claim: async (claim, since) => {
      const { accountId, key, fingerprint, sessionToken, claimedAt } = claim
      await sql.write(
        `INSERT INTO idempotency_key (account_id, key, fingerprint, session_token, claimed_at)
          VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (account_id, key) DO UPDATE SET fingerprint = excluded.fingerprint,
            session_token = excluded.session_token, claimed_at = excluded.claimed_at
          WHERE idempotency_key.claimed_at < $6`,
        [accountId, key, fingerprint, sessionToken, claimedAt, since],
      )
      const [row] = await sql.read<Row>(
        'SELECT fingerprint, session_token, claimed_at FROM idempotency_key WHERE account_id = $1 AND key = $2',
        [accountId, key],
      )
      return row === undefined ? claim : fromRow(claim, row)
    },
    redate: async ({ accountId, key, sessionToken }, claimedAt) => {
      await sql.write(
        'UPDATE idempotency_key SET claimed_at = $1 WHERE account_id = $2 AND key = $3 AND session_token = $4',
        [claimedAt, accountId, key, sessionToken],
      )
    },
    redateSince: async (claimedAt) => {
      await sql.write('UPDATE idempotency_key SET claimed_at = $1 WHERE claimed_at > $1', [claimedAt])
    },
    forget: (claimedBefore) => sql.write('DELETE FROM idempotency_key WHERE claimed_at < $1', [claimedBefore]),
  }
}

function fromRow({ accountId, key }: IdempotencyClaim, row: Row): IdempotencyClaim {
  return {
    accountId,
    key,
    fingerprint: row.fingerprint,
    sessionToken: row.session_token,
    claimedAt: row.claimed_at,
  }
}
