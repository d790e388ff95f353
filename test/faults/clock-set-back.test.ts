import { afterEach, beforeEach, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import type { State } from '../../src/storage/open-state.ts'
import { closeBoth, describeOnEachEngine } from '../support/each-engine.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const HOUR = 3_600_000
const SLOW = { street1: '4100 Slowpoke Lane', zip: '48034' }

describeOnEachEngine('a clock that is set back by an hour', (openTwice) => {
  let states: readonly [State, State]
  let state: State
  let test: TestApp

  beforeEach(async () => {
    states = await openTwice()
    state = states[0]
    test = await openTestApp({ state })
  })

  afterEach(async () => {
    await test.close()
    await closeBoth(states)
  })

  async function createToken(): Promise<{ id: string; headers: Record<string, string> }> {
    const needs = { tokens: state.tokens, clock: () => test.now }
    const { secret, token } = await createApiToken(needs, { name: 'one', kind: 'test', rateLimit: 5 })
    return { id: token.id, headers: { authorization: `Bearer ${secret}` } }
  }

  it('leaves sessions readable, and lets new ones be opened and closed', async () => {
    const before = await test.open()
    test.now -= HOUR
    expect((await test.ask('GET', `/sessions/${before}`)).statusCode).toBe(200)
    const after = await test.open()
    for (const token of [before, after]) {
      expect((await test.ask('DELETE', `/sessions/${token}`)).statusCode).toBe(200)
      expect((await test.ask('GET', `/sessions/${token}`)).statusCode).toBe(410)
    }
  })

  it('locks no caller out', async () => {
    const { headers } = await createToken()
    const ask = async () => (await test.ask('GET', '/ping', { headers })).statusCode
    for (let request = 0; request < 5; request++) expect(await ask()).toBe(200)
    expect(await ask()).toBe(429)
    test.now -= HOUR
    for (let request = 0; request < 5; request++) expect(await ask()).toBe(200)
    expect(await ask()).toBe(429)
  })

  it('does not keep a revoked token alive', async () => {
    const { id, headers } = await createToken()
    expect((await test.ask('GET', '/ping', { headers })).statusCode).toBe(200)
    test.now -= HOUR
    await state.tokens.revoke(id, test.now)
    expect((await test.ask('GET', '/ping', { headers })).statusCode).toBe(401)
  })

  it('does not hold up the work of a process that died before', async () => {
    const token = 'x'.repeat(22)
    const params = { street1: EXAMPLE.street1, zip: EXAMPLE.zip }
    const times = { createdAt: test.now, updatedAt: test.now, lastSeenAt: test.now }
    await state.sessions.insert({ token, accountId: 'sandbox', kind: 'test', params, ...times })
    test.now -= HOUR
    const other = await openTestApp({ state: states[1] })
    other.now = test.now
    // On SQLite it is taken up at the start; on PostgreSQL whoever opened it is given 15 seconds.
    await expect
      .poll(async () => (await state.sessions.find(token))?.internet, { timeout: 60_000 })
      .toMatchObject({ outcome: 'matched' })
    await other.close()
  }, 90_000)

  it('does not leave an Idempotency-Key at 409 whose first request died before', async () => {
    const { headers } = await createToken()
    const account = (await state.tokens.list())[0]?.accountId ?? ''
    const post = () =>
      test.ask('POST', '/sessions', { payload: EXAMPLE, headers: { ...headers, 'idempotency-key': 'one' } })
    const opened = await post()
    const token = String(opened.headers['session_token'])
    expect((await state.sessions.find(token))?.accountId).toBe(account)
    await state.sessions.end(token, 0)
    await state.usage.countEnded(1)
    await state.sessions.forget(1)
    test.now -= HOUR
    const again = await post()
    expect(again.statusCode).toBe(201)
    expect(again.headers['session_token']).toBe(token)
  })

  it('leaves agents at work at a session that is closed afterwards no way to report', async () => {
    const opened = await test.ask('POST', '/sessions', { payload: SLOW, headers: { prefer: 'wait=0' } })
    const token = String(opened.headers['session_token'])
    test.now -= HOUR
    expect((await test.ask('DELETE', `/sessions/${token}`)).statusCode).toBe(200)
    expect((await test.ask('GET', `/sessions/${token}`)).statusCode).toBe(410)
    expect(await state.sessions.recordReport(token, { internet: { outcome: 'matched' } }, test.now)).toBe(false)
  })
})
