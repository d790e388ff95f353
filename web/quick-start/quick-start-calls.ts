/** One call of the quick start. `{token}` in its path stands for the session that the first call created. */
export interface QuickStartCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: { readonly street1: string; readonly zip: string } | undefined
  readonly curl: string
}

/** What the command lines take as given; `SESSION` is in the first answer's `meta.session_token`. */
export const SET_UP = 'HUM_URL=http://127.0.0.1:3000\nHUM_TOKEN=hum_test_sandbox\nSESSION=…'

const EXAMPLE = { street1: '29090 Tiffany Drive E', zip: '48034' }

/** The calls in their order; the first with an address that the server has, as `street, city, state zip`. */
export function listQuickStartCalls(line?: string): readonly QuickStartCall[] {
  const parts = /^([^,]+),.*\b(\d{5})$/.exec(line ?? '')
  const body = parts === null ? EXAMPLE : { street1: parts[1] ?? '', zip: parts[2] ?? '' }
  const calls: Omit<QuickStartCall, 'curl'>[] = [
    { method: 'POST', path: '/sessions', body },
    { method: 'GET', path: '/sessions/{token}' },
    { method: 'GET', path: '/sessions/{token}/services/internet' },
    { method: 'DELETE', path: '/sessions/{token}' },
  ]
  return calls.map((call) => ({ ...call, curl: writeCurl(call) }))
}

function writeCurl({ method, path, body }: Omit<QuickStartCall, 'curl'>): string {
  return [
    method === 'GET' ? 'curl' : `curl -X ${method}`,
    `"$HUM_URL${path.replace('{token}', '$SESSION')}"`,
    '-H "Authorization: Bearer $HUM_TOKEN"',
    ...(body === undefined ? [] : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(body)}'`]),
  ].join(' \\\n  ')
}
