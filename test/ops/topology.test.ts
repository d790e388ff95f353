import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPostgres, startPostgres } from '../support/postgres.ts'
import type { PostgresServer } from '../support/postgres.ts'
import { startRoundRobin } from '../support/round-robin.ts'
import type { RoundRobin } from '../support/round-robin.ts'
import { startServer } from '../support/server-process.ts'
import type { ServerProcess } from '../support/server-process.ts'
import { EXAMPLE } from '../support/test-app.ts'

const HEADERS = { authorization: 'Bearer hum_test_sandbox', 'content-type': 'application/json' }

/** The services of `compose.yaml` as processes: two servers on one PostgreSQL behind a proxy that takes turns. */
describe.skipIf(!hasPostgres)('two servers on one PostgreSQL behind a proxy', () => {
  let postgres: PostgresServer
  let servers: ServerProcess[]
  let proxy: RoundRobin

  beforeAll(async () => {
    postgres = await startPostgres()
    const env = {
      HUM_STATE: await postgres.createDatabase('topology'),
      HUM_TRUSTED_PROXIES: 'loopback',
      HUM_METRICS: 'on',
    }
    // At the same moment, as an orchestrator starts them: one of them makes the schema.
    servers = await Promise.all([startServer(env), startServer(env)])
    proxy = await startRoundRobin(servers.map(({ url }) => url))
  })

  afterAll(async () => {
    await proxy?.close()
    await Promise.all((servers ?? []).map((server) => server.end('SIGTERM')))
    await postgres?.destroy()
  })

  async function ask(method: string, path: string, body?: object) {
    const answer = await fetch(`${proxy.url}${path}`, {
      method,
      headers: HEADERS,
      ...(body && { body: JSON.stringify(body) }),
    })
    const { meta } = (await answer.json()) as { meta?: { session_token?: string } }
    return { status: answer.status, token: meta?.session_token ?? '', by: answer.headers.get('x-served-by') }
  }

  it('are both ready', async () => {
    for (const { url } of servers) expect((await fetch(`${url}/health/ready`)).status).toBe(200)
  })

  it('let what one has opened be read and closed through the other', async () => {
    for (let times = 0; times < 5; times++) {
      const opened = await ask('POST', '/sessions', EXAMPLE)
      expect(opened.status).toBe(201)
      const read = await ask('GET', `/sessions/${opened.token}`)
      expect(read.status).toBe(200)
      expect(read.by).not.toBe(opened.by)
      const services = await ask('GET', `/sessions/${opened.token}/services/internet`)
      expect(services).toMatchObject({ status: 200, by: opened.by })
      const closed = await ask('DELETE', `/sessions/${opened.token}`)
      expect(closed).toMatchObject({ status: 200, by: read.by })
      expect(await ask('GET', `/sessions/${opened.token}`)).toMatchObject({ status: 410, by: opened.by })
      await ask('GET', '/ping')
    }
  })

  it('go on with one alone, without a failed request, while the other is stopped', async () => {
    const { token } = await ask('POST', '/sessions', EXAMPLE)
    const statuses = new Set<number>()
    let code: number | null | undefined
    const stopping = servers[0]!.end('SIGTERM').then((ended) => (code = ended))
    for (let after = 0; after < 5; after += code === undefined ? 0 : 1) {
      statuses.add((await ask('GET', `/sessions/${token}`)).status)
    }
    await stopping
    expect(code).toBe(0)
    expect([...statuses]).toEqual([200])
  })
})
