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

/** Calls the API over HTTP with a token; `origin` is empty for the page's own server. */
export function createSend({ origin, token }: { readonly origin: string; readonly token: string }): Send {
  return async (method, path, body, signal) => {
    const response = await fetch(origin + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
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
}
