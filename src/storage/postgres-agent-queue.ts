import { hash } from 'node:crypto'
import type { ConstructorOptions, Db, PgBoss } from 'pg-boss'
import { AppError } from '../lib/errors.ts'
import type { AgentQueue } from '../sessions/agent-queue.ts'

/** What left a session with agents at work. Each happens once in its life. */
type JobReason = 'opened' | 'chosen'

/** Jobs for sessions in PostgreSQL, written along with the sessions themselves. */
export interface PostgresAgentQueue extends AgentQueue {
  /**
   * Makes ready for jobs of this session; to be awaited before the transaction that `add` takes part in. Comes back at
   * once but for the first time.
   */
  prepare(): Promise<void>
  /** Adds a session's job through `db`, as a part of the transaction that writes the session. */
  add(token: string, reason: JobReason, db: Db): Promise<void>
  /** Takes a session's jobs out that nobody is carrying on. */
  remove(token: string): Promise<void>
}

const QUEUE = 'agents'
const SCHEMA = 'hum_queue'

/** The library's own connections, beside those that answer requests. */
const CONNECTIONS = 2

/** How long a statement on them may take, by the server's clock and ours: longer than any step of the library's schema. */
const STATEMENT_TIMEOUT_MS = 15_000

/** What the library hands on to the driver of these connections, though its types do not name it. */
const DRIVER_OPTIONS = { statement_timeout: STATEMENT_TIMEOUT_MS, query_timeout: STATEMENT_TIMEOUT_MS, keepAlive: true }

const POLL_SECONDS = 2

/** A process that carries a session on and is not heard of for so long has died; the library allows no less. */
const HEARTBEAT_SECONDS = 10
const LOOK_FOR_DEAD_SECONDS = 5

/** Workers that poll in turn, so that a slow session among many holds up no other. */
const WORKERS = 2

/** As many sessions as one process takes up at once. */
const BATCH_SIZE = 500

/** Failing means that the database could not be written: no reason to give a session up while it lives. */
const RETRIES = { retryLimit: 10_000, retryDelay: 2 }

const KEEP = { retentionSeconds: 24 * 3600, deleteAfterSeconds: 60, expireInSeconds: 60 }

/**
 * Agent work on pg-boss, in tables beside the sessions. A job waits `takeOverMs` before anybody may take it: for so long
 * the process that opened the session is given to finish, and takes the job out again when it has.
 *
 * Nothing is loaded or started before the first job or `start`, so that commands that only look at the state pay nothing.
 */
export function postgresAgentQueue({
  url,
  version,
  takeOverMs,
}: {
  url: string
  /** What the server says to `SELECT version()`. */
  version: string
  takeOverMs: number
}): PostgresAgentQueue {
  let report: (error: unknown) => void = () => {}
  let started: Promise<PgBoss> | undefined

  async function begin(): Promise<PgBoss> {
    const library = await import('pg-boss')
    const boss = new library.PgBoss({
      ...DRIVER_OPTIONS,
      connectionString: url,
      schema: SCHEMA,
      backend: detectBackend(version),
      max: CONNECTIONS,
      application_name: 'hum queue',
      schedule: false,
      registerInstance: false,
      openTelemetry: { enabled: false },
      superviseIntervalSeconds: LOOK_FOR_DEAD_SECONDS,
      monitorIntervalSeconds: LOOK_FOR_DEAD_SECONDS,
      flowIntervalSeconds: 3600,
    })
    boss.on('error', (error) => report(error))
    try {
      await boss.start({ attempts: 3 })
      await boss.createQueue(QUEUE, { ...RETRIES, ...KEEP, heartbeatSeconds: HEARTBEAT_SECONDS })
      return boss
    } catch (error) {
      await boss.stop({ graceful: false }).catch(report)
      throw new AppError(
        'state_unavailable',
        'The queue of agent work is not available. Try again shortly; the operator can check the database server, and that the user in HUM_STATE may create a schema.',
        { cause: error },
      )
    }
  }

  function getBoss(): Promise<PgBoss> {
    started ??= begin().catch((error: unknown) => {
      started = undefined
      throw error
    })
    return started
  }

  return {
    prepare: async () => {
      await getBoss()
    },
    add: async (token, reason, db) => {
      const boss = await getBoss()
      await boss.send(QUEUE, { token }, { id: jobId(token, reason), startAfter: takeOverMs / 1000, db })
    },
    remove: async (token) => {
      const boss = await getBoss()
      await boss.deleteJob(QUEUE, [jobId(token, 'opened'), jobId(token, 'chosen')])
    },
    start: async (carryOn, onError) => {
      report = onError
      const boss = await getBoss()
      await boss.work<{ token: string }, unknown>(
        QUEUE,
        {
          batchSize: BATCH_SIZE,
          localConcurrency: WORKERS,
          pollingIntervalSeconds: POLL_SECONDS,
          burstWhenBatchFull: true,
          perJobResults: true,
        } as const,
        (jobs) =>
          Promise.all(
            jobs.map(async ({ id, data }) => {
              try {
                await carryOn(data.token)
                return { id, status: 'completed' } as const
              } catch (error) {
                onError(error)
                return { id, status: 'failed' } as const
              }
            }),
          ),
      )
    },
    stop: async () => {
      const boss = await started?.catch(() => undefined)
      started = undefined
      await boss?.stop({ graceful: true, timeout: 30_000 })
    },
  }
}

/** The library knows a job by a UUID; one that follows from the session needs no keeping. */
function jobId(token: string, reason: JobReason): string {
  const digest = hash('sha256', `${reason} ${token}`, 'hex')
  return [8, 12, 16, 20, 32].map((end, part) => digest.slice([0, 8, 12, 16, 20][part], end)).join('-')
}

/** Engines that speak PostgreSQL's protocol and shard need statements of their own, by what `SELECT version()` says. */
export function detectBackend(version: string): NonNullable<ConstructorOptions['backend']> {
  if (version.startsWith('CockroachDB')) return 'cockroachdb'
  if (/-YB-\d/.test(version)) return 'yugabytedb'
  return 'postgres'
}
