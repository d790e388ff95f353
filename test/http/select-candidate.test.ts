import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface Answer {
  readonly message: string
  readonly request_status: string
  readonly data: readonly { readonly provider_name: string }[]
  readonly candidates: readonly { readonly id: string; readonly service_address: string }[]
  readonly meta: {
    readonly session_token: string
    readonly agent_status: Record<string, string>
    readonly service_address: string
  }
}

describe('POST /sessions/{token}/select', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  async function openAmbiguous(): Promise<Answer> {
    const payload = { street1: '29091 Tiffany Drive', zip: '48034' }
    return (await test.ask('POST', '/sessions', { payload })).json<Answer>()
  }

  const select = (token: string, payload: object, headers = {}) =>
    test.ask('POST', `/sessions/${token}/select`, { payload, headers })

  it('settles the session at the candidate and gives its providers', async () => {
    const { meta, candidates, request_status } = await openAmbiguous()
    expect(request_status).toBe('warning')
    const west = candidates.find(({ service_address }) => service_address.startsWith('29091 TIFFANY DR W'))
    const answer = await select(meta.session_token, { candidate_id: west?.id })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['session_token']).toBe(meta.session_token)
    const settled = answer.json<Answer>()
    expect(settled.request_status).toBe('ok')
    expect(settled.data.map(({ provider_name }) => provider_name)).toContain('Motor City Fiber')
    expect(settled.meta.service_address).toBe('29091 TIFFANY DR W, SOUTHFIELD, MI 48034')
    expect(settled.meta.agent_status).toMatchObject({ geocoding: 'matched', internet: 'matched' })
    const status = (await test.ask('GET', `/sessions/${meta.session_token}`)).json<Answer>()
    expect(status.meta.service_address).toBe('29091 TIFFANY DR W, SOUTHFIELD, MI 48034')
  })

  it('may be repeated, and is not taken back', async () => {
    const { meta, candidates } = await openAmbiguous()
    const [first, second] = candidates
    expect((await select(meta.session_token, { candidate_id: first?.id })).statusCode).toBe(200)
    expect((await select(meta.session_token, { candidate_id: first?.id })).statusCode).toBe(200)
    expect((await select(meta.session_token, { candidate_id: second?.id })).statusCode).toBe(422)
  })

  it('settles one of two choices that come at once', async () => {
    const { meta, candidates } = await openAmbiguous()
    const answers = await Promise.all(candidates.map(({ id }) => select(meta.session_token, { candidate_id: id })))
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 422])
  })

  it.each([[{}], [{ candidate_id: 'none' }], [{ candidate_id: 7 }], [{ candidate_id: '' }]])(
    'refuses %j with what is wrong',
    async (payload) => {
      const { meta } = await openAmbiguous()
      const answer = await select(meta.session_token, payload)
      expect(answer.statusCode).toBe(422)
      expect(answer.json<{ errors: object }>().errors).toHaveProperty('errors')
    },
  )

  it('refuses a session that has one match already', async () => {
    expect((await select(await test.open(), { candidate_id: 'any' })).statusCode).toBe(422)
  })

  it('answers 410 for a closed session and 404 for an unknown or another account’s', async () => {
    const { meta, candidates } = await openAmbiguous()
    const { secret } = await createApiToken(
      { tokens: test.state.tokens, clock: () => test.now },
      { name: 'other', kind: 'live' },
    )
    const chosen = { candidate_id: candidates[0]?.id }
    expect((await select('unknown', chosen)).statusCode).toBe(404)
    expect((await select(meta.session_token, chosen, { authorization: `Bearer ${secret}` })).statusCode).toBe(404)
    await test.ask('DELETE', `/sessions/${meta.session_token}`)
    await sleep(0)
    expect((await select(meta.session_token, chosen)).statusCode).toBe(410)
  })
})
