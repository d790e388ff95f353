import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import type { LookUps } from '../../src/sessions/look-ups.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const REAL_VERSION = '26010199'

/** Data of the operator's own, in which nothing of the sandbox is. */
function realData(sandbox: LookUps): LookUps {
  return {
    ...sandbox,
    version: REAL_VERSION,
    isSandbox: false,
    geocode: () => ({ outcome: 'failed', reason: 'area_not_loaded', suggestions: [], dataSet: REAL_VERSION }),
    suggest: () => [],
    findProviderName: () => undefined,
  }
}

interface Answer {
  readonly data: { url: string | null }[]
  readonly meta: { session_token: string; hum_data_set: string; agent_status: { geocoding: string } }
}

describe('test tokens, where real data is served', () => {
  let test: TestApp
  let secrets: Record<'live' | 'test', string>

  beforeAll(async () => {
    test = await openTestApp({ live: realData })
    const needs = { tokens: test.state.tokens, clock: () => test.now }
    const create = async (kind: 'live' | 'test') => (await createApiToken(needs, { name: kind, kind })).secret
    secrets = { live: await create('live'), test: await create('test') }
  })

  afterAll(() => test.close())

  async function ask(kind: 'live' | 'test', method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
    const headers = { authorization: `Bearer ${secrets[kind]}` }
    const answer = await test.ask(method, url, { headers, ...(payload && { payload }) })
    return { status: answer.statusCode, body: answer.json<Answer>() }
  }

  it('are answered from the sandbox on every path, and live ones from the real data', async () => {
    for (const kind of ['live', 'test'] as const) {
      const version = kind === 'live' ? REAL_VERSION : test.lookUps.version
      const created = await ask(kind, 'POST', '/sessions', EXAMPLE)
      expect(created.status).toBe(201)
      expect(created.body.meta.agent_status.geocoding).toBe(kind === 'live' ? 'failed' : 'matched')
      const path = `/sessions/${created.body.meta.session_token}`
      const answers = [created]
      for (const below of ['', '/services/internet', '/evidence', '/map'])
        answers.push(await ask(kind, 'GET', path + below))
      answers.push(await ask(kind, 'POST', `${path}/select`, { candidate_id: 'x' }))
      answers.push(await ask(kind, 'GET', '/addresses/suggest?q=29090+tiff'))
      answers.push(await ask(kind, 'POST', '/sessions', { street1: '' }))
      answers.push(await ask(kind, 'DELETE', path))
      answers.push(await ask(kind, 'GET', path))
      for (const { status, body } of answers) expect(body.meta.hum_data_set, String(status)).toBe(version)
      expect((await ask(kind, 'GET', '/addresses/suggest?q=29090+tiff')).body.data.length > 0).toBe(kind === 'test')
    }
  })

  it('settle an address of several places in the sandbox', async () => {
    const created = await test.ask('POST', '/sessions', {
      headers: { authorization: `Bearer ${secrets.test}` },
      payload: { street1: '150 Marigold', zip: '48034' },
    })
    const { candidates, meta } = created.json<Answer & { candidates: { id: string }[] }>()
    const chosen = await ask('test', 'POST', `/sessions/${meta.session_token}/select`, {
      candidate_id: candidates[0]?.id,
    })
    expect(chosen.status).toBe(200)
    expect(chosen.body.data.length).toBeGreaterThan(0)
  })

  it('get links and logos that lead somewhere', async () => {
    const { data } = (await ask('test', 'POST', '/sessions', EXAMPLE)).body
    const url = data.find((provider) => provider.url !== null)?.url ?? ''
    expect((await test.app.server.inject(url)).statusCode).toBe(302)
    expect((await test.app.server.inject('/logos/900001.svg')).statusCode).toBe(200)
  })

  it('see no session of a live token, and the well-known token of the sandbox opens nothing', async () => {
    const { meta } = (await ask('live', 'POST', '/sessions', EXAMPLE)).body
    expect((await ask('test', 'GET', `/sessions/${meta.session_token}`)).status).toBe(404)
    expect((await test.ask('GET', '/ping')).statusCode).toBe(401)
  })

  it('go on in the sandbox when another process takes their session up', async () => {
    const token = 'taken-up'
    const times = { createdAt: test.now, updatedAt: test.now, lastSeenAt: test.now }
    const session = { token, accountId: 'a', kind: 'test', params: EXAMPLE, ...times } as const
    await test.state.sessions.insert(session)
    const other = await openTestApp({ state: test.state, live: realData })
    await expect
      .poll(async () => (await test.state.sessions.find(token))?.geocoding?.outcome, { timeout: 20_000 })
      .toBe('matched')
    await other.close()
  })

  it('are refused where the sandbox is not to be had', async () => {
    const without = await openTestApp({ state: test.state, lookUps: realData })
    const ping = async (kind: 'live' | 'test') =>
      (await without.ask('GET', '/ping', { headers: { authorization: `Bearer ${secrets[kind]}` } })).statusCode
    expect([await ping('live'), await ping('test')]).toEqual([200, 401])
    await without.close()
  })
})
