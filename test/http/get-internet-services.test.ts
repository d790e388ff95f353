import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectDocumentedAnswer } from '../contract/api-document.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

describe('GET /sessions/{token}/services/internet', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  async function get(token: string) {
    const answer = await test.ask('GET', `/sessions/${token}/services/internet`)
    expectDocumentedAnswer('getInternetServices', answer)
    return answer
  }

  it('gives the same providers as POST /sessions', async () => {
    const created = (await test.ask('POST', '/sessions', { payload: EXAMPLE })).json<{
      data: unknown[]
      meta: { session_token: string }
    }>()
    const answer = await get(created.meta.session_token)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      message: 'Service coverage for 29090 TIFFANY DR E, SOUTHFIELD, MI 48034',
      request_status: 'ok',
      data: { internet: created.data },
    })
    expect(created.data.length).toBeGreaterThan(0)
  })

  it('answers 202 with no provider while they are being looked for, and 200 after', async () => {
    const token = await test.open({ street1: '4100 Slowpoke Lane', zip: '48034' })
    const early = await get(token)
    expect(early.statusCode).toBe(202)
    expect(early.json()).toMatchObject({
      data: { internet: [] },
      meta: { agent_status: { geocoding: 'matched', internet: 'pending' } },
    })
    expect((await test.ask('GET', `/sessions/${token}`)).statusCode).toBe(200)
    await sleep(3000)
    const late = await get(token)
    expect(late.statusCode).toBe(200)
    expect(late.json<{ data: { internet: unknown[] } }>().data.internet.length).toBeGreaterThan(0)
  }, 15_000)

  it.each([
    ['10 Silent Pines Trail', '48442'],
    ['99999 Tiffany Drive E', '48034'],
    ['150 Marigold', '48034'],
    ['4300 Broken Lane', '48034'],
  ])('warns, with no provider, at %s', async (street1, zip) => {
    const answer = await get(await test.open({ street1, zip }))
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ request_status: 'warning', data: { internet: [] } })
  })

  it('answers 404 for an unknown session and 410 for a closed one', async () => {
    expect((await get('unknown')).statusCode).toBe(404)
    const token = await test.open()
    await test.ask('DELETE', `/sessions/${token}`)
    expect((await get(token)).statusCode).toBe(410)
  })
})
