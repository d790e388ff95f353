import { createApiToken } from '../../src/access/create-api-token.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { openState } from '../../src/storage/open-state.ts'
import { startPostgres } from '../../test/support/postgres.ts'
import { startServer } from '../../test/support/server-process.ts'
import type { ServerProcess } from '../../test/support/server-process.ts'

const PROCESSES = 8
const REQUESTS = 10_000
const CALLERS = 64
const LIMIT = 100
const WINDOW_MS = 10_000

/**
 * Sends requests with one token to eight processes on one PostgreSQL, and counts for each window how many were let
 * through. Windows in which fewer were sent than the limit, the first and last perhaps, say nothing and are left out.
 */
export async function measureLimits(): Promise<object> {
  const postgres = await startPostgres()
  const url = await postgres.createDatabase('limits')
  const servers: ServerProcess[] = []
  try {
    for (let index = 0; index < PROCESSES; index++) servers.push(await startServer({ HUM_STATE: url }))
    const state = await openState({ engine: 'postgres', url })
    const wishes = { name: 'limits', kind: 'test', rateLimit: LIMIT, rateWindowMs: WINDOW_MS } as const
    const { secret } = await createApiToken({ tokens: state.tokens, clock: systemClock }, wishes)
    await state.close()

    const windows = new Map<string, { sent: number; accepted: number }>()
    let sent = 0
    const call = async (): Promise<void> => {
      while (sent < REQUESTS) {
        const server = servers[sent++ % PROCESSES]!
        const answer = await fetch(`${server.url}/ping`, { headers: { authorization: `Bearer ${secret}` } })
        await answer.arrayBuffer()
        if (answer.status !== 200 && answer.status !== 429) throw new Error(`/ping answered ${answer.status}`)
        const reset = answer.headers.get('x-ratelimit-reset') ?? ''
        const window = windows.get(reset) ?? { sent: 0, accepted: 0 }
        windows.set(reset, { sent: window.sent + 1, accepted: window.accepted + (answer.status === 200 ? 1 : 0) })
      }
    }
    await Promise.all(Array.from({ length: CALLERS }, call))
    const full = [...windows.values()].filter((window) => window.sent >= LIMIT)
    return {
      processes: PROCESSES,
      requests: REQUESTS,
      limit: LIMIT,
      windows: full.length,
      acceptedPerWindow: [...new Set(full.map(({ accepted }) => accepted))],
    }
  } finally {
    await Promise.all(servers.map((server) => server.end('SIGTERM')))
    await postgres.destroy()
  }
}
