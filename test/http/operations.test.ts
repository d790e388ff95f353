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
    expect((await broken.app.server.inject('/health/ready')).statusCode).toBe(503)
    const answer = await broken.ask('POST', '/sessions', { payload: EXAMPLE })
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.json()).toMatchObject({ message: 'The database is not available.', request_status: 'error' })
    await broken.close()
    await state.close()
  })

  it('counts requests by route, method and status, and nothing that tells of a caller', async () => {
    const token = await test.open()
    await test.ask('GET', `/sessions/${token}`)
    await test.ask('GET', '/nothing/at/all')
    const metrics = await get('/metrics')
    expect(metrics.headers['content-type']).toContain('text/plain')
    expect(metrics.body).toContain('hum_request_seconds_count{route="/sessions",method="POST",status="201"} 1')
    expect(metrics.body).toContain('hum_request_seconds_count{route="/sessions/:token",method="GET",status="200"} 1')
    expect(metrics.body).toContain('hum_request_seconds_count{route="none",method="GET",status="404"} 1')
    for (const secret of [token, 'Tiffany', 'nothing/at/all', 'sandbox']) expect(metrics.body).not.toContain(secret)
  })

  it('serves no metrics unless that is switched on', async () => {
    const quiet = await openTestApp()
    expect((await quiet.app.server.inject('/metrics')).statusCode).toBe(404)
    await quiet.close()
  })

  it('names each answer, by the name that the request came with if it has one', async () => {
    expect((await get('/ping', { 'x-request-id': 'abc-1' })).headers['x-request-id']).toBe('abc-1')
    const [first, second] = [await get('/ping'), await get('/ping', { 'x-request-id': 'no spaces' })]
    expect(first.headers['x-request-id']).toMatch(/^[\w-]+$/)
    expect(second.headers['x-request-id']).toMatch(/^[\w-]+$/)
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
  })

  it('logs each request by its route, with the trace that it belongs to', async () => {
    const token = await test.open()
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    await test.ask('GET', `/sessions/${token}`, { headers: { traceparent } })
    const line = test.log.find((text) => text.includes('0af7651916cd43dd8448eb211c80319c')) ?? '{}'
    expect(JSON.parse(line)).toMatchObject({ method: 'GET', route: '/sessions/:token', status: 200, msg: 'answered' })
    expect(test.log.join('')).not.toContain(token)
  })
})
