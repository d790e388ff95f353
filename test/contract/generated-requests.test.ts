import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'
import { expectDocumentedAnswer } from './api-document.ts'

/** Addresses that reach every outcome, besides those that mean nothing. None waits: slow agents have their own tests. */
const streets = fc.oneof(
  fc.constantFrom(
    '29090 Tiffany Drive E',
    '29091 Tiffany Drive',
    '150 Marigold',
    '24520 Lodestar Road',
    '10 Silent Pines Trail',
    '7 Orchard Way',
    '99999 Tiffany Drive E',
    'PO Box 123',
    '4300 Broken Lane',
    '4400 Broken Lane',
    '112-10 Beacon Terrace',
  ),
  fc.string({ minLength: 1, maxLength: 100 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
)

const wellFormed = fc.record(
  {
    street1: streets,
    street2: fc.oneof(fc.constantFrom('Apt 2B', '#4'), fc.string({ unit: 'binary', minLength: 1, maxLength: 50 })),
    city: fc.oneof(fc.constantFrom('Southfield', 'Holly'), fc.string({ unit: 'binary', minLength: 1, maxLength: 50 })),
    state: fc.constantFrom('MI', 'DC', 'PR', 'NY', 'WY'),
    zip: fc.oneof(fc.constantFrom('48034', '48442', '02108-1234'), fc.stringMatching(/^\d{5}(-\d{4})?$/)),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    campaign_id: fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
  },
  { requiredKeys: ['street1', 'zip'] },
)

const MEMBERS = ['street1', 'street2', 'city', 'state', 'zip', 'latitude', 'longitude', 'campaign_id', '__proto__', 'x']

const anyBody = fc.oneof(
  wellFormed.map((body) => JSON.stringify(body)),
  fc.dictionary(fc.constantFrom(...MEMBERS), fc.jsonValue()).map((body) => JSON.stringify(body)),
  fc
    .tuple(wellFormed, fc.constantFrom(...MEMBERS), fc.jsonValue())
    .map(([body, member, value]) => JSON.stringify({ ...body, [member]: value })),
  fc.json(),
  fc.tuple(wellFormed, fc.nat(), fc.string({ unit: 'binary' })).map(([body, at, insert]) => {
    const text = JSON.stringify(body)
    const cut = at % text.length
    return text.slice(0, cut) + insert + text.slice(cut + 1)
  }),
  fc.string({ unit: 'binary' }),
)

const contentTypes = fc.oneof(
  { weight: 9, arbitrary: fc.constant('application/json') },
  { weight: 1, arbitrary: fc.constantFrom('text/plain', 'application/json; charset=utf-8', 'APPLICATION/JSON', 'a/b') },
)

type Caller = 'sandbox' | 'other' | 'wrong' | 'none'

const callers = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Caller>('sandbox') },
  { weight: 3, arbitrary: fc.constantFrom<Caller>('other', 'wrong', 'none') },
)

/** A session to name: one that was opened before, by its number, or any text. */
const named = fc.oneof(
  { weight: 5, arbitrary: fc.nat({ max: 3 }) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map((text) => encodeURIComponent(text.toWellFormed())),
  },
  { weight: 1, arbitrary: fc.webPath().map((path) => path.slice(1)) },
)

const requests = fc.oneof(
  fc.record({
    operation: fc.constant('createSession' as const),
    body: wellFormed.map((body) => JSON.stringify(body)),
    contentType: fc.constant('application/json'),
    caller: callers,
  }),
  fc.record({
    operation: fc.constant('createSession' as const),
    body: anyBody,
    contentType: contentTypes,
    caller: callers,
  }),
  fc.record({
    operation: fc.constantFrom('getSession' as const, 'getInternetServices' as const, 'closeSession' as const),
    session: named,
    caller: callers,
  }),
  fc.record({ operation: fc.constant('ping' as const), caller: callers }),
)

const SEQUENCES = 150
const LENGTH = 20

describe('2,000 and more generated requests', () => {
  let test: TestApp
  let otherSecret: string

  beforeAll(async () => {
    test = await openTestApp()
    const needs = { tokens: test.state.tokens, clock: () => test.now }
    otherSecret = (await createApiToken(needs, { name: 'other', kind: 'test' })).secret
  })

  afterAll(() => test.close())

  function headersOf(caller: Caller): Record<string, string> {
    if (caller === 'none') return {}
    const secrets = { sandbox: 'hum_test_sandbox', other: otherSecret, wrong: 'wrong' }
    return { authorization: `Bearer ${secrets[caller]}` }
  }

  it('are all answered as documented, and none with 5xx', async () => {
    const counts = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(requests, { minLength: LENGTH, maxLength: LENGTH }), async (sequence) => {
        const opened: { token: string; caller: Caller; isOpen: boolean }[] = []
        for (const request of sequence) {
          const headers = headersOf(request.caller)
          if (request.operation === 'ping') {
            const answer = await test.app.server.inject({ url: '/ping', headers })
            check(request.operation, answer)
            expect(answer.statusCode).toBe(request.caller === 'wrong' ? 401 : 200)
          } else if (request.operation === 'createSession') {
            const { body: payload, contentType } = request
            const answer = await test.app.server.inject({
              method: 'POST',
              url: '/sessions',
              payload,
              headers: { ...headers, 'content-type': contentType },
            })
            check(request.operation, answer)
            if (answer.statusCode === 201) {
              opened.push({ token: String(answer.headers['session_token']), caller: request.caller, isOpen: true })
            }
          } else {
            const session = typeof request.session === 'number' ? opened[request.session] : undefined
            const name = session?.token ?? String(request.session)
            const path = `/sessions/${name}${request.operation === 'getInternetServices' ? '/services/internet' : ''}`
            const method = request.operation === 'closeSession' ? 'DELETE' : 'GET'
            const answer = await test.app.server.inject({ method, url: path, headers })
            check(request.operation, answer)
            if (session && (request.caller === 'sandbox' || request.caller === 'other')) {
              const isOwn = session.caller === request.caller
              expect(answer.statusCode).toBe(isOwn ? (session.isOpen ? 200 : 410) : 404)
              if (isOwn && method === 'DELETE') session.isOpen = false
            }
          }
        }
      }),
      { numRuns: SEQUENCES },
    )

    function check(
      operation: Parameters<typeof expectDocumentedAnswer>[0],
      answer: Parameters<typeof expectDocumentedAnswer>[1],
    ): void {
      expect(answer.statusCode).toBeLessThan(500)
      const isElsewhere = operation !== 'createSession' && answer.statusCode === 404
      expectDocumentedAnswer(isElsewhere ? 'none' : operation, answer)
      const key = `${operation} ${answer.statusCode}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }

    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(2000)
    expect([...counts.keys()]).toEqual(
      expect.arrayContaining([
        'createSession 201',
        'createSession 400',
        'createSession 401',
        'createSession 406',
        'createSession 422',
        'getSession 200',
        'getSession 401',
        'getSession 404',
        'getSession 410',
        'getInternetServices 200',
        'closeSession 200',
        'ping 200',
        'ping 401',
      ]),
    )
  }, 120_000)
})
