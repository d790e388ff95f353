import type { Access } from './access.ts'

/** What the API answered. `body` is the parsed JSON, unread. */
export interface Reply {
  readonly status: number
  readonly body: unknown
  readonly retryAfterSeconds?: number | undefined
}

/** Calls the Hum API. Rejects when no answer came: the server is out of reach, or the call was given up. */
export type Send = (
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
) => Promise<Reply>

/** Nothing is kept of a call, and nothing goes along with it. */
export const PRIVATELY = {
  cache: 'no-store',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
} as const satisfies RequestInit

/** Where the API is, empty for the page's own server, and what to call it with. */
export interface ApiPlace {
  readonly origin: string
  readonly access: Access
}

/** Calls the API over HTTP; once more with a new token where the old one is refused and there is a new one. */
export function createSend({ origin, access }: ApiPlace): Send {
  async function sendOnce(...[method, path, body, signal]: Parameters<Send>): Promise<Reply> {
    const response = await fetch(origin + path, {
      ...PRIVATELY,
      method,
      headers: {
        authorization: `Bearer ${access.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
    const retryAfter = Number(response.headers.get('retry-after') ?? NaN)
    return {
      status: response.status,
      body: await response.json().catch(() => undefined),
      ...(Number.isFinite(retryAfter) && { retryAfterSeconds: retryAfter }),
    }
  }

  return async (...call) => {
    const reply = await sendOnce(...call)
    return reply.status === 401 && (await access.renew()) ? sendOnce(...call) : reply
  }
}
