import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiToken, rotateApiToken } from '../../src/access/create-api-token.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface Row {
  readonly sessions: number
  readonly clicks: number
  readonly [member: string]: unknown
}

const MINUTE_MS = 60_000

describe('usage over the admin API', () => {
  let test: TestApp
  let admin: string

  beforeAll(async () => {
    test = await openTestApp()
    admin = (await createApiToken(needs(), { name: 'operator', kind: 'live', isAdmin: true })).secret
  })

  afterAll(() => test.close())

  const needs = () => ({ tokens: test.state.tokens, clock: () => test.now })

  async function usage(query: string) {
    const answer = await test.ask('GET', `/admin/usage?${query}`, { headers: { authorization: `Bearer ${admin}` } })
    return { status: answer.statusCode, ...answer.json<{ message: string; data: Row[]; meta: object }>() }
  }

  async function lookUp(secret: string, params: object): Promise<{ token: string; link: string | undefined }> {
    const headers = { authorization: `Bearer ${secret}` }
    const answer = await test.ask('POST', '/sessions', { headers, payload: params })
    const { meta, data } = answer.json<{ meta: { session_token: string }; data: { url: string | null }[] }>()
    return { token: meta.session_token, link: data.find(({ url }) => url !== null)?.url ?? undefined }
  }

  it('tells sessions, outcomes and clicks by day, token and campaign, through rotation, closing and expiry', async () => {
    const app = await createApiToken(needs(), { name: 'Moving app', kind: 'test' })
    const other = await createApiToken(needs(), { name: 'Other', kind: 'test' })
    const spring = { ...EXAMPLE, campaign_id: 'spring' }
    const { token, link } = await lookUp(app.secret, spring)
    await test.app.server.inject(link ?? '')
    test.now += 1000
    const rotated = await rotateApiToken(needs(), { id: app.token.id, overlapMs: MINUTE_MS })
    await lookUp(rotated.secret, { street1: '99999 Tiffany Drive E', zip: '48034', campaign_id: 'spring' })
    await lookUp(other.secret, EXAMPLE)

    const expected = [
      { campaign_id: '', token_name: 'Other', sessions: 1, clicks: 0 },
      { campaign_id: 'spring', token_name: 'Moving app', sessions: 2, clicks: 1 },
    ].map((row) => expect.objectContaining({ day: '2026-11-23', ...row }) as Row)
    const list = async () => (await usage('by=campaign,token,day')).data
    await expect.poll(list).toEqual(expected)

    await test.ask('DELETE', `/sessions/${token}`, { headers: { authorization: `Bearer ${rotated.secret}` } })
    expect((await usage(`by=outcome&token=${rotated.token.id}`)).data).toEqual([
      { outcome: 'answered', sessions: 1, clicks: 0 },
      { outcome: 'open', sessions: 1, clicks: 0 },
    ])
    await test.state.sessions.endIdle(test.now + 1, test.now + 31 * MINUTE_MS)
    while ((await test.state.usage.countEnded(1)) > 0);
    expect(await list()).toEqual(expected)
    expect((await usage(`by=outcome&token=${app.token.id}`)).data).toEqual([
      { outcome: 'answered', sessions: 1, clicks: 0 },
      { outcome: 'number_not_in_range', sessions: 1, clicks: 0 },
    ])
    const page = await usage('by=campaign,token,day&limit=1&offset=1')
    expect(page.data).toEqual(expected.slice(1))
    expect(page.meta).toMatchObject({ total: 2, limit: 1, offset: 1 })
    expect((await usage('campaign=spring&by=')).data).toEqual([{ sessions: 2, clicks: 1 }])
    expect((await usage('campaign=&by=')).data).toEqual([{ sessions: 1, clicks: 0 }])
    expect((await usage('to=2026-11-22')).data).toEqual([])
  })

  it.each([
    ['from=2026-13-01', 422],
    ['by=week', 422],
    ['by=outcome,provider', 422],
    ['token=nobody', 404],
    ['day=2026-11-23', 422],
    ['limit=x', 422],
  ])('refuses %s with %i', async (query, status) => {
    expect((await usage(query)).status).toBe(status)
  })

  it('is for admin tokens', async () => {
    expect((await test.ask('GET', '/admin/usage')).statusCode).toBe(401)
  })
})
