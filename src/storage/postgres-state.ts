import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseError, Pool, types } from 'pg'
import type { PoolClient, QueryResult, QueryResultRow } from 'pg'
import { AppError } from '../lib/errors.ts'
import { MIGRATIONS } from './migrations.ts'
import type { SqlState, SqlValue } from './sql-state.ts'

/** A statement with a name is planned once for each connection. */
export interface Statement {
  readonly name: string
  readonly text: string
}

/** A PostgreSQL database with an up-to-date schema. */
export interface PostgresState extends SqlState {
  /**
   * Runs a statement.
   * @throws AppError `state_unavailable` when the server cannot be reached or does not answer; others as they come.
   */
  query<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<QueryResult<Row>>
  /**
   * Runs statements as one: all that `work` does with what it is handed is there afterwards, or, when it rejects, nothing.
   * @throws as `query` does.
   */
  transaction<Result>(work: (run: RunInTransaction) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** Runs a statement within a transaction; one without a name is planned each time. */
export type RunInTransaction = (
  statement: Statement | { readonly text: string },
  values: readonly unknown[],
) => Promise<QueryResult>

const CONNECT_TIMEOUT_MS = 3000
const STATEMENT_TIMEOUT_MS = 5000
const MAX_CONNECTIONS = 10

/** A server that does not answer does not take leave either. */
const CLOSE_TIMEOUT_MS = 3000

const MIGRATION_TRIES = 20

/**
 * SQLSTATE classes that speak of the server, not of the statement: connection, authorization, no such database, rollback
 * (deadlock), resources, not in the state to do it (no connections taken), intervention, system.
 */
const UNAVAILABLE_CLASSES = new Set(['08', '28', '3D', '40', '53', '55', '57', '58'])

/** A server that was made a replica takes no writes. */
const READ_ONLY = '25006'

/** What two processes that make the same table at the same moment may get, and what a busy lock gives. */
const RACE_CODES = new Set(['23505', '42P07', '42710', '40001', '40P01', '55P03', 'XX000'])

/**
 * Opens a PostgreSQL database and brings its schema up to date, one process at a time.
 *
 * Only what shards and speaks the same protocol too is used (CockroachDB, YugabyteDB, Citus): a row lock instead of
 * advisory locks, no LISTEN, no triggers, no sequences.
 *
 * @throws AppError `state_unavailable` when it cannot be reached, or was written by a newer Hum.
 */
export async function openPostgresState(url: string): Promise<PostgresState> {
  const sockets = new Set<Socket>()
  const pool = new Pool({
    connectionString: url,
    stream: () => {
      const socket = new Socket()
      sockets.add(socket)
      return socket.once('close', () => sockets.delete(socket))
    },
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'hum',
    types: { getTypeParser },
  })
  // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {})
  // The same for one that breaks between two statements of a transaction: the next statement tells.
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await migrate(pool)
  } catch (error) {
    await pool.end()
    throw toAppError(error)
  }
  async function orUnavailable<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work
    } catch (error) {
      throw isUnavailable(error) ? toAppError(error) : error
    }
  }
  const query: PostgresState['query'] = (statement, values) =>
    orUnavailable(pool.query({ ...statement, values: [...values] }))
  const names = new Map<string, string>()
  const named = (text: string): Statement => {
    const name = names.get(text) ?? `sql_${names.size}`
    names.set(text, name)
    return { name, text }
  }
  return {
    query,
    transaction: (work) =>
      orUnavailable(
        inTransaction(pool, (client) =>
          work((statement, values) => client.query({ ...statement, values: [...values] })),
        ),
      ),
    read: async <Row extends QueryResultRow>(text: string, values: readonly SqlValue[] = []) =>
      (await query<Row>(named(text), values)).rows,
    write: async (text, values = []) => (await query(named(text), values)).rowCount ?? 0,
    writeReturning: async <Row extends QueryResultRow>(text: string, values: readonly SqlValue[] = []) =>
      (await query<Row>(named(text), values)).rows,
    close: async () => {
      await Promise.race([pool.end(), sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
      for (const socket of sockets) socket.destroy()
    },
  }
}

const INT8: number = types.builtins.INT8

/** Times are 64-bit integers, which the driver gives as text unless told that they fit a number. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: never) => unknown {
  return oid === INT8 ? Number : (types.getTypeParser(oid, format) as (value: never) => unknown)
}

async function migrate(pool: Pool): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await pool.query('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)')
      await pool.query(`INSERT INTO migration VALUES ('lock') ON CONFLICT DO NOTHING`)
      await migrateLocked(pool)
      return
    } catch (error) {
      const code = error instanceof DatabaseError ? error.code : undefined
      if (tries === MIGRATION_TRIES || code === undefined || !RACE_CODES.has(code)) throw error
      await sleep(100)
    }
  }
}

/** All steps and the lock row's hold end together: another process sees all of them or none. */
async function migrateLocked(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(`SELECT name FROM migration WHERE name = 'lock' FOR UPDATE`)
    const { rows } = await client.query<{ name: string }>(`SELECT name FROM migration WHERE name <> 'lock'`)
    const done = new Set(rows.map(({ name }) => name))
    for (const { name, statements } of MIGRATIONS.filter((migration) => !done.delete(migration.name))) {
      for (const statement of statements) await client.query(statement)
      await client.query('INSERT INTO migration VALUES ($1)', [name])
    }
    if (done.size > 0) {
      throw new AppError('state_unavailable', 'The state in PostgreSQL was written by a newer Hum. Update Hum.')
    }
  })
}

async function inTransaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // Only where the server did not answer the statement it does not answer this one either.
    await client.query('ROLLBACK').catch((broken: Error) => {
      failure = broken
    })
    throw error
  } finally {
    client.release(failure)
  }
}

function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    const { code = '' } = error
    return UNAVAILABLE_CLASSES.has(code.slice(0, 2)) || code === READ_ONLY
  }
  // What is not an answer of the server comes from the way to it: refused, reset, timed out.
  return error instanceof Error
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  return new AppError(
    'state_unavailable',
    'The database is not available. Try again shortly; the operator can check HUM_STATE and the database server.',
    { cause: error },
  )
}
