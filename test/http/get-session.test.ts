import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import { expectDocumentedAnswer } from '../contract/api-document.ts'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const MINUTE = 60_000

describe('GET /sessions/{token}', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  async function get(token: string, headers: Record<string, string> = {}) {
    const answer = await test.ask('GET', `/sessions/${token}`, { headers })
    expectDocumentedAnswer('getSession', answer)
    return answer
  }

  it('gives the normalized address and the complete meta', async () => {
    const token = await test.open()
    const answer = await get(token)
    expect(answer.statusCode).toBe(200)
    const now = new Date(test.now).toISOString()
    expect(answer.json()).toMatchObject({
      message: 'Session data retrieved successfully',
      request_status: 'ok',
      data: { service_address: '29090 TIFFANY DR E, SOUTHFIELD, MI 48034' },
      meta: {
        session_token: token,
        session_status: 'open',
        agent_status: { geocoding: 'matched', internet: 'matched', checkout: 'pending' },
        session_params: { street1: '29090 Tiffany Drive E', city: 'Southfield', state: 'MI', zip: '48034' },
        service_address: '29090 TIFFANY DR E, SOUTHFIELD, MI 48034',
        created_at: now,
        updated_at: now,
        responded_at: now,
        hum_data_set: test.lookUps.version,
      },
    })
  })

  it('answers 202 with the address as given while it is being looked for, and 200 after', async () => {
    const token = await test.open({ street1: '4200 Slowpoke Lane', zip: '48034' })
    const early = await get(token)
    expect(early.statusCode).toBe(202)
    expect(early.json()).toMatchObject({
      request_status: 'ok',
      data: { service_address: '4200 Slowpoke Lane, 48034' },
      meta: { agent_status: { geocoding: 'pending', internet: 'pending' } },
    })
    await sleep(3000)
    const late = await get(token)
    expect(late.statusCode).toBe(200)
    expect(late.json()).toMatchObject({
      data: { service_address: '4200 SLOWPOKE LN, SOUTHFIELD, MI 48034' },
      meta: { agent_status: { geocoding: 'matched', internet: 'matched' } },
    })
  }, 15_000)

  it('repeats warning and candidates of an address that fits several places', async () => {
    const answer = await get(await test.open({ street1: '150 Marigold', city: 'Southfield', state: 'MI' }))
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ request_status: 'warning', candidates: [{}, {}] })
  })

  it('stays open for 30 minutes after the last request that named it', async () => {
    const token = await test.open()
    for (let request = 0; request < 3; request++) {
      test.now += 30 * MINUTE - 1
      expect((await get(token)).statusCode).toBe(200)
    }
    test.now += 30 * MINUTE
    expect((await get(token)).statusCode).toBe(410)
    expect((await get(token)).statusCode).toBe(410)
  })

  it('is not kept open by a request with a wrong token', async () => {
    const token = await test.open()
    test.now += 20 * MINUTE
    expect((await get(token, { authorization: 'Bearer wrong' })).statusCode).toBe(401)
    test.now += 10 * MINUTE
    expect((await get(token)).statusCode).toBe(410)
  })

  it('keeps another token out as if there were no session', async () => {
    const token = await test.open()
    const needs = { tokens: test.state.tokens, clock: () => test.now }
    const { secret } = await createApiToken(needs, { name: 'other', kind: 'test' })
    const foreign = await get(token, { authorization: `Bearer ${secret}` })
    const unknown = await get('0123456789012345678901', { authorization: `Bearer ${secret}` })
    expect(foreign.statusCode).toBe(404)
    expect(unknown.statusCode).toBe(404)
    expect({ ...foreign.json<object>() }).toEqual(unknown.json())
  })

  it.each(['unknown', 'x'.repeat(2000), '%00', '%0d%0aX-Header:%20x', '..%2f..%2fetc', '%F0%9F%8F%A0', "'--"])(
    'answers 404 for %j',
    async (token) => {
      expect((await get(token)).statusCode).toBe(404)
    },
  )

  it('says that the token is missing where it is empty', async () => {
    const answer = await get('')
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ message: 'Missing session token' })
  })

  it('answers 400 for a path that is no URL', async () => {
    expect((await get('%E0%A4%A')).statusCode).toBe(400)
  })

  it('answers 401 without a token, and says how to send one', async () => {
    const answer = await test.app.server.inject(`/sessions/${await test.open()}`)
    expectDocumentedAnswer('getSession', answer)
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer')
    expect(answer.json<{ message: string }>().message).toContain('Authorization: Bearer')
  })

  it('answers 406 for another content type', async () => {
    const answer = await get(await test.open(), { 'content-type': 'foo/bar' })
    expect(answer.statusCode).toBe(406)
    expect(answer.json<{ message: string }>().message).toBe(
      "The content type 'foo/bar' is not supported. Please ensure that your content type is 'application/json' and try again.",
    )
  })
})
