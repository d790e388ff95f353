import type { ApiTokenStore } from '../access/api-token-store.ts'
import { memoryRateLimiter } from '../access/rate-limiter.ts'
import type { RateLimiter } from '../access/rate-limiter.ts'
import type { Clock } from '../lib/clock.ts'
import type { AgentQueue } from '../sessions/agent-queue.ts'
import type { IdempotencyStore } from '../sessions/idempotency-store.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import type { UsageStore } from '../sessions/usage-store.ts'
import { postgresCountEnded, sqliteCountEnded } from './count-ended.ts'
import type { WebhookStore } from '../webhooks/webhook-store.ts'
import { postgresAgentQueue } from './postgres-agent-queue.ts'
import { checkpointAside } from './checkpoint-aside.ts'
import { postgresRateLimiter } from './postgres-rate-limiter.ts'
import { postgresSessionStore } from './postgres-session-store.ts'
import { openPostgresState } from './postgres-state.ts'
import { sqlApiTokenStore } from './sql-api-token-store.ts'
import { sqlIdempotencyStore } from './sql-idempotency-store.ts'
import { getSecret } from './secrets.ts'
import { sqlWebhookStore } from './sql-webhook-store.ts'
import type { SqlState } from './sql-state.ts'
import { sqlUsageStore } from './sql-usage-store.ts'
import { sqliteAgentQueue } from './sqlite-agent-queue.ts'
import { sqliteSessionStore } from './sqlite-session-store.ts'
import { holdStateFile, openSqliteState } from './sqlite-state.ts'
import { sqliteSqlState } from './sqlite-sql-state.ts'
import { openSqliteWriter } from './sqlite-writer.ts'

const TAKE_OVER_MS = 15_000

/** Everything that outlives a process. */
export interface State {
  readonly sessions: SessionStore
  readonly agentQueue: AgentQueue
  readonly tokens: ApiTokenStore
  readonly idempotency: IdempotencyStore
  readonly usage: UsageStore
  readonly webhooks: WebhookStore
  /** The server's own secret of a name, made when first asked for; the same for every process on this state. */
  getSecret(name: string): Promise<string>
  /** Counts requests for all processes that share the state. */
  createRateLimiter(clock: Clock): RateLimiter
  /** The time of the database server, in milliseconds since 1970; absent where there is none but this machine. */
  readonly readEngineTime?: () => Promise<number>
  close(): Promise<void>
}

/**
 * Opens the state at a place: a file, `:memory:`, or a PostgreSQL database. `takeOverMs` is how long a process that has
 * opened a session is given to finish its agents before others think it dead; longer than any agent takes. With
 * `isServer` a file is held against other servers, see `holdStateFile`.
 *
 * @throws AppError `state_unavailable` when it cannot be opened; the message says what to do.
 */
export async function openState(
  location: { engine: 'sqlite'; file: string } | { engine: 'postgres'; url: string },
  { takeOverMs = TAKE_OVER_MS, isServer = false }: { takeOverMs?: number; isServer?: boolean } = {},
): Promise<State> {
  if (location.engine === 'postgres') {
    const db = await openPostgresState(location.url)
    const agentQueue = postgresAgentQueue({ url: location.url, version: await readEngineVersion(db), takeOverMs })
    return {
      sessions: postgresSessionStore(db, agentQueue),
      agentQueue,
      ...openSharedStores(db),
      usage: sqlUsageStore(db, postgresCountEnded(db)),
      createRateLimiter: (clock) => postgresRateLimiter(db, clock),
      readEngineTime: () => readEngineTime(db),
      close: async () => {
        await agentQueue.stop()
        await db.close()
      },
    }
  }
  const letGo = isServer ? holdStateFile(location.file) : undefined
  const db = openSqliteState(location.file)
  const checkpoints = checkpointAside(db)
  const writer = openSqliteWriter(db, checkpoints.onWritten)
  const sql = sqliteSqlState(db, writer)
  const agentQueue = sqliteAgentQueue(db)
  return {
    sessions: sqliteSessionStore(db, writer),
    agentQueue,
    ...openSharedStores(sql),
    usage: sqlUsageStore(sql, sqliteCountEnded(db)),
    createRateLimiter: (clock) => memoryRateLimiter({ clock }),
    close: async () => {
      await agentQueue.stop()
      writer.close()
      await checkpoints.close()
      db.close()
      letGo?.()
    },
  }
}

async function readEngineVersion(sql: SqlState): Promise<string> {
  const [row] = await sql.read<{ version: string }>('SELECT version() AS version')
  return row?.version ?? ''
}

async function readEngineTime(sql: SqlState): Promise<number> {
  const begun = performance.now()
  const [row] = await sql.read<{ now: number }>(
    'SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) AS now',
  )
  // The answer has been under way for about half of the time that it took.
  return (row?.now ?? Number.NaN) + (performance.now() - begun) / 2
}

/** The stores that are written once for both engines. */
function openSharedStores(sql: SqlState): Pick<State, 'tokens' | 'idempotency' | 'webhooks' | 'getSecret'> {
  return {
    tokens: sqlApiTokenStore(sql),
    idempotency: sqlIdempotencyStore(sql),
    webhooks: sqlWebhookStore(sql),
    getSecret: (name) => getSecret(sql, name),
  }
}
