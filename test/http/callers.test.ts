import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApiToken, rotateApiToken } from '../../src/access/create-api-token.ts'
import { expectDocumentedAnswer } from '../contract/api-document.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const rateOf = ({ headers }: { headers: Record<string, unknown> }) =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers[`x-ratelimit-${name}`]))

describe('callers', () => {
  let test: TestApp

  beforeEach(async () => {
    test = await openTestApp({ rateLimit: 3 })
  })

  afterEach(() => test.close())

  const tokenNeeds = () => ({ tokens: test.state.tokens, clock: () => test.now })

  it('are told with each answer how many requests are left, and when the window ends', async () => {
    const reset = test.now / 1000 + 60
    expect(rateOf(await test.ask('GET', '/ping'))).toEqual([3, 2, reset])
    expect(rateOf(await test.ask('GET', '/sessions/unknown'))).toEqual([3, 1, reset])
    expect(rateOf(await test.ask('POST', '/sessions', { payload: '{' }))).toEqual([3, 0, reset])
  })

  it('are told the same in the headers that the IETF drafts', async () => {
    test.now += 18_500
    const { headers } = await test.ask('GET', '/ping')
    expect(headers['ratelimit-policy']).toBe('"default";q=3;w=60')
    expect(headers['ratelimit']).toBe('"default";r=2;t=42')
  })

  it('get 429 with Retry-After beyond the limit, and are let in again in the next window', async () => {
    for (let request = 0; request < 3; request++) await test.ask('GET', '/ping')
    test.now += 18_500
    const refused = await test.ask('POST', '/sessions', { payload: EXAMPLE })
    expectDocumentedAnswer('createSession', refused)
    expect(refused.statusCode).toBe(429)
    expect(refused.headers['retry-after']).toBe('42')
    test.now += 41_500
    expect((await test.ask('POST', '/sessions', { payload: EXAMPLE })).statusCode).toBe(201)
  })

  it('have a limit for each token, and one for each address without a token', async () => {
    const { secret } = await createApiToken(tokenNeeds(), { name: 'one', kind: 'test' })
    const ping = (headers: Record<string, string>, remoteAddress = '192.0.2.1') =>
      test.app.server.inject({ url: '/ping', headers, remoteAddress })
    for (let request = 0; request < 4; request++) await test.ask('GET', '/ping')
    expect((await test.ask('GET', '/ping')).statusCode).toBe(429)
    expect((await ping({ authorization: `Bearer ${secret}` })).statusCode).toBe(200)
    for (let request = 0; request < 3; request++) await ping({})
    expect((await ping({})).statusCode).toBe(429)
    expect((await ping({}, '192.0.2.2')).statusCode).toBe(200)
  })

  it('are one where they share an IPv6 network of 64 bits', async () => {
    const ping = (remoteAddress: string) => test.app.server.inject({ url: '/ping', remoteAddress })
    for (let host = 1; host <= 3; host++) await ping(`2001:db8:1:2::${host}`)
    expect((await ping('2001:db8:1:2:ffff::1')).statusCode).toBe(429)
    expect((await ping('2001:db8:1:3::1')).statusCode).toBe(200)
  })

  it('use up the limit of their address when they guess tokens', async () => {
    for (let guess = 0; guess < 3; guess++) {
      const answer = await test.ask('GET', '/ping', { headers: { authorization: `Bearer guess${guess}` } })
      expect(answer.statusCode).toBe(401)
    }
    const answer = await test.ask('GET', '/ping', { headers: { authorization: 'Bearer guess' } })
    expect(answer.statusCode).toBe(429)
  })

  it('are refused within a second after their token was revoked', async () => {
    const { secret, token } = await createApiToken(tokenNeeds(), { name: 'one', kind: 'live' })
    const ask = () => test.ask('GET', '/ping', { headers: { authorization: `Bearer ${secret}` } })
    expect((await ask()).statusCode).toBe(200)
    await test.state.tokens.revoke(token.id, test.now)
    test.now += 1000
    expect((await ask()).statusCode).toBe(401)
  })

  it('have the limit and the window of their token where it has its own', async () => {
    const wishes = { name: 'own', kind: 'test', rateLimit: 5, rateWindowMs: 1000 } as const
    const { secret } = await createApiToken(tokenNeeds(), wishes)
    const ask = () => test.ask('GET', '/ping', { headers: { authorization: `Bearer ${secret}` } })
    for (let request = 4; request >= 0; request--)
      expect(rateOf(await ask())).toEqual([5, request, test.now / 1000 + 1])
    expect((await ask()).statusCode).toBe(429)
    test.now += 1000
    expect((await ask()).statusCode).toBe(200)
  })

  it('can change over to a new token while the old one goes on working', async () => {
    const old = await createApiToken(tokenNeeds(), { name: 'old', kind: 'test' })
    const headersOf = ({ secret }: { secret: string }) => ({ authorization: `Bearer ${secret}` })
    const opened = await test.ask('POST', '/sessions', { payload: EXAMPLE, headers: headersOf(old) })
    const url = `/sessions/${String(opened.headers['session_token'])}`
    const next = await rotateApiToken(tokenNeeds(), { id: old.token.id, overlapMs: 10 * 60_000 })
    test.now += 10 * 60_000 - 1
    for (const token of [old, next])
      expect((await test.ask('GET', url, { headers: headersOf(token) })).statusCode).toBe(200)
    test.now += 1000
    expect((await test.ask('GET', url, { headers: headersOf(old) })).statusCode).toBe(401)
    expect((await test.ask('GET', url, { headers: headersOf(next) })).statusCode).toBe(200)
  })

  it('get no new token for one that is revoked, be it in that very moment', async () => {
    const { token } = await createApiToken(tokenNeeds(), { name: 'old', kind: 'test' })
    const { tokens } = test.state
    const revoking: typeof tokens = {
      ...tokens,
      insert: async (...args) => {
        await tokens.insert(...args)
        await tokens.revoke(token.id, test.now)
      },
    }
    const rotate = (by: typeof tokens) =>
      rotateApiToken({ ...tokenNeeds(), tokens: by }, { id: token.id, overlapMs: 0 })
    for (const by of [revoking, tokens]) await expect(rotate(by)).rejects.toMatchObject({ code: 'token_not_found' })
    const ofAccount = (await tokens.list()).filter(({ accountId }) => accountId === token.accountId)
    expect(ofAccount.map(({ revokedAt }) => revokedAt)).toEqual([test.now, test.now])
  })

  it('may look addresses up from their pages with a publishable token, and no more', async () => {
    const origin = 'https://example.com'
    const wishes = { name: 'page', kind: 'test', origins: [origin], rateLimit: 100 } as const
    const { secret } = await createApiToken(tokenNeeds(), wishes)
    const from = (page?: string) => ({ authorization: `Bearer ${secret}`, ...(page !== undefined && { origin: page }) })
    const opened = await test.ask('POST', '/sessions', { payload: EXAMPLE, headers: from(origin) })
    expect(opened.statusCode).toBe(201)
    const url = `/sessions/${String(opened.headers['session_token'])}`
    expect((await test.ask('GET', url, { headers: from(origin) })).statusCode).toBe(200)
    expect((await test.ask('GET', `${url}/services/internet`, { headers: from(origin) })).statusCode).toBe(200)
    for (const [path, payload] of [
      ['/addresses/suggest', { q: '29090 tif' }],
      ['/addresses/parse', { address: '29090 Tiffany Drive E, 48034' }],
    ] as const) {
      expect((await test.ask('POST', path, { payload, headers: from(origin) })).statusCode).toBe(200)
      expect((await test.ask('POST', path, { payload, headers: from('https://example.org') })).statusCode).toBe(401)
    }
    for (const page of [
      undefined,
      'https://example.org',
      'https://example.com.evil.org',
      'http://example.com',
      'null',
    ]) {
      const answer = await test.ask('GET', url, { headers: from(page) })
      expectDocumentedAnswer('getSession', answer)
      expect(answer.statusCode).toBe(401)
    }
    expect((await test.ask('DELETE', url, { headers: from(origin) })).statusCode).toBe(401)
    expect((await test.ask('GET', url, { headers: from(origin) })).statusCode).toBe(200)
  })

  it('find the reference whatever query its address ends in', async () => {
    const { statusCode, headers } = await test.ask('GET', '/docs?lang=en')
    expect([statusCode, headers.location]).toEqual([302, '/docs'])
  })

  it('are not asked for a token, and not counted, at the reference and its document', async () => {
    for (let request = 0; request < 5; request++) {
      for (const url of ['/docs', '/openapi.json', '/docs/static/swagger-ui.css']) {
        const answer = await test.app.server.inject(url)
        expect(answer.statusCode).toBe(200)
        expect(rateOf(answer).slice(0, 2)).toEqual([3, 3])
      }
    }
  })

  it('may be pages of any origin, which can read the headers that Hum sends', async () => {
    const preflight = await test.app.server.inject({
      method: 'OPTIONS',
      url: '/sessions/x/services/internet',
      headers: {
        origin: 'https://example.com',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    })
    expect(preflight.statusCode).toBe(204)
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    })
    expect(preflight.headers['access-control-allow-headers']).toContain('Authorization')
    const answer = await test.ask('GET', '/ping', { headers: { origin: 'https://example.com' } })
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    for (const name of ['session_token', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']) {
      expect(answer.headers['access-control-expose-headers']).toContain(name)
    }
  })

  it('are told of origins only when they name one, but for what caches keep', async () => {
    const allowed = async (url: string): Promise<unknown> =>
      (await test.ask('GET', url)).headers['access-control-allow-origin']
    expect(await allowed('/ping')).toBeUndefined()
    for (const url of ['/widget.js', '/favicon.svg', '/logos/900002.svg']) expect(await allowed(url)).toBe('*')
  })
})

describe('the log', () => {
  it('holds no address, no session token and no API token', async () => {
    const test = await openTestApp()
    const { secret } = await createApiToken(
      { tokens: test.state.tokens, clock: () => test.now },
      { name: 'x', kind: 'live' },
    )
    const headers = { authorization: `Bearer ${secret}` }
    const created = await test.ask('POST', '/sessions', { payload: EXAMPLE, headers })
    const token = String(created.headers['session_token'])
    for (const path of ['', '/services/internet', '?street1=Tiffany']) {
      await test.ask('GET', `/sessions/${token}${path}`, { headers })
    }
    await test.ask('POST', '/sessions', { payload: '{"street1": "Tiffany Drive", ', headers })
    await test.ask('POST', '/sessions', { payload: { street1: '4400 Broken Lane', zip: '48034' }, headers })
    await test.ask('DELETE', `/sessions/${token}`, { headers })
    await test.close()
    const log = test.log.join('')
    expect(log).toContain('fails on purpose')
    for (const secretText of [token, secret, 'hum_test_sandbox', 'Tiffany', 'TIFFANY', 'Broken', '48034']) {
      expect(log).not.toContain(secretText)
    }
  })
})
