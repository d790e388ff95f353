import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectDocumentedAnswer } from '../contract/api-document.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const SLOW_GEOCODING = { street1: '4200 Slowpoke Lane', zip: '48034' }
const SLOW_INTERNET = { street1: '4100 Slowpoke Lane', zip: '48034' }

describe('waiting for agents', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
    const begun = performance.now()
    return [await work(), performance.now() - begun]
  }

  it('lasts as long as POST /sessions is asked to with Prefer: wait', async () => {
    const [answer, took] = await timed(() =>
      test.ask('POST', '/sessions', { payload: SLOW_INTERNET, headers: { prefer: 'respond-async, wait=10' } }),
    )
    expect(answer.headers['preference-applied']).toBe('wait=10')
    expect(answer.json()).toMatchObject({ meta: { agent_status: { internet: 'matched' } } })
    expect(took).toBeGreaterThan(3900)
    expect(took).toBeLessThan(9000)
  }, 20_000)

  it('is not done at all with Prefer: wait=0', async () => {
    const [answer, took] = await timed(() =>
      test.ask('POST', '/sessions', { payload: SLOW_GEOCODING, headers: { prefer: 'wait=0' } }),
    )
    expectDocumentedAnswer('createSession', answer)
    expect(answer.json()).toMatchObject({ meta: { agent_status: { geocoding: 'pending' } } })
    expect(took).toBeLessThan(1500)
  })

  it('lasts until the providers are there on services/internet', async () => {
    const opened = await test.ask('POST', '/sessions', { payload: SLOW_INTERNET, headers: { prefer: 'wait=0' } })
    const token = String(opened.headers['session_token'])
    const answer = await test.ask('GET', `/sessions/${token}/services/internet`, { headers: { prefer: 'wait=20' } })
    expectDocumentedAnswer('getInternetServices', answer)
    expect(answer.statusCode).toBe(200)
  }, 20_000)

  it('ends when the session is closed meanwhile', async () => {
    const opened = await test.ask('POST', '/sessions', { payload: SLOW_GEOCODING, headers: { prefer: 'wait=0' } })
    const token = String(opened.headers['session_token'])
    const waiting = timed(() => test.ask('GET', `/sessions/${token}`, { headers: { prefer: 'wait=30' } }))
    await test.ask('DELETE', `/sessions/${token}`)
    const [answer, took] = await waiting
    expect(answer.statusCode).toBe(410)
    expect(took).toBeLessThan(3000)
  }, 20_000)

  it('is capped at 30 seconds, and told so', async () => {
    const token = await test.open()
    const answer = await test.ask('GET', `/sessions/${token}`, { headers: { prefer: 'wait=100000000' } })
    expect(answer.headers['preference-applied']).toBe('wait=30')
  })

  it.each(['wait', 'wait=', 'wait=-1', 'wait=x', 'waiting=5', ''])('passes over Prefer: %s', async (prefer) => {
    const answer = await test.ask('GET', `/sessions/${await test.open()}`, { headers: { prefer } })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['preference-applied']).toBeUndefined()
  })
})

describe('polling', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  it.each(['', '/services/internet'])('gets 304 without a body while nothing changes: GET …%s', async (path) => {
    const url = `/sessions/${await test.open()}${path}`
    const first = await test.ask('GET', url)
    const tag = String(first.headers['etag'])
    for (const known of [tag, `"x", ${tag}`, '*', tag.slice(2)]) {
      const again = await test.ask('GET', url, { headers: { 'if-none-match': known } })
      expect(again.statusCode).toBe(304)
      expect(again.body).toBe('')
      expect(again.headers['etag']).toBe(tag)
      expect(again.headers['session_token']).toBe(first.headers['session_token'])
      expect(again.headers['x-ratelimit-remaining']).toBeDefined()
    }
    expect((await test.ask('GET', url, { headers: { 'if-none-match': 'W/"other"' } })).statusCode).toBe(200)
  })

  it('is told when to ask again, and gets the news with a new tag', async () => {
    const opened = await test.ask('POST', '/sessions', { payload: SLOW_INTERNET, headers: { prefer: 'wait=0' } })
    const url = `/sessions/${String(opened.headers['session_token'])}/services/internet`
    const pending = await test.ask('GET', url)
    expect(pending.statusCode).toBe(202)
    expect(pending.headers['retry-after']).toBe('2')
    const known = { 'if-none-match': String(pending.headers['etag']) }
    expect((await test.ask('GET', url, { headers: known })).statusCode).toBe(304)
    const news = await test.ask('GET', url, { headers: { ...known, prefer: 'wait=20' } })
    expect(news.statusCode).toBe(200)
    expect(news.headers['retry-after']).toBeUndefined()
    expect(news.headers['etag']).not.toBe(pending.headers['etag'])
  }, 20_000)

  it('keeps the session open', async () => {
    const token = await test.open(EXAMPLE)
    const { etag } = (await test.ask('GET', `/sessions/${token}`)).headers
    for (let poll = 0; poll < 3; poll++) {
      test.now += 20 * 60_000
      const answer = await test.ask('GET', `/sessions/${token}`, { headers: { 'if-none-match': String(etag) } })
      expect(answer.statusCode).toBe(304)
    }
  })
})
