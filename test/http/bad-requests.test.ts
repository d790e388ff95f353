import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectDocumentedAnswer } from '../contract/api-document.ts'
import { sendRaw } from '../support/raw-connection.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

describe('a bad request', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  async function post(payload: string, headers: Record<string, string> = JSON_TYPE) {
    const answer = await test.ask('POST', '/sessions', { payload, headers })
    expectDocumentedAnswer('createSession', answer)
    return answer
  }

  async function stillServes(): Promise<void> {
    expect((await test.ask('POST', '/sessions', { payload: EXAMPLE })).statusCode).toBe(201)
  }

  it.each(['{', '{"street1":', "{'street1': 'x'}", '{"street1": "x",}', '\u0000', '{"a":1}{"b":2}', '\uFEFFx'])(
    'gets 400 for a body that is not JSON: %j',
    async (payload) => {
      const answer = await post(payload)
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toMatchObject({ message: 'The body is not valid JSON.' })
    },
  )

  it.each(['{"__proto__":{"x":1},"street1":"a"}', '{"constructor":{"prototype":{"x":1}},"street1":"a"}'])(
    'gets 400 for a body that reaches for prototypes: %s',
    async (payload) => {
      expect((await post(payload)).statusCode).toBe(400)
      expect(({} as { x?: number }).x).toBeUndefined()
    },
  )

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'multipart/form-data',
    'x',
    'application/jsonx',
  ])('gets 406 for the content type %s', async (type) => {
    const answer = await post(JSON.stringify(EXAMPLE), { 'content-type': type })
    expect(answer.statusCode).toBe(406)
    expect(answer.json<{ message: string }>().message).toContain(`'${type}'`)
  })

  it('takes JSON of any charset parameter and case', async () => {
    const answer = await post(JSON.stringify(EXAMPLE), { 'content-type': 'Application/JSON; charset=utf-8' })
    expect(answer.statusCode).toBe(201)
  })

  it('gets 400 for a body that is too large', async () => {
    const answer = await post(JSON.stringify({ ...EXAMPLE, padding: 'x'.repeat(70_000) }))
    expect(answer.statusCode).toBe(400)
    expect(answer.json<{ message: string }>().message).toContain('64 kB')
  })

  it('gets 422 for a body nested thirty thousand deep', async () => {
    const answer = await post('['.repeat(30_000) + ']'.repeat(30_000))
    expect(answer.statusCode).toBe(422)
    expect((await post(`{"street1":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)},"zip":"48034"}`)).statusCode).toBe(422)
  })

  it('is answered when it holds NUL characters', async () => {
    const answer = await post(JSON.stringify({ street1: '29090\u0000 Tiffany\u0000 Drive E', zip: '48034' }))
    expect(answer.statusCode).toBe(201)
    const { session_token: token } = answer.json<{ meta: { session_token: string } }>().meta
    expect((await test.ask('GET', `/sessions/${token}`)).statusCode).toBe(200)
  })

  it('gets 404 for a path and for a method that the API does not have', async () => {
    for (const [method, url] of [
      ['GET', '/nothing'],
      ['POST', '/ping'],
      ['DELETE', '/sessions'],
      ['GET', '/sessions/a/b/c'],
      ['GET', '//sessions'],
    ] as const) {
      const answer = await test.ask(method, url)
      expectDocumentedAnswer('none', answer)
      expect(answer.statusCode).toBe(404)
    }
  })

  it('gets 404 without a token too, where there is nothing', async () => {
    const answer = await test.app.server.inject('/nothing')
    expectDocumentedAnswer('none', answer)
    expect(answer.statusCode).toBe(404)
  })

  it.each([
    ['a header of 10 MB', 'GET /ping HTTP/1.1\r\nHost: x\r\nX: ', 'x'.repeat(10_000_000), '\r\n\r\n'],
    ['no HTTP', 'nonsense\r\n\r\n'],
    ['a header with a control character', 'GET /ping HTTP/1.1\r\nHost: x\r\nX: a\u0001b\r\n\r\n'],
  ])('gets 400 in the documented form for %s, and the process stays up', async (_name, ...parts) => {
    const received = await sendRaw(test, ...parts)
    if (received !== '') {
      const [head = '', body = ''] = received.split('\r\n\r\n')
      expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
      expect(head).toMatch(/\r\nx-ratelimit-remaining: \d/i)
      expect(JSON.parse(body)).toMatchObject({ request_status: 'error', meta: { hum_data_set: test.lookUps.version } })
    }
    await stillServes()
  })
})
