import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Candidate, Place } from '../../src/geocode/geocode-result.ts'
import { nameOutcome } from '../../src/sessions/session-outcome.ts'
import type { SessionStore } from '../../src/sessions/session-store.ts'
import type { Session } from '../../src/sessions/session.ts'
import type { UsageDimension, UsageStore } from '../../src/sessions/usage-store.ts'

/** A state to test, empty, and the way to let go of it. */
export interface OpenedUsageStore {
  readonly sessions: SessionStore
  readonly usage: UsageStore
  getSecret(name: string): Promise<string>
  close(): Promise<void>
}

const DAY_MS = 86_400_000
const START = Date.UTC(2026, 10, 23)

const PLACE: Place = {
  serviceAddress: '1 MAIN ST # \u0000 \uD800, SOUTHFIELD, MI 48034',
  coordinates: { latitude: 42.5, longitude: -83.28 },
  uncertaintyMeters: 20,
  precision: 'point',
  h3: '882ab2ca0bfffff',
  unit: 'none',
  sourceIds: [1],
}
const CANDIDATE: Candidate = { id: 'one', place: PLACE, score: 0.9, parts: {} }

let counter = 0

function session(changes: Partial<Session> & { campaignId?: string } = {}): Session {
  const { campaignId, ...others } = changes
  counter++
  const createdAt = others.createdAt ?? START + counter
  return {
    token: `usage${counter}`,
    accountId: 'account',
    kind: 'live',
    params: { street1: '29090 Tiffany Drive E', zip: '48034', campaignId },
    createdAt,
    updatedAt: createdAt,
    lastSeenAt: createdAt,
    ...others,
  }
}

/** What every count of usage owes, whatever it is built on. */
export function describeUsageStore(name: string, open: () => Promise<OpenedUsageStore>): void {
  describe(`usage store on ${name}`, () => {
    let opened: OpenedUsageStore
    let sessions: SessionStore
    let usage: UsageStore

    beforeEach(async () => {
      opened = await open()
      sessions = opened.sessions
      usage = opened.usage
    })

    afterEach(() => opened.close())

    const list = (...by: UsageDimension[]) => usage.list({ fromDay: '2026-11-23', toDay: '2026-11-25', by })

    async function insertEnded(one: Session): Promise<void> {
      await sessions.insert(one)
      await sessions.end(one.token, one.createdAt + 1000)
    }

    it('counts a session from when it is stored, and as often after it has ended, was counted, erased and forgotten', async () => {
      const one = session({ campaignId: 'spring' })
      const expected = [{ day: '2026-11-23', accountId: 'account', campaignId: 'spring', sessions: 1, clicks: 0 }]
      await sessions.insert(one)
      expect(await list('day', 'token', 'campaign')).toEqual(expected)
      expect(await list('outcome')).toEqual([{ outcome: 'open', sessions: 1, clicks: 0 }])
      await sessions.end(one.token, START + DAY_MS)
      expect(await list('day', 'token', 'campaign')).toEqual(expected)
      expect(await list('outcome')).toEqual([{ outcome: 'unfinished', sessions: 1, clicks: 0 }])
      expect(await sessions.forget(START + 3 * DAY_MS), 'not before it is counted').toBe(0)
      expect(await usage.countEnded(10)).toBe(1)
      expect(await usage.countEnded(10)).toBe(0)
      expect(await list('day', 'token', 'campaign')).toEqual(expected)
      await sessions.eraseParams(START + 3 * DAY_MS)
      expect(await sessions.forget(START + 3 * DAY_MS)).toBe(1)
      expect(await list('day', 'token', 'campaign')).toEqual(expected)
      expect(await list('outcome')).toEqual([{ outcome: 'unfinished', sessions: 1, clicks: 0 }])
    })

    it.each<Pick<Session, 'geocoding' | 'internet'>>([
      {},
      { geocoding: { outcome: 'failed', reason: 'street_unknown', suggestions: [] } },
      {
        geocoding: { outcome: 'failed', reason: 'agent_failed' },
        internet: { outcome: 'failed', reason: 'place_unknown' },
      },
      {
        geocoding: { outcome: 'multiple', candidates: [CANDIDATE], differIn: [] },
        internet: { outcome: 'failed', reason: 'place_unknown' },
      },
      { geocoding: { outcome: 'matched', candidate: CANDIDATE } },
      { geocoding: { outcome: 'matched', candidate: CANDIDATE, dataSet: '1' }, internet: { outcome: 'matched' } },
      {
        geocoding: { outcome: 'matched', candidate: CANDIDATE },
        internet: { outcome: 'failed', reason: 'nobody_filed' },
      },
      {
        geocoding: { outcome: 'matched', candidate: CANDIDATE },
        internet: { outcome: 'failed', reason: 'agent_failed' },
      },
    ])('names the outcome of a session that was closed or idle as the metrics do: %j', async (reports) => {
      const closed = session(reports)
      await insertEnded(closed)
      await sessions.insert(session(reports))
      await sessions.endIdle(START + DAY_MS, START + DAY_MS)
      const expected = [{ outcome: nameOutcome(closed), sessions: 2, clicks: 0 }]
      expect(await list('outcome')).toEqual(expected)
      await usage.countEnded(10)
      expect(await list('outcome')).toEqual(expected)
    })

    it('counts each session once when many count at the same moment', async () => {
      // In both orders, so that who counts meets the same campaigns from either end.
      for (let index = 0; index < 60; index++) {
        await insertEnded(session({ campaignId: `c${index % 14 < 7 ? index % 3 : 2 - (index % 3)}` }))
      }
      const counted = await Promise.all(Array.from({ length: 12 }, () => usage.countEnded(7)))
      let total = counted.reduce((sum, count) => sum + count, 0)
      for (let count = 1; count > 0; total += count) count = await usage.countEnded(7)
      expect(total).toBe(60)
      expect(await list('campaign')).toEqual(
        ['c0', 'c1', 'c2'].map((campaignId) => ({ campaignId, sessions: 20, clicks: 0 })),
      )
    })

    it('counts clicks beside sessions, many at the same moment too', async () => {
      await insertEnded(session({ campaignId: 'spring' }))
      const click = { at: START + 5, accountId: 'account', campaignId: 'spring', providerId: 130_317 }
      await Promise.all(Array.from({ length: 50 }, () => usage.countClick(click)))
      await usage.countClick({ ...click, providerId: 130_228, at: START + DAY_MS })
      expect(await list('day', 'campaign')).toEqual([
        { day: '2026-11-23', campaignId: 'spring', sessions: 1, clicks: 50 },
        { day: '2026-11-24', campaignId: 'spring', sessions: 0, clicks: 1 },
      ])
      expect(await list('provider')).toEqual([
        { providerId: 130_228, sessions: 0, clicks: 1 },
        { providerId: 130_317, sessions: 0, clicks: 50 },
      ])
      expect(await list('outcome')).toEqual([{ outcome: 'unfinished', sessions: 1, clicks: 0 }])
      expect(await list()).toEqual([{ sessions: 1, clicks: 51 }])
    })

    it('has no row where nothing is', async () => {
      expect(await list()).toEqual([])
      expect(await list('day')).toEqual([])
    })

    it('tells days in UTC apart, at their very edges', async () => {
      for (const createdAt of [START - 1, START, START + DAY_MS - 1, START + DAY_MS])
        await insertEnded(session({ createdAt }))
      const days = [
        { day: '2026-11-23', sessions: 2, clicks: 0 },
        { day: '2026-11-24', sessions: 1, clicks: 0 },
      ]
      expect(await list('day')).toEqual(days)
      await usage.countEnded(10)
      expect(await list('day')).toEqual(days)
    })

    it('lists one account or one campaign, and what has none', async () => {
      for (const [accountId, campaignId] of [
        ['a', 'x'],
        ['a', undefined],
        ['b', 'x'],
      ] as const) {
        await insertEnded(session({ accountId, ...(campaignId && { campaignId }) }))
        await sessions.insert(session({ accountId, ...(campaignId && { campaignId }) }))
      }
      await usage.countEnded(2)
      const query = { fromDay: '2026-11-23', toDay: '2026-11-23', by: ['token'] } as const
      expect(await usage.list({ ...query, accountId: 'a' })).toEqual([{ accountId: 'a', sessions: 4, clicks: 0 }])
      expect(await usage.list({ ...query, campaignId: 'x' })).toEqual([
        { accountId: 'a', sessions: 2, clicks: 0 },
        { accountId: 'b', sessions: 2, clicks: 0 },
      ])
      expect(await usage.list({ ...query, campaignId: '' })).toEqual([{ accountId: 'a', sessions: 2, clicks: 0 }])
    })

    it('counts all views of the page as one', async () => {
      await insertEnded(session({ accountId: 'page-abc' }))
      await sessions.insert(session({ accountId: 'page-def' }))
      await usage.countEnded(10)
      expect(await list('token')).toEqual([{ accountId: 'page', sessions: 2, clicks: 0 }])
    })

    it('orders by code units, and takes campaigns of any text', async () => {
      const campaigns = ['spring', 'Spring', "Ñ \u{1F3E0} '; --", 'a\u0000b', 'a\uD800', '\\u0000', undefined]
      for (const campaignId of campaigns) await insertEnded(session(campaignId === undefined ? {} : { campaignId }))
      const expected = ['', 'Spring', '\\u0000', 'a\uFFFD', 'a\uFFFDb', 'spring', "Ñ \u{1F3E0} '; --"]
      expect((await list('campaign')).map(({ campaignId }) => campaignId)).toEqual(expected)
      await usage.countEnded(10)
      await usage.countClick({ at: START, accountId: 'account', campaignId: 'a\u0000b', providerId: 1 })
      expect((await list('campaign')).map(({ campaignId }) => campaignId)).toEqual(expected)
      expect(await usage.list({ fromDay: '2026-11-23', toDay: '2026-11-23', campaignId: 'a\u0000b', by: [] })).toEqual([
        { sessions: 1, clicks: 1 },
      ])
    })

    it('makes a secret once, whoever asks first, and one for each name', async () => {
      const secrets = await Promise.all(Array.from({ length: 10 }, () => opened.getSecret('links')))
      expect(new Set(secrets).size).toBe(1)
      expect(secrets[0]).toMatch(/^[\w-]{43}$/)
      expect(await opened.getSecret('pages')).not.toBe(secrets[0])
    })
  })
}
