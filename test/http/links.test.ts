import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openState } from '../../src/storage/open-state.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface Provider {
  readonly provider_name: string
  readonly url: string | null
  readonly security_token: string | null
  readonly button_label: string | null
}

const HOUR_MS = 3_600_000

let test: TestApp

beforeEach(async () => {
  test = await openTestApp()
})

afterEach(() => test.close())

async function providersOf(params: object = EXAMPLE): Promise<Provider[]> {
  const answer = await test.ask('POST', '/sessions', { payload: params })
  return answer.json<{ data: Provider[] }>().data
}

async function linkOf(params?: object): Promise<string> {
  const url = (await providersOf(params)).find(({ provider_name }) => provider_name === 'Motor City Fiber')?.url
  if (!url) throw new Error('The provider has no link.')
  return url
}

/** Follows a link as a browser does, without an API token. */
const follow = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'POST' = 'GET') =>
  test.app.server.inject({ method, url, headers })

const listClicks = () =>
  test.state.usage.list({ fromDay: '2026-11-01', toDay: '2026-12-01', by: ['day', 'token', 'campaign', 'provider'] })

describe('the url of a provider', () => {
  it('leads through the server to the provider’s own site, and says nothing of the address', async () => {
    const url = await linkOf()
    expect(url).toMatch(/^\/go\/900001\?brand=Motor%20City%20Fiber&security_token=[\w.-]{78}$/)
    const answer = await follow(url)
    expect(answer.statusCode).toBe(302)
    expect(answer.headers).toMatchObject({
      location: 'https://motorcityfiber.example/',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(answer.body).toBe('')
  })

  it('carries the documented security_token, one for all providers of a session and for all of its answers', async () => {
    const token = await test.open()
    const answer = await test.ask('GET', `/sessions/${token}/services/internet`)
    const again = await test.ask('GET', `/sessions/${token}/services/internet?weights=price:1`)
    const providers = [answer, again].flatMap((one) => one.json<{ data: { internet: Provider[] } }>().data.internet)
    const linked = providers.filter(({ url }) => url !== null)
    expect(linked.length).toBeGreaterThan(2)
    expect(new Set(linked.map(({ security_token }) => security_token)).size).toBe(1)
    for (const { url, security_token } of linked) expect(url).toContain(`security_token=${security_token}`)
    expect((await providersOf())[0]?.security_token).not.toBe(linked[0]?.security_token)
  })

  it('is null with its token where no site is known', async () => {
    const providers = await providersOf({ street1: '29001 Tiffany Drive E', zip: '48034' })
    expect(providers.find(({ provider_name }) => provider_name === 'Heritage DSL')).toMatchObject({
      url: null,
      security_token: null,
    })
  })

  it('leads on after the session was closed, for 24 hours in all', async () => {
    const url = await linkOf()
    test.now += 24 * HOUR_MS - 1000
    expect((await follow(url)).statusCode).toBe(302)
    test.now += 1000
    const expired = await follow(url)
    expect(expired.statusCode).toBe(410)
    expect(expired.json()).toMatchObject({ request_status: 'error', message: expect.stringContaining('24 hours') })
    const page = await follow(url, { accept: 'text/html,*/*' })
    expect(page.statusCode).toBe(410)
    expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    expect(page.body).toContain('This link cannot be followed')
  })

  it('leads nowhere when anything of it is changed, and to no other site', async () => {
    const url = await linkOf({ ...EXAMPLE, campaign_id: 'spring' })
    const start = url.indexOf('security_token=') + 'security_token='.length
    for (let at = start; at < url.length; at++) {
      const other = url[at] === 'A' ? 'B' : 'A'
      expect((await follow(url.slice(0, at) + other + url.slice(at + 1))).statusCode).toBe(404)
    }
    for (const changed of [
      url.slice(0, -1),
      `${url}A`,
      `${url}=`,
      `${url}&security_token=x`,
      url.split('?')[0] ?? '',
      url.replace('900001', '900009'),
      url.replace('900001', 'example.org'),
      url.replace('900001', '9000010000000'),
      url.replace('900001', '..%2F..'),
      url.replace('900001', '%2F%2Fexample.org'),
    ]) {
      expect((await follow(changed)).statusCode, changed).toBe(404)
    }
    for (const extra of ['&url=https://example.org', '&brand=https://example.org', '&location=//example.org']) {
      expect((await follow(url + extra)).headers['location']).toBe('https://motorcityfiber.example/')
    }
    expect((await follow(url.replace('Motor%20City%20Fiber', 'https%3A%2F%2Fexample.org'))).headers['location']).toBe(
      'https://motorcityfiber.example/',
    )
  })

  it('is counted by day, token, campaign and provider, and not when it is only looked at', async () => {
    const spring = await linkOf({ ...EXAMPLE, campaign_id: 'Spring ☀' })
    await follow(spring)
    await follow(spring)
    await follow(await linkOf())
    await follow(spring, { 'sec-purpose': 'prefetch;prerender' })
    await test.app.server.inject({ method: 'HEAD', url: spring })
    await follow(`${spring}A`)
    test.now += 12 * HOUR_MS
    await follow(spring)
    await expect.poll(listClicks).toEqual([
      { day: '2026-11-23', accountId: 'sandbox', campaignId: '', providerId: 900_001, sessions: 0, clicks: 1 },
      { day: '2026-11-23', accountId: 'sandbox', campaignId: 'Spring ☀', providerId: 900_001, sessions: 0, clicks: 2 },
      { day: '2026-11-24', accountId: 'sandbox', campaignId: 'Spring ☀', providerId: 900_001, sessions: 0, clicks: 1 },
    ])
  })

  it('leads on when it cannot be counted', async () => {
    const url = await linkOf()
    const broken = await openTestApp({
      state: {
        ...test.state,
        usage: { ...test.state.usage, countClick: () => Promise.reject(new Error('The disk is full.')) },
      },
    })
    expect((await broken.app.server.inject({ method: 'GET', url })).statusCode).toBe(302)
    await broken.close()
  })

  it('can be followed at another process on the same state, and nowhere else', async () => {
    const url = await linkOf()
    const sibling = await openTestApp({ state: test.state })
    const stranger = await openTestApp()
    expect((await sibling.app.server.inject({ method: 'GET', url })).statusCode).toBe(302)
    expect((await stranger.app.server.inject({ method: 'GET', url })).statusCode).toBe(404)
    await sibling.close()
    await stranger.close()
  })

  it('begins with the public address where that is set', async () => {
    const behind = await openTestApp({ publicUrl: 'https://hum.example.org/api' })
    const answer = await behind.ask('POST', '/sessions', { payload: EXAMPLE })
    const url = answer.json<{ data: Provider[] }>().data[0]?.url
    expect(url).toMatch(/^https:\/\/hum\.example\.org\/api\/go\/900001\?/)
    await behind.close()
  })

  it('is the site itself when links are off', async () => {
    const state = await openState({ engine: 'sqlite', file: ':memory:' })
    const straight = await openTestApp({ links: 'off', state })
    const answer = await straight.ask('POST', '/sessions', { payload: EXAMPLE })
    expect(answer.json<{ data: Provider[] }>().data[0]).toMatchObject({
      url: 'https://motorcityfiber.example/',
      security_token: null,
      button_label: 'motorcityfiber.example',
    })
    const off = await straight.app.server.inject({ method: 'GET', url: await linkOf() })
    expect(off.statusCode).toBe(404)
    await straight.close()
    await state.close()
  })
})
