import { SANDBOX_TOKEN } from '../access/api-token.ts'
import type { ApiToken } from '../access/api-token.ts'
import type { ApiTokenStore } from '../access/api-token-store.ts'
import { tokenNotFound } from '../access/create-api-token.ts'
import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { randomBase62 } from '../lib/base62.ts'
import type { PostMessage, PostResult } from './post-message.ts'
import type { Reach } from './reach-url.ts'
import { createWebhookSecret } from './sign-message.ts'
import type { WebhookStore } from './webhook-store.ts'
import type { Webhook } from './webhook.ts'

/** What the functions here work with. */
export interface WebhookNeeds {
  readonly webhooks: WebhookStore
  readonly tokens: ApiTokenStore
  readonly clock: Clock
}

/** A new `webhook-id`. */
export function createMessageId(): string {
  return `msg_${randomBase62(22)}`
}

/**
 * The token that a webhook is registered for, by its id; `sandbox` is that of `hum_test_sandbox`. A token that replaces
 * another has its account, and so its webhook.
 *
 * @throws AppError `token_not_found` for an unknown one, `invalid_params` for an admin token, which opens no sessions.
 */
export async function getWebhookToken({ tokens }: Pick<WebhookNeeds, 'tokens'>, id: string): Promise<ApiToken> {
  const token = id === SANDBOX_TOKEN.id ? SANDBOX_TOKEN : await tokens.find(id)
  if (token === undefined) throw tokenNotFound()
  if (token.scope === 'admin') throw new AppError('invalid_params', 'An admin token opens no sessions to be told of.')
  return token
}

/** Finds the webhook of a token. @throws AppError `webhook_not_found` when it has none; others as `getWebhookToken`. */
export async function getWebhook(needs: Pick<WebhookNeeds, 'tokens' | 'webhooks'>, tokenId: string): Promise<Webhook> {
  const { accountId } = await getWebhookToken(needs, tokenId)
  const webhook = await needs.webhooks.find(accountId)
  if (webhook === undefined) throw webhookNotFound()
  return webhook
}

/**
 * Registers a URL for a token, in the place of an earlier one, whose secrets stay. One that was disabled is used again.
 *
 * @throws AppError `invalid_params` when the URL cannot be used or the token is revoked; others as `getWebhookToken`.
 */
export async function setWebhook(
  needs: WebhookNeeds & { reach: Reach },
  { tokenId, url }: { tokenId: string; url: string },
): Promise<{ webhook: Webhook; isNew: boolean }> {
  const { accountId, revokedAt } = await getWebhookToken(needs, tokenId)
  if (revokedAt !== undefined) throw new AppError('invalid_params', 'This token is revoked. Name one that is in use.')
  needs.reach.check(url)
  const earlier = await needs.webhooks.find(accountId)
  const webhook: Webhook = {
    accountId,
    url: new URL(url).href,
    secrets: earlier?.secrets ?? [{ secret: createWebhookSecret() }],
    createdAt: earlier?.createdAt ?? needs.clock(),
  }
  await needs.webhooks.put(webhook)
  return { webhook, isNew: earlier === undefined }
}

/** Takes a token's webhook out, and what waits to be sent to it. @throws AppError as `getWebhook`. */
export async function removeWebhook(needs: Pick<WebhookNeeds, 'tokens' | 'webhooks'>, tokenId: string): Promise<void> {
  const { accountId } = await getWebhookToken(needs, tokenId)
  if (!(await needs.webhooks.remove(accountId))) throw webhookNotFound()
}

/**
 * Gives a webhook a new secret. Those before go on signing beside it for `overlapMs`, so that the receiver can change
 * over without a gap.
 *
 * @throws AppError as `getWebhook`.
 */
export async function rotateWebhookSecret(
  needs: WebhookNeeds,
  { tokenId, overlapMs }: { tokenId: string; overlapMs: number },
): Promise<Webhook> {
  const webhook = await getWebhook(needs, tokenId)
  const now = needs.clock()
  const earlier = webhook.secrets
    .filter(({ endsAt }) => endsAt === undefined || endsAt > now)
    .map(({ secret, endsAt = Number.POSITIVE_INFINITY }) => ({ secret, endsAt: Math.min(endsAt, now + overlapMs) }))
  const rotated = { ...webhook, secrets: [{ secret: createWebhookSecret() }, ...earlier] }
  await needs.webhooks.put(rotated)
  return rotated
}

/** Sends a message again under its own id. @throws AppError `webhook_not_found` when there is none to send. */
export async function replayMessage({ webhooks, clock }: Omit<WebhookNeeds, 'tokens'>, id: string): Promise<void> {
  if (!(await webhooks.replay(id, clock()))) {
    throw new AppError(
      'webhook_not_found',
      'There is no such message to send again: it is unknown, waits already, or was delivered more than a day ago.',
    )
  }
}

/** Sends a message of type `webhook.test` at once, and says how that went. Nothing of it is kept. */
export async function testWebhook(
  needs: WebhookNeeds & { post: PostMessage },
  tokenId: string,
): Promise<PostResult & { milliseconds: number }> {
  const webhook = await getWebhook(needs, tokenId)
  const timestamp = new Date(needs.clock()).toISOString()
  const body = JSON.stringify({ type: 'webhook.test', timestamp, data: {} })
  const begun = performance.now()
  const result = await needs.post(webhook, { id: createMessageId(), body })
  return { ...result, milliseconds: Math.round(performance.now() - begun) }
}

function webhookNotFound(): AppError {
  return new AppError('webhook_not_found', 'This token has no webhook. `hum webhooks set` registers one.')
}
