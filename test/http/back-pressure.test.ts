import { describe, expect, it } from 'vitest'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'

const LIMIT = 20

describe('more requests at once than a process answers in time', () => {
  it('are turned away with 503 and Retry-After, and served again when there is room', async () => {
    const letGo = Promise.withResolvers<void>()
    const test = await openTestApp({
      metrics: 'on',
      limits: { underWay: LIMIT },
      lookUps: (sandbox) => ({ ...sandbox, interfere: () => letGo.promise }),
    })
    const post = async () => await test.ask('POST', '/sessions', { payload: EXAMPLE, headers: { prefer: 'wait=30' } })
    const waiting = Array.from({ length: LIMIT }, post)
    await expect.poll(async () => (await post()).statusCode, { timeout: 20_000 }).toBe(503)
    const refused = await post()
    expect(refused.json()).toMatchObject({
      request_status: 'error',
      message: expect.stringContaining('again') as string,
    })
    expect(refused.headers['retry-after']).toBe('1')
    expect((await test.app.server.inject('/health/ready')).statusCode).toBe(503)
    for (const path of ['/health/live', '/metrics'])
      expect((await test.app.server.inject(path)).statusCode, path).toBe(200)

    letGo.resolve()
    expect(new Set((await Promise.all(waiting)).map(({ statusCode }) => statusCode))).toEqual(new Set([201]))
    expect((await post()).statusCode).toBe(201)
    await test.close()
  }, 60_000)
})
