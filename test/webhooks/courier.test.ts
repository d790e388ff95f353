import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openState } from '../../src/storage/open-state.ts'
import type { State } from '../../src/storage/open-state.ts'
import type { PostMessage, PostResult } from '../../src/webhooks/post-message.ts'
import { createWebhookCourier } from '../../src/webhooks/webhook-courier.ts'
import type { WebhookCourier } from '../../src/webhooks/webhook-courier.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const REPORT = {
  geocoding: { outcome: 'failed', reason: 'street_unknown', suggestions: [] },
  internet: { outcome: 'failed', reason: 'place_unknown' },
} as const

const DELIVERED: PostResult = { outcome: 'delivered', status: 204, reason: 'ok' }
const FAILED: PostResult = { outcome: 'failed', status: 500, reason: 'status' }
const PATIENCE = { timeout: 20_000, interval: 20 }

describe('the courier', () => {
  let state: State
  let couriers: WebhookCourier[]
  let now: number
  let posted: { url: string; id: string; at: number }[]
  let post: PostMessage
  let answer: (url: string, id: string) => PostResult | Promise<PostResult>
  const failures: unknown[] = []
  const results: string[] = []
  let lag = -1

  beforeEach(async () => {
    state = await openState({ engine: 'sqlite', file: ':memory:' })
    couriers = []
    now = Date.UTC(2026, 10, 26)
    posted = []
    failures.length = 0
    results.length = 0
    answer = () => DELIVERED
    post = async ({ url }, { id }) => {
      posted.push({ url, id, at: now })
      return answer(url, id)
    }
    await addWebhook('one')
  })

  afterEach(async () => {
    for (const courier of couriers) await courier.stop()
    await state.close()
    expect(failures).toEqual([])
  })

  const addWebhook = (accountId: string) =>
    state.webhooks.put({ accountId, url: `https://${accountId}.test/`, secrets: [], createdAt: now })

  let messages = 0
  async function tell(accountId = 'one'): Promise<string> {
    const id = `msg_${++messages}`
    const session = {
      token: id,
      accountId,
      kind: 'live',
      params: { street1: 'x' },
      createdAt: 0,
      updatedAt: 0,
      lastSeenAt: 0,
    } as const
    const message = { id, accountId, type: 'session.completed', body: '{}', createdAt: now }
    await state.sessions.insert({ ...session, ...REPORT }, message)
    return id
  }

  async function start(): Promise<WebhookCourier> {
    const courier = createWebhookCourier({
      webhooks: state.webhooks,
      post: (...what) => post(...what),
      clock: () => now,
      onError: (error) => failures.push(error),
      watcher: { onWebhookTry: (result) => results.push(result), onWebhookLag: (ms) => (lag = ms) },
    })
    couriers.push(courier)
    await courier.start()
    return courier
  }

  const times = () => posted.map(({ at }) => at)

  it('brings what waits, once', async () => {
    const id = await tell()
    await start()
    await expect.poll(() => posted, PATIENCE).toEqual([{ url: 'https://one.test/', id, at: now }])
    now += 30 * 24 * HOUR
    await sleep(2500)
    expect(posted).toHaveLength(1)
    expect(results).toEqual(['delivered'])
  })

  it('tries again after the schedule, under the same id, and gives up at its end', async () => {
    answer = () => FAILED
    const id = await tell()
    await start()
    const begun = now
    for (let tries = 1; tries <= 10; tries++) {
      await expect.poll(() => posted.length, PATIENCE).toBe(tries)
      const [queue] = await state.webhooks.listQueues(now)
      // Settled, so that the next time is known.
      if (tries < 10) {
        await expect
          .poll(async () => (await state.webhooks.listQueues(now))[0]?.nextDueAt, PATIENCE)
          .not.toBe(now + 30_000)
        now = (await state.webhooks.listQueues(now))[0]?.nextDueAt ?? queue?.nextDueAt ?? now
      }
    }
    await expect
      .poll(() => state.webhooks.listDead(), PATIENCE)
      .toMatchObject([{ id, attempts: 10, status: 500, reason: 'status' }])
    expect(new Set(posted.map((one) => one.id))).toEqual(new Set([id]))
    const waits = times().map((at, index) => at - (times()[index - 1] ?? begun))
    const least = [0, 5000, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(least[index]!)
      expect(wait).toBeLessThanOrEqual(least[index]! * 1.1)
    }
    expect(results).toEqual([...Array.from({ length: 9 }, () => 'failed'), 'dead'])
  }, 60_000)

  it('sends what was given up again when asked to', async () => {
    const id = await tell()
    await state.webhooks.settle(id, { state: 'dead', at: now, reason: 'timeout' })
    await start()
    await state.webhooks.replay(id, now)
    await expect.poll(() => posted.map((one) => one.id), PATIENCE).toEqual([id])
  })

  it('waits as long as the receiver asks for', async () => {
    answer = () => ({ ...FAILED, retryAfterMs: HOUR })
    await tell()
    await start()
    await expect.poll(async () => (await state.webhooks.listQueues(now))[0]?.nextDueAt, PATIENCE).toBe(now + HOUR)
  })

  it('sends nothing more to a receiver that is gone', async () => {
    answer = () => ({ outcome: 'gone', status: 410, reason: 'gone' })
    const ids = [await tell()]
    const courier = await start()
    await expect.poll(() => state.webhooks.find('one'), PATIENCE).toMatchObject({ disabledAt: now })
    await expect.poll(() => courier.serves('one'), PATIENCE).toBe(false)
    expect((await state.webhooks.listDead()).map(({ id }) => id)).toEqual(ids)
    expect(results).toEqual(['gone'])
  })

  it('lets a slow receiver keep no other waiting, and asks it for few things at a time', async () => {
    await addWebhook('slow')
    const { promise, resolve } = Promise.withResolvers<PostResult>()
    answer = (url) => (url.includes('slow') ? promise : DELIVERED)
    for (let index = 0; index < 50; index++) await tell('slow')
    for (let index = 0; index < 20; index++) await tell('one')
    await start()
    await expect.poll(() => posted.filter(({ url }) => url.includes('one')).length, PATIENCE).toBe(20)
    expect(posted.filter(({ url }) => url.includes('slow'))).toHaveLength(8)
    resolve(DELIVERED)
    await expect.poll(() => posted.length, PATIENCE).toBe(70)
    expect(new Set(posted.map(({ id }) => id)).size).toBe(70)
  }, 60_000)

  it('sends each message once where several processes are at work', async () => {
    answer = async () => {
      await sleep(5)
      return DELIVERED
    }
    const ids = await Promise.all(Array.from({ length: 60 }, () => tell()))
    await Promise.all([start(), start(), start()])
    await expect.poll(() => posted.length, PATIENCE).toBe(60)
    expect(posted.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  }, 60_000)

  it('sends what a process died over again, under the same id, when its time is over', async () => {
    const id = await tell()
    // Taken out by a process that then dies.
    await state.webhooks.claim('one', { now, leaseUntil: now + 30_000, limit: 1 })
    await start()
    await sleep(1500)
    expect(posted).toEqual([])
    now += 30_000
    await expect.poll(() => posted.map((one) => one.id), PATIENCE).toEqual([id])
  })

  it('tells how late it is', async () => {
    answer = () => FAILED
    await start()
    await expect.poll(() => lag, PATIENCE).toBe(0)
    const stuck = Array.from({ length: 9 }, () => tell())
    await Promise.all(stuck)
    now += MINUTE
    await expect.poll(() => lag, PATIENCE).toBeGreaterThanOrEqual(MINUTE)
  })

  it('learns within a second or so of webhooks that others put in and take out', async () => {
    const courier = await start()
    expect(courier.serves('late')).toBe(false)
    await addWebhook('late')
    await expect.poll(() => courier.serves('late'), PATIENCE).toBe(true)
    expect([...courier.accountIds()].toSorted()).toEqual(['late', 'one'])
    await state.webhooks.remove('late')
    await expect.poll(() => courier.serves('late'), PATIENCE).toBe(false)
  })

  it('sends nothing while no token of the account is in use, and what waited when one is again', async () => {
    const token = { id: 'one', accountId: 'one', kind: 'live', name: 'one', createdAt: now, scope: 'secret' } as const
    await state.tokens.insert({ ...token, expiresAt: now + HOUR }, 'one')
    const courier = await start()
    expect(courier.serves('one')).toBe(true)
    now += HOUR
    await expect.poll(() => courier.serves('one'), PATIENCE).toBe(false)
    const id = await tell()
    await sleep(2500)
    expect(posted).toEqual([])
    await state.tokens.insert({ ...token, id: 'next' }, 'next')
    await expect.poll(() => posted.map((one) => one.id), PATIENCE).toEqual([id])
  })

  it('removes what is registered for an account whose last token was revoked', async () => {
    await state.tokens.insert(
      { id: 'one', accountId: 'one', kind: 'live', name: 'one', createdAt: now, scope: 'secret' },
      'one',
    )
    answer = () => FAILED
    await tell()
    await start()
    await expect.poll(() => results, PATIENCE).toEqual(['failed'])
    await state.tokens.revoke('one', now)
    now += MINUTE
    await expect.poll(() => state.webhooks.find('one'), PATIENCE).toBeUndefined()
    expect(await state.webhooks.replay(posted[0]!.id, now)).toBe(false)
    expect(posted).toHaveLength(1)
  })

  it('comes to its end when what is under way is over', async () => {
    const { promise, resolve } = Promise.withResolvers<PostResult>()
    answer = () => promise
    await tell()
    const courier = await start()
    await expect.poll(() => posted.length, PATIENCE).toBe(1)
    let hasStopped = false
    const stopped = courier.stop().then(() => (hasStopped = true))
    await sleep(100)
    expect(hasStopped).toBe(false)
    resolve(DELIVERED)
    await stopped
    expect(await state.webhooks.replay(posted[0]!.id, now)).toBe(true)
  })
})
