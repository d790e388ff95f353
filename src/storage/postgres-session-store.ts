import type { QueryResult } from 'pg'
import type { SessionStore } from '../sessions/session-store.ts'
import { isPending } from '../sessions/session.ts'
import type { Session } from '../sessions/session.ts'
import { POSTGRES_OUTCOME, postgresMember } from './outcome-sql.ts'
import type { PostgresAgentQueue } from './postgres-agent-queue.ts'
import type { PostgresState, RunInTransaction, Statement } from './postgres-state.ts'
import { MESSAGE_COLUMNS, toMessageValues } from './sql-webhook-store.ts'
import type { WebhookMessage } from '../webhooks/webhook.ts'
import { fromSessionRow, toJson, toSessionRow } from './session-row.ts'
import type { SessionRow } from './session-row.ts'
import { runTogether } from './run-together.ts'

const TOKEN_TAKEN = 'There is a session with this token already.'

const COLUMNS = 'token, account_id, kind, params, created_at, updated_at, last_seen_at, ended_at, geocoding, internet'

const INSERTED = `${COLUMNS}, campaign_id`.split(', ') as (keyof ReturnType<typeof toSessionRow>)[]
const INSERTED_ARRAYS = INSERTED.map((name, index) => `$${index + 1}::${name.endsWith('_at') ? 'bigint' : 'text'}[]`)

/** Puts in any number of sessions; one whose token is taken is left out and not returned. */
const INSERT: Statement = {
  name: 'session_insert',
  text: `INSERT INTO session (${INSERTED.join(', ')}) SELECT * FROM unnest(${INSERTED_ARRAYS.join(', ')})
    ON CONFLICT DO NOTHING RETURNING token`,
}
const FIND: Statement = {
  name: 'session_find',
  text: `SELECT ${COLUMNS} FROM session WHERE token = ANY($1::text[])`,
}
const RECORD: Statement = {
  name: 'session_record',
  text: `UPDATE session SET geocoding = coalesce(geocoding, $1), internet = coalesce(internet, $2), updated_at = $3
    WHERE token = $4 AND ended_at IS NULL AND (geocoding IS NULL OR internet IS NULL)`,
}
const CHOOSE: Statement = {
  name: 'session_choose',
  text: `UPDATE session SET geocoding = $1, internet = NULL, updated_at = $2
    WHERE token = $3 AND ended_at IS NULL AND ${postgresMember('geocoding', 'outcome')} = 'multiple'`,
}
/** Rows are locked in the order of their tokens: two processes that write of the same sessions then wait for each other in turn. */
const SEE: Statement = {
  name: 'session_see',
  text: `WITH locked AS (SELECT token FROM session WHERE token = ANY($1::text[]) ORDER BY token FOR UPDATE)
    UPDATE session SET last_seen_at = greatest(session.last_seen_at, seen.at)
    FROM unnest($1::text[], $2::bigint[]) AS seen (token, at) JOIN locked ON locked.token = seen.token
    WHERE session.token = seen.token`,
}
const END: Statement = {
  name: 'session_end',
  text: `UPDATE session SET ended_at = $1, updated_at = $1, outcome = ${POSTGRES_OUTCOME}, geocoding = NULL, internet = NULL
    WHERE token = $2 AND ended_at IS NULL`,
}
const FIND_ENDED: Statement = {
  name: 'session_find_ended',
  text: 'SELECT token FROM session WHERE token = ANY($1::text[]) AND ended_at IS NOT NULL',
}
const FIND_IDLE: Statement = {
  name: 'session_find_idle',
  text: `SELECT ${COLUMNS} FROM session
    WHERE ended_at IS NULL AND last_seen_at < $1 AND account_id = ANY($2::text[]) LIMIT $3`,
}
const END_IDLE: Statement = {
  name: 'session_end_idle',
  text: `UPDATE session SET ended_at = $1, updated_at = $1, outcome = ${POSTGRES_OUTCOME}, geocoding = NULL, internet = NULL
    WHERE ended_at IS NULL AND last_seen_at < $2 AND account_id <> ALL($3::text[])`,
}
const ERASE_PARAMS: Statement = {
  name: 'session_erase_params',
  text: 'UPDATE session SET params = NULL WHERE ended_at < $1 AND params IS NOT NULL',
}
const FORGET: Statement = {
  name: 'session_forget',
  text: 'DELETE FROM session WHERE ended_at < $1 AND outcome IS NULL',
}

/** Runs of one kind at a time: more only make the processor of the database busier. */
const LANES = 2

/**
 * Sessions in a PostgreSQL database, which any number of processes share. A session that is left with agents at work is
 * written in one transaction with its job in `queue`, one that somebody is told of in one statement with the message; every
 * other shares a statement with those of the same moment.
 */
export function postgresSessionStore(db: PostgresState, queue: PostgresAgentQueue): SessionStore {
  const countChanged = async (
    statement: Statement,
    values: readonly unknown[],
    message?: WebhookMessage,
  ): Promise<number> => {
    const done =
      message === undefined
        ? db.query(statement, values)
        : db.query(withMessage(statement, values.length), [...values, ...toMessageValues(message)])
    return (await done).rowCount ?? 0
  }

  const insertTogether = runTogether((sessions: readonly Session[]) => insertAll(db.query, sessions), { lanes: LANES })
  const findTogether = runTogether(
    async (tokens: readonly string[]) => {
      const { rows } = await db.query<SessionRow>(FIND, [[...new Set(tokens)]])
      const found = new Map(rows.map((row) => [row.token, fromSessionRow(row)]))
      return tokens.map((token) => found.get(token))
    },
    { lanes: LANES },
  )

  return {
    insert: async (session, message) => {
      if (!isPending(session)) {
        const isInserted =
          message === undefined
            ? await insertTogether(session)
            : (await countChanged(INSERT, toInsertValues([session]), message)) > 0
        if (!isInserted) throw new Error(TOKEN_TAKEN)
        return
      }
      await queue.prepare()
      await db.transaction(async (run) => {
        const [isInserted] = await insertAll(run, [session])
        if (isInserted !== true) throw new Error(TOKEN_TAKEN)
        await queue.add(session.token, 'opened', toQueueDb(run))
      })
    },
    find: async (token) => {
      // PostgreSQL refuses the character in any text, and no session has it in its token.
      if (token.includes('\u0000')) return undefined
      return findTogether(token)
    },
    recordReport: async (token, { geocoding, internet }, at, message) => {
      const isRecorded = (await countChanged(RECORD, [toJson(geocoding), toJson(internet), at, token], message)) > 0
      if (isRecorded && geocoding !== undefined && internet !== undefined) await queue.remove(token)
      return isRecorded
    },
    recordChoice: async (token, candidate, at) => {
      await queue.prepare()
      return db.transaction(async (run) => {
        const { rowCount } = await run(CHOOSE, [toJson({ outcome: 'matched', candidate }), at, token])
        if (rowCount === 0) return false
        await queue.add(token, 'chosen', toQueueDb(run))
        return true
      })
    },
    recordSeen: async (seen) => {
      await db.query(SEE, [[...seen.keys()], [...seen.values()]])
    },
    end: async (token, at, message) => (await countChanged(END, [at, token], message)) > 0,
    findEnded: async (tokens) =>
      (await db.query<{ token: string }>(FIND_ENDED, [tokens])).rows.map(({ token }) => token),
    findIdle: async (idleSince, accountIds, limit) =>
      (await db.query<SessionRow>(FIND_IDLE, [idleSince, accountIds, limit])).rows.map(fromSessionRow),
    endIdle: (idleSince, at, but = []) => countChanged(END_IDLE, [at, idleSince, but]),
    eraseParams: (endedBefore) => countChanged(ERASE_PARAMS, [endedBefore]),
    forget: (endedBefore) => countChanged(FORGET, [endedBefore]),
  }
}

/** @returns for each session whether it was put in. */
async function insertAll(
  run: (statement: Statement, values: readonly unknown[]) => Promise<QueryResult<{ token: string }>>,
  sessions: readonly Session[],
): Promise<boolean[]> {
  const { rows } = await run(INSERT, toInsertValues(sessions))
  const stored = new Set(rows.map(({ token }) => token))
  // Of two with one token only one was.
  return sessions.map(({ token }) => stored.delete(token))
}

function toInsertValues(sessions: readonly Session[]): unknown[] {
  const rows = sessions.map(toSessionRow)
  return INSERTED.map((name) => rows.map((row) => row[name]))
}

function toQueueDb(run: RunInTransaction): Parameters<PostgresAgentQueue['add']>[2] {
  return { executeSql: (text, values = []) => run({ text }, values) }
}

/**
 * A statement over sessions that puts a message in with what it changes. The message's values come after its own; it is
 * left out where the webhook was removed meanwhile.
 */
function withMessage({ name, text }: Statement, count: number): Statement {
  const value = (index: number): string => `$${count + index}`
  const returning = text.endsWith('RETURNING token') ? text : `${text} RETURNING token`
  return {
    name: `${name}_told`,
    text: `WITH changed AS (${returning}), told AS (
        INSERT INTO webhook_message (${MESSAGE_COLUMNS})
        SELECT ${value(1)}::text, ${value(2)}::text, ${value(3)}::text, ${value(4)}::text, ${value(5)}::bigint,
          ${value(5)}::bigint, 'pending', 0
        FROM changed WHERE EXISTS (SELECT 1 FROM webhook WHERE webhook.account_id = ${value(2)}::text)
      ) SELECT token FROM changed`,
  }
}
