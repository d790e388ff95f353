import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../src/lib/errors.ts'
import { openState } from '../../src/storage/open-state.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

describe('operations', () => {
  let test: TestApp

  beforeEach(async () => {
    test = await openTestApp({ metrics: 'on' })
  })

  afterEach(() => test.close())

  const get = (url: string, headers = {}) => test.app.server.inject({ url, headers })

  it('says that the process lives, and that it can serve', async () => {
    expect((await get('/health/live')).json()).toEqual({ status: 'ok' })
    const ready = await get('/health/ready')
    expect(ready.statusCode).toBe(200)
    expect(ready.json()).toEqual({
      status: 'ok',
      state: 'ok',
      data_set: 'ok',
      hum_data_set: test.lookUps.version,
      is_sandbox: true,
    })
  })

  it('says that it cannot serve, and answers 503, while the state cannot be read', async () => {
    const state = await openState({ engine: 'sqlite', file: ':memory:' })
    const unavailable = () => Promise.reject(new AppError('state_unavailable', 'The database is not available.'))
    const sessions = { ...state.sessions, find: unavailable, insert: unavailable }
    const broken = await openTestApp({ state: { ...state, sessions } })
    expect((await broken.app.server.inject('/health/live')).statusCode).toBe(200)
    const ready = await broken.app.server.inject('/health/ready')
    expect(ready.statusCode).toBe(503)
    expect(ready.json()).toMatchObject({ status: 'unavailable', state: 'unavailable', data_set: 'ok' })
    const answer = await broken.ask('POST', '/sessions', { payload: EXAMPLE })
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.json()).toMatchObject({ message: 'The database is not available.', request_status: 'error' })
    await broken.close()
    await state.close()
  })

  it('says that it cannot serve while the data set cannot be read', async () => {
    const suggest = () => {
      throw new Error('disk I/O error')
    }
    const broken = await openTestApp({ lookUps: (sandbox) => ({ ...sandbox, suggest }) })
    const ready = await broken.app.server.inject('/health/ready')
    expect(ready.statusCode).toBe(503)
    expect(ready.json()).toMatchObject({ status: 'unavailable', state: 'ok', data_set: 'unavailable' })
    await broken.close()
  })

  it('does not count who asks after its health', async () => {
    const limited = await openTestApp({ rateLimit: 1 })
    for (let times = 0; times < 3; times++)
      for (const path of ['/health/live', '/health/ready'])
        expect((await limited.app.server.inject(path)).statusCode).toBe(200)
    await limited.close()
  })

  it('counts requests by route, method and status, and nothing that tells of a caller', async () => {
    const token = await test.open()
    await test.ask('GET', `/sessions/${token}`)
    await test.ask('GET', '/nothing/at/all')
    const metrics = await get('/metrics')
    expect(metrics.headers['content-type']).toContain('text/plain')
    expect(metrics.body).toContain(
      'hum_http_request_duration_seconds_count{route="/sessions",method="POST",status="201"} 1',
    )
    expect(metrics.body).toContain(
      'hum_http_request_duration_seconds_count{route="/sessions/:token",method="GET",status="200"} 1',
    )
    expect(metrics.body).toContain('hum_http_request_duration_seconds_count{route="none",method="GET",status="404"} 1')
    for (const secret of [token, 'Tiffany', 'nothing/at/all', 'hum_test_sandbox'])
      expect(metrics.body).not.toContain(secret)
  })

  it('counts sessions by what became of them, and times agents, the state and the event loop', async () => {
    await test.open()
    await test.open({ street1: 'P.O. Box 12', zip: '48034' })
    const { body } = await get('/metrics')
    expect(body).toContain('hum_sessions_total{outcome="answered"} 1')
    expect(body).toContain('hum_sessions_total{outcome="post_office_box"} 1')
    expect(body).toContain('hum_agent_duration_seconds_count{agent="geocoding",outcome="matched"} 1')
    expect(body).toContain('hum_agent_duration_seconds_count{agent="geocoding",outcome="failed"} 1')
    expect(body).toContain('hum_agent_duration_seconds_count{agent="internet",outcome="matched"} 1')
    expect(body).toContain('hum_state_duration_seconds_count{call="sessions.insert",result="ok"} 2')
    expect(body).toContain('nodejs_eventloop_lag_seconds')
    expect(body).toContain(`hum_data_set_info{version="${test.lookUps.version}",is_sandbox="true"} 1`)
  })

  it('counts failed calls to the state', async () => {
    const find = () => Promise.reject(new AppError('state_unavailable', 'The database is not available.'))
    const broken = await openTestApp({
      metrics: 'on',
      state: { ...test.state, sessions: { ...test.state.sessions, find } },
    })
    await broken.ask('GET', '/sessions/abc')
    const { body } = await broken.app.server.inject('/metrics')
    expect(body).toContain('hum_state_duration_seconds_count{call="sessions.find",result="failed"} 1')
    await broken.close()
  })

  it('serves no metrics unless that is switched on', async () => {
    const quiet = await openTestApp()
    expect((await quiet.app.server.inject('/metrics')).statusCode).toBe(404)
    await quiet.close()
  })

  it.each([
    [['loopback'], 'tells callers apart', '203.0.113.1', ['203.0.113.2', '198.51.100.1, 203.0.113.3']],
    [undefined, 'believes nobody who only says that another asks', '203.0.113.1', []],
  ])('with trusted proxies %j %s', async (trustedProxies, _guarantee, first, others) => {
    const limited = await openTestApp({ rateLimit: 1, ...(trustedProxies && { trustedProxies }) })
    const askFrom = async (from: string) =>
      (await limited.app.server.inject({ url: '/nothing', headers: { 'x-forwarded-for': from } })).statusCode
    expect(await askFrom(first)).toBe(404)
    for (const other of others) expect(await askFrom(other)).toBe(404)
    for (const again of [first, `198.51.100.7, ${first}`, trustedProxies === undefined ? '203.0.113.9' : first])
      expect(await askFrom(again)).toBe(429)
    await limited.close()
  })

  it('names each answer, by the name that the request came with if it has one', async () => {
    expect((await get('/ping', { 'x-request-id': 'abc-1' })).headers['x-request-id']).toBe('abc-1')
    const [first, second] = [await get('/ping'), await get('/ping', { 'x-request-id': 'no spaces' })]
    expect(first.headers['x-request-id']).toMatch(/^[\w-]+$/)
    expect(second.headers['x-request-id']).toMatch(/^[\w-]+$/)
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
  })
})
