/** One step of the state's schema: statements that SQLite and PostgreSQL both understand. */
export interface Migration {
  /** Never renamed, and run in this order. */
  readonly name: string
  readonly statements: readonly string[]
}

/**
 * The state's schema from nothing to now. A released step never changes; a new need is a new step.
 *
 * Times are milliseconds since 1970, structured values JSON as text, so that both engines hold the same.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: '0001_sessions_and_tokens',
    statements: [
      `CREATE TABLE session (
        token TEXT PRIMARY KEY,
        account_id TEXT NOT NULL,
        params TEXT,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        last_seen_at BIGINT NOT NULL,
        ended_at BIGINT,
        lease_until BIGINT NOT NULL,
        geocoding TEXT,
        internet TEXT
      )`,
      `CREATE INDEX session_pending ON session (created_at)
        WHERE ended_at IS NULL AND (geocoding IS NULL OR internet IS NULL)`,
      'CREATE INDEX session_idle ON session (last_seen_at) WHERE ended_at IS NULL',
      'CREATE INDEX session_ended ON session (ended_at) WHERE ended_at IS NOT NULL',
      `CREATE TABLE api_token (
        id TEXT PRIMARY KEY,
        secret_hash TEXT NOT NULL UNIQUE,
        account_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        revoked_at BIGINT
      )`,
    ],
  },
]
