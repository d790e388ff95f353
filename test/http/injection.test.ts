import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendRaw } from '../support/raw-connection.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

describe('what a request says', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  it.each([
    '{"__proto__":{"isIn":1},"street1":"1 Main Street","zip":"48034"}',
    '{"street1":"1 Main Street","zip":"48034","more":{"__proto__":{"isIn":1}}}',
    '{"constructor":{"prototype":{"isIn":1}},"street1":"1 Main Street","zip":"48034"}',
    '{"street1":"1 Main Street","zip":"48034","\\u005f_proto__":{"isIn":1}}',
  ])('as JSON changes no prototype: %s', async (payload) => {
    const headers = { 'content-type': 'application/json' }
    for (const url of ['/sessions', '/addresses/suggest', '/addresses/parse'])
      expect((await test.ask('POST', url, { payload, headers })).statusCode, url).toBe(400)
    expect(({} as { isIn?: number }).isIn).toBeUndefined()
  })

  it('under the names of what every object has is passed over', async () => {
    const payload = { ...EXAMPLE, constructor: 'x', toString: 'x', hasOwnProperty: 'x', valueOf: null }
    const answer = await test.ask('POST', '/sessions', { payload })
    expect(answer.statusCode).toBe(201)
    const { session_params: params } = answer.json<{ meta: { session_params: object } }>().meta
    expect(Object.keys(params).toSorted()).toEqual(['city', 'state', 'street1', 'zip'])
  })

  it.each([
    ['/', '__proto__[isIn]=1&__proto__.isIn=1&constructor=1&street1=1+Main+Street&zip=48034'],
    ['/', 'street1=1+Main+Street&zip=48034&__proto__=x&toString=x'],
  ])('in a form changes no prototype', async (url, payload) => {
    const answer = await test.app.server.inject({ method: 'POST', url, payload, headers: FORM })
    expect(answer.statusCode).toBe(200)
    expect(({} as { isIn?: number }).isIn).toBeUndefined()
  })

  it('in a query changes no prototype and breaks nothing', async () => {
    const token = await test.open()
    const query = '__proto__[isIn]=1&__proto__=isIn&constructor.prototype.isIn=1&constructor=1&toString=1'
    for (const path of [
      '/',
      '/quick-start',
      `/sessions/${token}`,
      `/sessions/${token}/services/internet`,
      '/addresses/suggest',
      '/go/130235',
      '/logos/130235.svg',
    ]) {
      expect((await test.ask('GET', `${path}?${query}`)).statusCode, path).toBeLessThan(500)
    }
    for (const weights of ['__proto__:1', 'constructor:1', 'toString=1', '{"__proto__":{"isIn":1}}']) {
      const url = `/sessions/${token}/services/internet?weights=${encodeURIComponent(weights)}`
      expect((await test.ask('GET', url)).statusCode, weights).toBe(422)
    }
    expect(({} as { isIn?: number }).isIn).toBeUndefined()
  })

  it('adds no header to an answer', async () => {
    const injected = '%0d%0aSet-Cookie:%20a=b%0d%0a%0d%0aHTTP/1.1%20200%20OK'
    const token = await test.open({ ...EXAMPLE, campaign_id: 'x\r\nSet-Cookie: a=b' })
    const services = await test.ask('GET', `/sessions/${token}/services/internet`)
    const [link] = /\/go\/[^"]+/.exec(services.body) ?? []
    expect(link).toBeDefined()
    const paths = [
      `/sessions/${injected}`,
      `/sessions/${token}${injected}`,
      `/sessions/${token}?x=${injected}`,
      `/?lang=${injected}`,
      `/logos/${injected}.svg`,
      `/assets/${injected}/x.js`,
      `/docs${injected}`,
      `/go/130235?brand=${injected}&security_token=${injected}`,
      `/nothing${injected}`,
      link ?? '',
    ]
    for (const url of paths) {
      const { headers } = await test.ask('GET', url)
      expect(headers['set-cookie'], url).toBeUndefined()
      for (const value of Object.values(headers)) expect(String(value), url).not.toMatch(/[\r\n]/)
    }
    const echoed = 'a=b; <script>'
    const { headers } = await test.ask('GET', '/ping', {
      headers: { 'x-request-id': echoed, prefer: `wait=1; ${echoed}`, 'if-none-match': echoed, origin: echoed },
    })
    expect(Object.values(headers).join('\n')).not.toContain('script')
  })

  it('of its host and its scheme stands in no answer', async () => {
    const evil = 'evil.example'
    const head = [
      `Host: ${evil}`,
      `X-Forwarded-Host: ${evil}`,
      'X-Forwarded-Proto: gopher',
      `Forwarded: host=${evil};proto=gopher`,
      `X-Original-URL: /${evil}`,
      'Authorization: Bearer hum_test_sandbox',
      'Connection: close',
    ].join('\r\n')
    const body = JSON.stringify(EXAMPLE)
    const post = `POST /sessions HTTP/1.1\r\n${head}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    const created = await sendRaw(test, post)
    expect(created).toMatch(/^HTTP\/1\.1 201 /)
    const token = /^session_token: (\w+)/m.exec(created)?.[1] ?? ''
    const paths = ['/', '/docs', '/docs/', '/openapi.json', '/favicon.ico', '/widget.js', '/quick-start', '/nothing']
    const answers = [created]
    for (const path of [...paths, `/sessions/${token}/services/internet`, `http://${evil}/ping`, `//${evil}/`])
      answers.push(await sendRaw(test, `GET ${path} HTTP/1.1\r\n${head}\r\n\r\n`))
    for (const answer of answers) {
      expect(answer).toMatch(/^HTTP\/1\.1 \d/)
      expect(answer).not.toContain(evil)
      expect(answer).not.toContain('gopher')
    }
  })
})
