import http from 'node:http'
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import type { Clock } from '../lib/clock.ts'
import { ForbiddenAddress } from './reach-url.ts'
import type { Reach } from './reach-url.ts'
import { signMessage } from './sign-message.ts'
import type { Webhook, WebhookMessage } from './webhook.ts'
import { codeOf } from '../lib/errors.ts'

/** More of an answer is not read; none of it is kept. */
const MOST_ANSWER_BYTES = 16_384

/** How a try went. */
export interface PostResult {
  /** Whether the receiver has the message, is gone for good, or may be tried again. */
  readonly outcome: 'delivered' | 'gone' | 'failed'
  /** The status of the answer, if there was one. */
  readonly status?: number | undefined
  /** In a word: `ok`, `status`, `redirect`, `timeout`, `forbidden_address`, `name_unknown`, `certificate`, `unreachable`. */
  readonly reason: string
  /** What the receiver asked to wait. */
  readonly retryAfterMs?: number | undefined
}

/** Sends a message once. Never rejects. */
export type PostMessage = (
  webhook: Pick<Webhook, 'url' | 'secrets'>,
  message: Pick<WebhookMessage, 'id' | 'body'>,
) => Promise<PostResult>

/** `timeoutMs` is all the time that a try may take. */
export function createPostMessage({
  reach,
  clock,
  timeoutMs = 15_000,
}: {
  reach: Reach
  clock: Clock
  timeoutMs?: number
}): PostMessage {
  return async (webhook, message) => {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const url = new URL(webhook.url)
      const addresses = await orAborted(reach.findAddresses(url), signal)
      const headers = {
        ...signMessage(webhook, message, clock()),
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(message.body),
        'user-agent': 'Hum-Webhooks/1.0',
      }
      return await send(url, { addresses, headers, body: message.body, signal }, clock)
    } catch (error) {
      return { outcome: 'failed', reason: signal.aborted ? 'timeout' : nameFailure(error) }
    }
  }
}

function send(
  url: URL,
  {
    addresses,
    headers,
    body,
    signal,
  }: { addresses: readonly string[]; headers: http.OutgoingHttpHeaders; body: string; signal: AbortSignal },
  clock: Clock,
): Promise<PostResult> {
  const { promise, resolve, reject } = Promise.withResolvers<PostResult>()
  const { request } = url.protocol === 'https:' ? https : http
  const sent = request(url, { method: 'POST', headers, agent: false, lookup: pinTo(addresses), signal })
  sent.once('error', reject)
  sent.once('response', (answer) => {
    const result = judge(answer, clock())
    let bytes = 0
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > MOST_ANSWER_BYTES) answer.destroy()
    })
    // The status says it all: what goes wrong in the rest of the answer changes nothing.
    answer.on('error', () => {})
    answer.once('close', () => resolve(result))
  })
  sent.end(body)
  return promise
}

function judge({ statusCode: status = 0, headers }: IncomingMessage, now: number): PostResult {
  if (status >= 200 && status < 300) return { outcome: 'delivered', status, reason: 'ok' }
  if (status === 410) return { outcome: 'gone', status, reason: 'gone' }
  // Where a redirect leads was not checked, and could be changed at any time.
  if (status >= 300 && status < 400) return { outcome: 'failed', status, reason: 'redirect' }
  return { outcome: 'failed', status, reason: 'status', retryAfterMs: readRetryAfter(headers['retry-after'], now) }
}

/** Seconds, or a date. */
function readRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return ms > 0 ? ms : undefined
}

/** Connects to addresses that were checked, whatever the name leads to by now. */
function pinTo(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_hostname, options, found) => {
    if (options.all === true) found(null, known)
    else found(null, known[0]!.address, known[0]!.family)
  }
}

function nameFailure(error: unknown): string {
  if (error instanceof ForbiddenAddress) return 'forbidden_address'
  const code = codeOf(error)
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) return 'name_unknown'
  return /CERT|^ERR_TLS|^ERR_SSL|SIGNATURE|^EPROTO/.test(code) ? 'certificate' : 'unreachable'
}

function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(signal.reason as Error)
  signal.addEventListener('abort', abort, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort))
}
