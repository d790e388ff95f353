import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

type Caller = 0 | 1

const METHODS = [
  ['GET', ''],
  ['GET', '/services/internet'],
  ['GET', '/evidence'],
  ['GET', '/events'],
  ['GET', '/map'],
  ['POST', '/select'],
  ['DELETE', ''],
] as const

const steps = fc.array(
  fc.oneof(
    fc.record({ caller: fc.constantFrom<Caller>(0, 1), opens: fc.constant(true) }),
    fc.record({
      caller: fc.constantFrom<Caller>(0, 1),
      opens: fc.constant(false),
      session: fc.nat({ max: 5 }),
      method: fc.constantFrom(...METHODS),
    }),
  ),
  { minLength: 4, maxLength: 25 },
)

describe('two tokens in any interleaving of calls', () => {
  let test: TestApp
  let secrets: readonly string[]

  beforeAll(async () => {
    test = await openTestApp()
    const needs = { tokens: test.state.tokens, clock: () => test.now }
    secrets = await Promise.all(
      ['one', 'other'].map(async (name) => (await createApiToken(needs, { name, kind: 'test' })).secret),
    )
  })

  afterAll(() => test.close())

  /** An answer without what differs with each request. */
  async function call(caller: Caller, method: 'GET' | 'POST' | 'DELETE', url: string) {
    const { statusCode, headers, body } = await test.ask(method, url, {
      headers: { authorization: `Bearer ${secrets[caller]}` },
      ...(method === 'POST' && { payload: { candidate_id: 'x' } }),
    })
    const compared = Object.fromEntries(
      Object.entries(headers).filter(([name]) => !/^(date|x-request-id|session_token|.*ratelimit.*)$/.test(name)),
    )
    return { statusCode, headers: compared, body }
  }

  it('neither sees nor changes nor can tell that the other has sessions', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const sessions: { token: string; owner: Caller; isOpen: boolean }[] = []
        for (const step of sequence) {
          if (step.opens) {
            const answer = await test.ask('POST', '/sessions', {
              payload: EXAMPLE,
              headers: { authorization: `Bearer ${secrets[step.caller]}` },
            })
            sessions.push({ token: String(answer.headers['session_token']), owner: step.caller, isOpen: true })
            continue
          }
          const session = sessions[step.session]
          if (session === undefined) continue
          const [method, path] = step.method
          const answer = await call(step.caller, method, `/sessions/${session.token}${path}`)
          if (session.owner !== step.caller) {
            const unknown = await call(step.caller, method, `/sessions/${'0'.repeat(22)}${path}`)
            expect(answer).toEqual(unknown)
            expect(answer.statusCode).toBe(404)
            continue
          }
          if (method === 'POST') expect(answer.statusCode).toBe(session.isOpen ? 422 : 410)
          else expect(answer.statusCode).toBe(session.isOpen ? 200 : 410)
          if (method === 'DELETE') session.isOpen = false
        }
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})
