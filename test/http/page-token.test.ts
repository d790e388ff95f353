import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface AskOptions {
  readonly from?: string
  readonly site?: string
  readonly payload?: object
}

describe('the token of the page', () => {
  let test: TestApp

  beforeEach(async () => {
    test = await openTestApp({ rateLimit: 3, trustedProxies: ['loopback'] })
  })

  afterEach(() => test.close())

  const issued = async (): Promise<string> => {
    const { body } = await test.app.server.inject({ url: '/' })
    return /hum_page_[\w.-]+/.exec(body)?.[0] ?? ''
  }

  const ask = (token: string, method: 'GET' | 'POST' | 'DELETE', url: string, options: AskOptions = {}) =>
    test.app.server.inject({
      method,
      url,
      remoteAddress: options.from ?? '192.0.2.1',
      headers: {
        authorization: `Bearer ${token}`,
        ...(options.site !== undefined && { 'sec-fetch-site': options.site }),
      },
      ...(options.payload && { payload: options.payload }),
    })

  it('opens, reads and closes sessions, which no other page sees', async () => {
    const token = await issued()
    const opened = await ask(token, 'POST', '/sessions', { payload: EXAMPLE, site: 'same-origin' })
    expect(opened.statusCode).toBe(201)
    const url = `/sessions/${opened.json<{ meta: { session_token: string } }>().meta.session_token}`
    expect((await ask(await issued(), 'GET', url, { from: '192.0.2.2' })).statusCode).toBe(404)
    expect((await ask(token, 'GET', url)).statusCode).toBe(200)
    expect((await ask(token, 'DELETE', url)).statusCode).toBe(200)
  })

  it('is counted by where requests come from, however many tokens somebody has', async () => {
    for (let request = 0; request < 3; request++)
      expect((await ask(await issued(), 'GET', '/ping')).statusCode).toBe(200)
    expect((await ask(await issued(), 'GET', '/ping')).statusCode).toBe(429)
    expect((await ask(await issued(), 'GET', '/ping', { from: '192.0.2.2' })).statusCode).toBe(200)
  })

  it('is counted once for an IPv6 network of 64 bits, and by what a trusted proxy says', async () => {
    const token = await issued()
    const behindProxy = (caller: string) =>
      test.app.server.inject({
        url: '/ping',
        remoteAddress: '127.0.0.1',
        headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': caller },
      })
    for (let host = 1; host <= 3; host++) expect((await behindProxy(`2001:db8:1:2::${host}`)).statusCode).toBe(200)
    expect((await behindProxy('2001:db8:1:2:ffff::1')).statusCode).toBe(429)
    expect((await behindProxy('2001:db8:1:3::1')).statusCode).toBe(200)
  })

  it('still works where somebody at the same address guesses tokens', async () => {
    for (let guess = 0; guess < 4; guess++) await ask(`guess${guess}`, 'GET', '/ping')
    expect((await ask(await issued(), 'GET', '/ping')).statusCode).toBe(200)
  })

  it.each(['cross-site', 'same-site', 'none'])('is refused in a browser whose request is %s', async (site) => {
    const answer = await ask(await issued(), 'POST', '/sessions', { payload: EXAMPLE, site })
    expect(answer.statusCode).toBe(401)
    expect(answer.json<{ message: string }>().message).toContain("only be used by this server's own page")
  })

  it('writes nothing but what the page writes', async () => {
    const answer = await ask(await issued(), 'POST', '/ping')
    expect(answer.statusCode).toBe(401)
    expect(answer.json<{ message: string }>().message).toContain('may only look addresses up')
  })

  it('is not given out where the page is switched off, and then opens nothing', async () => {
    const before = await issued()
    const state = test.state
    const off = await openTestApp({ page: 'off', state })
    const root = await off.app.server.inject({ url: '/' })
    expect([root.statusCode, root.headers.location]).toEqual([302, '/docs'])
    expect((await off.app.server.inject({ url: '/widget.js' })).statusCode).toBe(200)
    const headers = { authorization: `Bearer ${before}` }
    expect((await off.app.server.inject({ url: '/ping', headers })).statusCode).toBe(401)
    await off.close()
  })
})
