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
  {
    name: '0002_idempotency',
    statements: [
      `CREATE TABLE idempotency_key (
        account_id TEXT NOT NULL,
        key TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        session_token TEXT NOT NULL,
        claimed_at BIGINT NOT NULL,
        PRIMARY KEY (account_id, key)
      )`,
      'CREATE INDEX idempotency_key_age ON idempotency_key (claimed_at)',
    ],
  },
  {
    name: '0003_token_settings',
    statements: [
      `ALTER TABLE api_token ADD COLUMN scope TEXT NOT NULL DEFAULT 'secret'`,
      'ALTER TABLE api_token ADD COLUMN origins TEXT',
      'ALTER TABLE api_token ADD COLUMN rate_limit BIGINT',
      'ALTER TABLE api_token ADD COLUMN rate_window_ms BIGINT',
      'ALTER TABLE api_token ADD COLUMN expires_at BIGINT',
      'ALTER TABLE api_token ADD COLUMN last_used_at BIGINT',
    ],
  },
  {
    name: '0004_rate_windows',
    statements: [
      'CREATE TABLE rate_window (key TEXT PRIMARY KEY, resets_at BIGINT NOT NULL, used BIGINT NOT NULL)',
      'CREATE INDEX rate_window_age ON rate_window (resets_at)',
    ],
  },
  {
    name: '0005_links',
    statements: [
      'CREATE TABLE secret (name TEXT PRIMARY KEY, value TEXT NOT NULL)',
      `CREATE TABLE click (
        day TEXT NOT NULL,
        campaign_id TEXT NOT NULL,
        provider_id BIGINT NOT NULL,
        clicks BIGINT NOT NULL,
        PRIMARY KEY (day, campaign_id, provider_id)
      )`,
    ],
  },
  {
    name: '0006_agent_queue',
    // Taken up by a queue from now on, and no more by a lease on the row.
    statements: ['ALTER TABLE session DROP COLUMN lease_until'],
  },
  {
    name: '0007_usage',
    statements: [
      'ALTER TABLE session ADD COLUMN campaign_id TEXT',
      'ALTER TABLE session ADD COLUMN outcome TEXT',
      'CREATE INDEX session_uncounted ON session (ended_at) WHERE outcome IS NOT NULL',
      'CREATE INDEX session_erasable ON session (ended_at) WHERE ended_at IS NOT NULL AND params IS NOT NULL',
      `CREATE TABLE usage_count (
        day BIGINT NOT NULL,
        account_id TEXT NOT NULL,
        campaign_id TEXT NOT NULL,
        outcome TEXT NOT NULL,
        provider_id BIGINT NOT NULL,
        sessions BIGINT NOT NULL,
        clicks BIGINT NOT NULL,
        PRIMARY KEY (day, account_id, campaign_id, outcome, provider_id)
      )`,
      'DROP TABLE click',
    ],
  },
  {
    name: '0008_session_kind',
    statements: [`ALTER TABLE session ADD COLUMN kind TEXT NOT NULL DEFAULT 'live'`],
  },
  {
    name: '0009_webhooks',
    statements: [
      `CREATE TABLE webhook (
        account_id TEXT PRIMARY KEY,
        url TEXT NOT NULL,
        secrets TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        disabled_at BIGINT
      )`,
      `CREATE TABLE webhook_message (
        id TEXT PRIMARY KEY,
        account_id TEXT NOT NULL,
        type TEXT NOT NULL,
        body TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        next_attempt_at BIGINT NOT NULL,
        state TEXT NOT NULL,
        attempts BIGINT NOT NULL,
        finished_at BIGINT,
        status BIGINT,
        reason TEXT
      )`,
      `CREATE INDEX webhook_message_due ON webhook_message (account_id, next_attempt_at) WHERE state = 'pending'`,
      'CREATE INDEX webhook_message_finished ON webhook_message (state, finished_at) WHERE finished_at IS NOT NULL',
    ],
  },
  {
    name: '0010_tokens_of_accounts',
    statements: ['CREATE INDEX api_token_account ON api_token (account_id)'],
  },
]
