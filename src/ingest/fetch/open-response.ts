import { AppError, codeOf } from '../../lib/errors.ts'
import { TransientFailure } from './retry.ts'

/** What one request takes. */
export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** Headers that go to the address's own origin only, never where it redirects to another. */
  readonly credentials?: Readonly<Record<string, string>> | undefined
  /** A connection that says nothing for so long is given up. */
  readonly idleTimeoutMs: number
}

/** A response whose body is still to be read. */
export interface OpenResponse {
  readonly status: number
  readonly headers: Headers
  /** Fails with `TransientFailure` when the connection breaks or falls silent. */
  body(): AsyncGenerator<Uint8Array>
  /** Gives the connection up without reading further. */
  cancel(): void
}

const USER_AGENT = 'hum-data-fetch (self-hosted; reads public bulk data)'
const MAX_REDIRECTS = 5
const TRANSIENT_STATUS = new Set([408, 425, 429])
const EXPECTED_STATUS = new Set([200, 206, 304, 416])

/**
 * Requests an address and answers as soon as the headers are there.
 *
 * @returns a response with status 200, 206, 304 or 416.
 * @throws TransientFailure for broken connections, 408, 425, 429 and 5xx, with what `Retry-After` asks for.
 * @throws AppError `settings_invalid` when credentials are refused, `source_unreadable` for any other status.
 */
export async function openResponse(address: string, options: RequestOptions): Promise<OpenResponse> {
  let url = new URL(address)
  const { origin } = url
  const guard = createIdleGuard(options.idleTimeoutMs)
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const credentials = url.origin === origin ? options.credentials : undefined
    const response = await request(url, { ...options.headers, ...credentials }, guard)
    const target = isRedirect(response.status) ? response.headers.get('location') : null
    if (target === null) return checkResponse(url, response, guard, credentials !== undefined)
    await response.body?.cancel()
    url = new URL(target, url)
  }
  guard.stop()
  throw new AppError('source_unreadable', `${describeUrl(address)} redirects without end.`)
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304

async function request(url: URL, headers: Readonly<Record<string, string>>, guard: IdleGuard): Promise<Response> {
  try {
    return await fetch(url, {
      // Sizes and ranges are those of the file itself, so it has to come as it is.
      headers: { 'user-agent': USER_AGENT, accept: '*/*', 'accept-encoding': 'identity', ...headers },
      redirect: 'manual',
      signal: guard.signal,
    })
  } catch (error) {
    guard.stop()
    throw new TransientFailure(`${describeUrl(url.href)} cannot be reached (${describeCause(error)}).`, {
      cause: error,
    })
  }
}

function checkResponse(url: URL, response: Response, guard: IdleGuard, withCredentials: boolean): OpenResponse {
  const { status, headers } = response
  const cancel = () => {
    guard.stop()
    response.body?.cancel().catch(() => {})
  }
  if (EXPECTED_STATUS.has(status)) {
    return { status, headers, body: () => readBody(url, response, guard), cancel }
  }
  cancel()
  const where = describeUrl(url.href)
  if (TRANSIENT_STATUS.has(status) || status >= 500) {
    throw new TransientFailure(`${where} answers ${status}.`, readRetryAfter(headers))
  }
  if (withCredentials && (status === 401 || status === 403)) {
    throw new AppError(
      'settings_invalid',
      `${url.host} refuses the account (${status}). Check HUM_FCC_USERNAME and HUM_FCC_HASH_VALUE: the token is made ` +
        'under "Manage API Access" of an account at broadbandmap.fcc.gov.',
    )
  }
  throw new AppError('source_unreadable', `${where} answers ${status}.`)
}

async function* readBody(url: URL, response: Response, guard: IdleGuard): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response.body ?? []) {
      guard.touch()
      yield chunk as Uint8Array
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new TransientFailure(`${describeUrl(url.href)} broke off (${describeCause(error)}).`, { cause: error })
  } finally {
    guard.stop()
  }
}

/** Seconds, or a date. */
function readRetryAfter(headers: Headers): { retryAfterMs?: number } {
  const text = headers.get('retry-after')
  if (text === null) return {}
  if (/^\d+$/.test(text.trim())) return { retryAfterMs: Number(text) * 1000 }
  const now = Date.parse(headers.get('date') ?? '') || Date.now()
  const until = Date.parse(text)
  return Number.isNaN(until) ? {} : { retryAfterMs: Math.max(0, until - now) }
}

interface IdleGuard {
  readonly signal: AbortSignal
  touch(): void
  stop(): void
}

function createIdleGuard(timeoutMs: number): IdleGuard {
  const controller = new AbortController()
  const giveUp = () => controller.abort(new Error(`no byte for ${Math.round(timeoutMs / 1000)} seconds`))
  const timer = setTimeout(giveUp, timeoutMs)
  return { signal: controller.signal, touch: () => void timer.refresh(), stop: () => clearTimeout(timer) }
}

function describeCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof Error) return codeOf(cause) || cause.message
  return error.message
}

/** An address as it may be shown: without a query or a user, where tokens hide. */
export function describeUrl(address: string): string {
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname}`
}
