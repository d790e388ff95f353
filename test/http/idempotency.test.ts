import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import { AppError } from '../../src/lib/errors.ts'
import type { State } from '../../src/storage/open-state.ts'
import { closeBoth, describeOnEachEngine } from '../support/each-engine.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const HOUR = 3_600_000

describeOnEachEngine('POST /sessions with an Idempotency-Key', (openTwice) => {
  let states: readonly [State, State]
  let test: TestApp

  beforeAll(async () => {
    states = await openTwice()
    test = await openTestApp({ state: states[0] })
  })

  afterAll(async () => {
    await test.close()
    await closeBoth(states)
  })

  async function post(key: string, payload: object = EXAMPLE, headers: Record<string, string> = {}) {
    const answer = await test.ask('POST', '/sessions', { payload, headers: { 'idempotency-key': key, ...headers } })
    return { answer, token: answer.headers['session_token'], isReplay: answer.headers['idempotency-replayed'] }
  }

  it('gives the same session to the same request', async () => {
    const first = await post('same')
    const second = await post('same')
    expect(first.answer.statusCode).toBe(201)
    expect(first.isReplay).toBeUndefined()
    expect(second.answer.statusCode).toBe(201)
    expect(second.isReplay).toBe('true')
    expect(second.token).toBe(first.token)
    expect(second.answer.json<{ data: unknown }>().data).toEqual(first.answer.json<{ data: unknown }>().data)
  })

  it('refuses another request under the same key', async () => {
    await post('other')
    const { answer } = await post('other', { ...EXAMPLE, campaign_id: 'x' })
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ errors: { errors: { base: [expect.stringContaining('Idempotency-Key')] } } })
  })

  it('opens one session for many requests at the same moment', async () => {
    const posts = await Promise.all(Array.from({ length: 30 }, () => post('many')))
    const opened = posts.filter(({ answer }) => answer.statusCode === 201)
    expect(opened.length).toBeGreaterThan(0)
    expect(new Set(opened.map(({ token }) => token)).size).toBe(1)
    for (const { answer } of posts) expect([201, 409]).toContain(answer.statusCode)
  })

  it('keeps the keys of accounts apart', async () => {
    const needs = { tokens: test.state.tokens, clock: () => test.now }
    const { secret } = await createApiToken(needs, { name: 'other', kind: 'test' })
    const own = await post('account')
    const foreign = await post('account', EXAMPLE, { authorization: `Bearer ${secret}` })
    expect(foreign.answer.statusCode).toBe(201)
    expect(foreign.token).not.toBe(own.token)
  })

  it('answers 410 when its session was closed', async () => {
    const { token } = await post('closed')
    await test.ask('DELETE', `/sessions/${String(token)}`)
    expect((await post('closed')).answer.statusCode).toBe(410)
  })

  /** Leaves a key behind like a process that died before it stored the session. @returns the session's token. */
  async function postAndDie(key: string): Promise<unknown> {
    const { token } = await post(key)
    await test.state.sessions.end(String(token), 0)
    await test.state.usage.countEnded(10)
    await test.state.sessions.forget(1)
    return token
  }

  it('takes the request over when the process that had it died before it stored the session', async () => {
    const token = await postAndDie('dead')
    const { answer } = await post('dead')
    expect(answer.statusCode).toBe(409)
    expect(answer.headers['retry-after']).toBe('1')
    test.now += 5000
    const again = await post('dead')
    expect(again.answer.statusCode).toBe(201)
    expect(again.token).toBe(token)
  })

  it('takes such a request over at once when a server was started again', async () => {
    const token = await postAndDie('restarted')
    const started = await openTestApp({ state: states[1] })
    started.now = test.now
    const again = await post('restarted')
    expect(again.answer.statusCode).toBe(201)
    expect(again.token).toBe(token)
    await started.close()
  })

  it('opens one session when the store stored it without saying so', async () => {
    const { state } = test
    const silent = {
      ...state.sessions,
      insert: async (...values: Parameters<typeof state.sessions.insert>) => {
        await state.sessions.insert(...values)
        throw new AppError('state_unavailable', 'The database is not available.')
      },
    }
    const params = { ...EXAMPLE, campaign_id: 'silent' }
    const broken = await openTestApp({ state: { ...state, sessions: silent } })
    broken.now = test.now
    const headers = { 'idempotency-key': 'silent' }
    expect((await broken.ask('POST', '/sessions', { payload: params, headers })).statusCode).toBe(503)
    const again = await post('silent', params)
    expect(again.answer.statusCode).toBe(201)
    expect(again.isReplay).toBe('true')
    await broken.close()
  })

  it('is free for the same request at once when the session could not be stored', async () => {
    const { state } = test
    const insert = () => Promise.reject(new AppError('state_unavailable', 'The disk is full.'))
    const broken = await openTestApp({ state: { ...state, sessions: { ...state.sessions, insert } } })
    broken.now = test.now
    const headers = { 'idempotency-key': 'full' }
    expect((await broken.ask('POST', '/sessions', { payload: EXAMPLE, headers })).statusCode).toBe(503)
    expect((await post('full')).answer.statusCode).toBe(201)
    await broken.close()
  })

  it('opens one session for many requests that take over from a dead one at the same moment', async () => {
    const token = await postAndDie('dead many')
    test.now += 5000
    const posts = await Promise.all(Array.from({ length: 10 }, () => post('dead many')))
    expect(posts.map(({ answer }) => answer.statusCode)).toEqual(Array.from({ length: 10 }, () => 201))
    expect(new Set(posts.map((opened) => opened.token))).toEqual(new Set([token]))
  })

  it('is free again after 24 hours', async () => {
    const { token } = await post('day')
    test.now += 24 * HOUR - 1
    expect((await post('day')).answer.statusCode).toBe(410)
    test.now += 2
    const next = await post('day', { ...EXAMPLE, campaign_id: 'next day' })
    expect(next.answer.statusCode).toBe(201)
    expect(next.token).not.toBe(token)
  })

  it('does not use up a key with parameters that are refused', async () => {
    expect((await post('refused', { street1: 'x' })).answer.statusCode).toBe(422)
    expect((await post('refused')).answer.statusCode).toBe(201)
  })

  it.each(['', 'x'.repeat(256)])('refuses a key that is empty or too long', async (key) => {
    expect((await post(key)).answer.statusCode).toBe(422)
  })
})
