import { Type } from 'typebox'
import type { PostResult } from '../../webhooks/post-message.ts'
import type { DeadMessage, Webhook } from '../../webhooks/webhook.ts'
import { Timestamp } from '../answer-schemas.ts'
import { toTimestamp } from '../timestamp.ts'

const NullableTime = Type.Union([Timestamp, Type.Null()])

export const WebhookSchema = Type.Object({
  account_id: Type.String({ description: 'The account of the token that it is registered for.' }),
  url: Type.String(),
  created_at: Timestamp,
  disabled_at: Type.Union([Timestamp, Type.Null()], { description: 'When the receiver answered 410.' }),
  secrets: Type.Array(Type.Object({ ends_at: NullableTime }), {
    description: 'When each of the secrets that sign ends, the newest first.',
  }),
})

/** A webhook in the list of all. */
export const CountedWebhookSchema = Type.Object({
  ...WebhookSchema.properties,
  pending: Type.Integer({ description: 'Messages that wait.' }),
  dead: Type.Integer({ description: 'Messages that were given up.' }),
})

/** A webhook whose newest secret was made just now. */
export const SecretWebhookSchema = Type.Object({
  ...WebhookSchema.properties,
  secret: Type.Union([Type.String(), Type.Null()], {
    description: 'The new secret, which is not shown again; null where an earlier one stays.',
  }),
})

export const DeadMessageSchema = Type.Object({
  id: Type.String({ description: 'The webhook-id.' }),
  account_id: Type.String(),
  type: Type.String(),
  created_at: Timestamp,
  died_at: Timestamp,
  attempts: Type.Integer(),
  status: Type.Union([Type.Integer(), Type.Null()]),
  reason: Type.String(),
})

export const TestResultSchema = Type.Object({
  outcome: Type.String({ enum: ['delivered', 'gone', 'failed'] }),
  status: Type.Union([Type.Integer(), Type.Null()]),
  reason: Type.String(),
  milliseconds: Type.Integer(),
})

export function presentWebhook({ accountId, url, createdAt, disabledAt, secrets }: Webhook): object {
  return {
    account_id: accountId,
    url,
    created_at: toTimestamp(createdAt),
    disabled_at: disabledAt === undefined ? null : toTimestamp(disabledAt),
    secrets: secrets.map(({ endsAt }) => ({ ends_at: endsAt === undefined ? null : toTimestamp(endsAt) })),
  }
}

export function presentDeadMessage(message: DeadMessage): object {
  return {
    id: message.id,
    account_id: message.accountId,
    type: message.type,
    created_at: toTimestamp(message.createdAt),
    died_at: toTimestamp(message.diedAt),
    attempts: message.attempts,
    status: message.status ?? null,
    reason: message.reason,
  }
}

export function presentTestResult({
  outcome,
  status,
  reason,
  milliseconds,
}: PostResult & { milliseconds: number }): object {
  return { outcome, status: status ?? null, reason, milliseconds }
}
