import { createHmac, randomBytes } from 'node:crypto'
import type { Webhook, WebhookMessage } from './webhook.ts'

const PREFIX = 'whsec_'
const KEY_BYTES = 32

/** Makes a secret: `whsec_` and 256 random bits in base64. */
export function createWebhookSecret(): string {
  return PREFIX + randomBytes(KEY_BYTES).toString('base64')
}

/**
 * The headers of Standard Webhooks 1.0 for a try at `now`: id, time in seconds, and a signature (HMAC-SHA256 over id,
 * time and body) for each secret that has not ended.
 */
export function signMessage(
  { secrets }: Pick<Webhook, 'secrets'>,
  { id, body }: Pick<WebhookMessage, 'id' | 'body'>,
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const signatures = secrets
    .filter(({ endsAt }) => endsAt === undefined || endsAt > now)
    .map(({ secret }) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
    })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
