import type { WebhookStore } from '../webhooks/webhook-store.ts'
import type {
  DeadMessage,
  DueMessage,
  Settlement,
  Webhook,
  WebhookMessage,
  WebhookSecret,
} from '../webhooks/webhook.ts'
import type { SqlState, SqlValue } from './sql-state.ts'

interface WebhookRow {
  readonly account_id: string
  readonly url: string
  readonly secrets: string
  readonly created_at: number
  readonly disabled_at: number | null
}

interface MessageRow {
  readonly id: string
  readonly account_id: string
  readonly type: string
  readonly body: string
  readonly created_at: number
  readonly attempts: number
}

interface DeadRow extends MessageRow {
  readonly finished_at: number
  readonly status: number | null
  readonly reason: string | null
}

/** Whether a webhook's account has a token of which `condition` holds, or no token of its own at all. */
const hasToken = (condition: string): string => `coalesce((
    SELECT max(CASE WHEN ${condition} THEN 1 ELSE 0 END) FROM api_token WHERE api_token.account_id = webhook.account_id
  ), 1) = 1`

const WEBHOOK = 'account_id, url, secrets, created_at, disabled_at'
const MESSAGE = 'id, account_id, type, body, created_at, attempts'

/** How `toMessageValues` come into their table, for stores that put them there with a change of their own. */
export const MESSAGE_COLUMNS = 'id, account_id, type, body, created_at, next_attempt_at, state, attempts'

/** The values of a new message, the last two columns left out: it waits and was never tried. */
export function toMessageValues(message: WebhookMessage): readonly SqlValue[] {
  // PostgreSQL refuses NUL in any text, and JSON writes it without one.
  return [message.id, message.accountId, message.type, message.body, message.createdAt]
}

/** Webhooks and their messages in either engine. */
export function sqlWebhookStore(sql: SqlState): WebhookStore {
  return {
    put: async (webhook) => {
      await sql.write(
        `INSERT INTO webhook (${WEBHOOK}) VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (account_id) DO UPDATE SET url = excluded.url, secrets = excluded.secrets,
            created_at = excluded.created_at, disabled_at = excluded.disabled_at`,
        [
          webhook.accountId,
          webhook.url,
          JSON.stringify(webhook.secrets),
          webhook.createdAt,
          webhook.disabledAt ?? null,
        ],
      )
    },
    find: async (accountId) => {
      const [row] = await sql.read<WebhookRow>(`SELECT ${WEBHOOK} FROM webhook WHERE account_id = $1`, [accountId])
      return row && fromWebhookRow(row)
    },
    remove: async (accountId) => {
      const isRemoved = (await sql.write('DELETE FROM webhook WHERE account_id = $1', [accountId])) > 0
      await sql.write('DELETE FROM webhook_message WHERE account_id = $1', [accountId])
      return isRemoved
    },
    disable: async (accountId, at) => {
      await sql.write('UPDATE webhook SET disabled_at = $1 WHERE account_id = $2 AND disabled_at IS NULL', [
        at,
        accountId,
      ])
      await sql.write(
        `UPDATE webhook_message SET state = 'dead', finished_at = $1, reason = 'gone'
          WHERE account_id = $2 AND state = 'pending'`,
        [at, accountId],
      )
    },
    list: async () => {
      const counted = (state: string): string =>
        `(SELECT count(*) FROM webhook_message m WHERE m.account_id = webhook.account_id AND m.state = '${state}')`
      const rows = await sql.read<WebhookRow & { pending: number; dead: number }>(
        `SELECT ${WEBHOOK}, ${counted('pending')} AS pending, ${counted('dead')} AS dead FROM webhook
          ORDER BY created_at, account_id`,
      )
      return rows.map(({ pending, dead, ...row }) => ({ webhook: fromWebhookRow(row), pending, dead }))
    },
    listQueues: async (at) => {
      const rows = await sql.read<WebhookRow & { next_due_at: number | null }>(
        `SELECT ${WEBHOOK}, (
            SELECT min(next_attempt_at) FROM webhook_message m
            WHERE m.account_id = webhook.account_id AND m.state = 'pending'
          ) AS next_due_at FROM webhook
          WHERE disabled_at IS NULL AND ${hasToken('revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $1)')}`,
        [at],
      )
      return rows.map(({ next_due_at, ...row }) => ({
        webhook: fromWebhookRow(row),
        nextDueAt: next_due_at ?? undefined,
      }))
    },
    listRevoked: async () => {
      const rows = await sql.read<Pick<WebhookRow, 'account_id'>>(
        `SELECT account_id FROM webhook WHERE NOT (${hasToken('revoked_at IS NULL')})`,
      )
      return rows.map(({ account_id }) => account_id)
    },
    claim: async (accountId, { now, leaseUntil, limit }) => {
      const rows = await sql.writeReturning<MessageRow>(
        `UPDATE webhook_message SET next_attempt_at = $1, attempts = attempts + 1
          WHERE id IN (
            SELECT id FROM webhook_message WHERE account_id = $2 AND state = 'pending' AND next_attempt_at <= $3
            ORDER BY next_attempt_at LIMIT $4
          ) AND state = 'pending' AND next_attempt_at <= $3
          RETURNING ${MESSAGE}`,
        [leaseUntil, accountId, now, limit],
      )
      return rows.map(fromMessageRow)
    },
    settle: async (id, settlement) => {
      await sql.write(
        `UPDATE webhook_message SET state = $1, next_attempt_at = coalesce($2, next_attempt_at), finished_at = $3,
          status = $4, reason = $5 WHERE id = $6`,
        [...toSettlementValues(settlement), id],
      )
    },
    listDead: async (accountId) => {
      const select = `SELECT ${MESSAGE}, finished_at, status, reason FROM webhook_message WHERE state = 'dead'`
      const rows = await (accountId === undefined
        ? sql.read<DeadRow>(`${select} ORDER BY finished_at DESC, id`)
        : sql.read<DeadRow>(`${select} AND account_id = $1 ORDER BY finished_at DESC, id`, [accountId]))
      return rows.map(fromDeadRow)
    },
    replay: async (id, at) =>
      (await sql.write(
        `UPDATE webhook_message SET state = 'pending', attempts = 0, next_attempt_at = $1, finished_at = NULL,
          status = NULL, reason = NULL WHERE id = $2 AND state <> 'pending'`,
        [at, id],
      )) > 0,
    forget: async ({ deliveredBefore, diedBefore }) => {
      const finished = await sql.write(
        `DELETE FROM webhook_message
          WHERE (state = 'delivered' AND finished_at < $1) OR (state = 'dead' AND finished_at < $2)`,
        [deliveredBefore, diedBefore],
      )
      const unsent = await sql.write(`DELETE FROM webhook_message WHERE state = 'pending' AND next_attempt_at < $1`, [
        diedBefore,
      ])
      return finished + unsent
    },
  }
}

function toSettlementValues(settlement: Settlement): SqlValue[] {
  const { state } = settlement
  if (state === 'pending') return [state, settlement.nextAttemptAt, null, null, null]
  if (state === 'delivered') return [state, null, settlement.at, null, null]
  return [state, null, settlement.at, settlement.status ?? null, settlement.reason]
}

function fromWebhookRow(row: WebhookRow): Webhook {
  return {
    accountId: row.account_id,
    url: row.url,
    secrets: JSON.parse(row.secrets) as WebhookSecret[],
    createdAt: row.created_at,
    disabledAt: row.disabled_at ?? undefined,
  }
}

function fromMessageRow(row: MessageRow): DueMessage {
  return {
    id: row.id,
    accountId: row.account_id,
    type: row.type,
    body: row.body,
    createdAt: row.created_at,
    attempts: row.attempts,
  }
}

function fromDeadRow(row: DeadRow): DeadMessage {
  return {
    ...fromMessageRow(row),
    diedAt: row.finished_at,
    status: row.status ?? undefined,
    reason: row.reason ?? '',
  }
}
