import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApiTokenStore } from '../../src/access/api-token-store.ts'
import type { SessionStore } from '../../src/sessions/session-store.ts'
import type { Session } from '../../src/sessions/session.ts'
import type { WebhookStore } from '../../src/webhooks/webhook-store.ts'
import type { Webhook, WebhookMessage } from '../../src/webhooks/webhook.ts'

/** A state to test, empty, and the way to let go of it. */
export interface OpenedWebhookStore {
  readonly sessions: SessionStore
  readonly webhooks: WebhookStore
  readonly tokens: ApiTokenStore
  close(): Promise<void>
}

const START = 1_790_000_000_000
const REPORT = {
  geocoding: { outcome: 'failed', reason: 'street_unknown', suggestions: [] },
  internet: { outcome: 'failed', reason: 'place_unknown' },
} as const

const WEBHOOK: Webhook = {
  accountId: 'account',
  url: 'https://example.com/hum?a=b',
  secrets: [{ secret: 'whsec_new' }, { secret: 'whsec_old', endsAt: START + 5 }],
  createdAt: START,
}

let counter = 0

function session(changes: Partial<Session> = {}): Session {
  counter++
  return {
    token: `told${counter}`,
    accountId: 'account',
    kind: 'live',
    params: { street1: '29090 Tiffany Drive E' },
    createdAt: START,
    updatedAt: START,
    lastSeenAt: START,
    ...changes,
  }
}

function message(changes: Partial<WebhookMessage> = {}): WebhookMessage {
  counter++
  const body = '{"type":"session.completed","note":"Ñ \\u0000 \u{1F3E0} \' -- \\""}'
  return {
    id: `msg_${counter}`,
    accountId: 'account',
    type: 'session.completed',
    body,
    createdAt: START,
    ...changes,
  }
}

/** What every store of webhooks owes, whatever it is built on, and what a session store owes it. */
export function describeWebhookStore(name: string, open: () => Promise<OpenedWebhookStore>): void {
  describe(`webhook store on ${name}`, () => {
    let opened: OpenedWebhookStore
    let webhooks: WebhookStore
    let sessions: SessionStore

    beforeEach(async () => {
      opened = await open()
      ;({ webhooks, sessions } = opened)
    })

    afterEach(() => opened.close())

    const claim = (now = START, limit = 100, accountId = 'account') =>
      webhooks.claim(accountId, { now, leaseUntil: now + 1000, limit })

    /** Puts messages in, each with a session of its own. */
    async function add(...messages: readonly WebhookMessage[]): Promise<void> {
      for (const one of messages) await sessions.insert(session({ ...REPORT, accountId: one.accountId }), one)
    }

    it('keeps a webhook as it was put in, and one for each account', async () => {
      await webhooks.put(WEBHOOK)
      await webhooks.put({ ...WEBHOOK, accountId: 'other', createdAt: START - 1 })
      expect(await webhooks.find('account')).toEqual(WEBHOOK)
      const changed = { ...WEBHOOK, url: 'https://example.org/', disabledAt: START + 7 }
      await webhooks.put(changed)
      expect(await webhooks.find('account')).toEqual(changed)
      expect(await webhooks.find('unknown')).toBeUndefined()
      expect((await webhooks.list()).map(({ webhook }) => webhook.accountId)).toEqual(['other', 'account'])
    })

    it('tells which are in use, and when the next message of each is due', async () => {
      for (const accountId of ['account', 'idle', 'gone']) await webhooks.put({ ...WEBHOOK, accountId })
      await add(message({ createdAt: START + 9 }), message({ createdAt: START + 3 }), message({ accountId: 'gone' }))
      await webhooks.disable('gone', START)
      const queues = await webhooks.listQueues(START)
      const due = Object.fromEntries(queues.map(({ webhook, nextDueAt }) => [webhook.accountId, nextDueAt]))
      expect(due).toEqual({ account: START + 3, idle: undefined })
    })

    it('tells which are in use by the tokens of their accounts, and which never will be again', async () => {
      const { tokens } = opened
      /** Registers a webhook for an account with these tokens. */
      async function put(accountId: string, ...ends: readonly { revokedAt?: number; expiresAt?: number }[]) {
        for (const [index, end] of ends.entries()) {
          const id = `${accountId}${index}`
          const token = { id, accountId, kind: 'live', name: id, createdAt: START, scope: 'secret', ...end } as const
          await tokens.insert(token, id)
        }
        await webhooks.put({ ...WEBHOOK, accountId })
      }
      await put('plain', {})
      await put('rotated', { expiresAt: START }, { expiresAt: START + 2 })
      await put('replaced', { revokedAt: START }, {})
      await put('revoked', { revokedAt: START, expiresAt: START + 2 }, { revokedAt: START })
      await put('lapsed', { expiresAt: START }, { revokedAt: START })
      await put('sandbox')
      const inUse = async (at: number) =>
        (await webhooks.listQueues(at)).map(({ webhook }) => webhook.accountId).toSorted()
      expect(await inUse(START + 1)).toEqual(['plain', 'replaced', 'rotated', 'sandbox'])
      expect(await inUse(START + 2)).toEqual(['plain', 'replaced', 'sandbox'])
      expect(await webhooks.listRevoked()).toEqual(['revoked'])
    })

    it('takes out what is due, once for each try, and counts the tries', async () => {
      await webhooks.put(WEBHOOK)
      const [one, later] = [message(), message({ createdAt: START + 500 })]
      await add(one, later)
      expect(await claim()).toEqual([{ ...one, attempts: 1 }])
      expect(await claim()).toEqual([])
      expect(await claim(START + 999)).toEqual([{ ...later, attempts: 1 }])
      expect(await claim(START + 1000)).toEqual([{ ...one, attempts: 2 }])
      expect(await claim(START + 9999, 100, 'other')).toEqual([])
    })

    it('takes out no more than was asked for, what has waited longest first', async () => {
      await webhooks.put(WEBHOOK)
      const late = message({ createdAt: START - 10 })
      await add(message(), late, message())
      expect(await claim(START, 1)).toEqual([{ ...late, attempts: 1 }])
      expect(await claim(START, 9)).toHaveLength(2)
    })

    it('gives each message to one of many that ask at the same moment', async () => {
      await webhooks.put(WEBHOOK)
      await add(...Array.from({ length: 30 }, () => message()))
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim(START, 10)))
      const ids = claims.flat().map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      while (ids.length < 30) {
        const more = await claim(START, 10)
        expect(more).not.toEqual([])
        ids.push(...more.map(({ id }) => id))
      }
      expect(new Set(ids).size).toBe(30)
    })

    it('does not give out what was delivered, and what waits only when its time has come', async () => {
      await webhooks.put(WEBHOOK)
      const [delivered, failed] = [message(), message()]
      await add(delivered, failed)
      await claim()
      await webhooks.settle(delivered.id, { state: 'delivered', at: START + 1 })
      await webhooks.settle(failed.id, { state: 'pending', nextAttemptAt: START + 5000 })
      expect(await claim(START + 4999)).toEqual([])
      expect(await claim(START + 5000)).toEqual([{ ...failed, attempts: 2 }])
      expect(await webhooks.listDead()).toEqual([])
    })

    it('lists what was given up, and sends it again under its own id, from the first try on', async () => {
      await webhooks.put(WEBHOOK)
      await webhooks.put({ ...WEBHOOK, accountId: 'other' })
      const [first, second, foreign] = [message(), message(), message({ accountId: 'other' })]
      await add(first, second, foreign)
      await claim()
      await claim(START, 9, 'other')
      await webhooks.settle(first.id, { state: 'dead', at: START + 1, status: 500, reason: 'status' })
      await webhooks.settle(second.id, { state: 'dead', at: START + 2, reason: 'timeout' })
      await webhooks.settle(foreign.id, { state: 'dead', at: START + 3, reason: 'timeout' })
      const dead = { attempts: 1, status: undefined, reason: 'timeout' }
      expect(await webhooks.listDead('account')).toEqual([
        { ...second, ...dead, diedAt: START + 2 },
        { ...first, ...dead, diedAt: START + 1, status: 500, reason: 'status' },
      ])
      expect((await webhooks.listDead()).map(({ id }) => id)).toEqual([foreign.id, second.id, first.id])
      expect((await webhooks.list()).map(({ pending, dead: gone }) => [pending, gone])).toEqual([
        [0, 2],
        [0, 1],
      ])
      expect(await webhooks.replay(first.id, START + 50)).toBe(true)
      expect(await webhooks.replay(first.id, START + 50)).toBe(false)
      expect(await webhooks.replay('msg_unknown', START)).toBe(false)
      expect(await claim(START + 49)).toEqual([])
      expect(await claim(START + 50)).toEqual([{ ...first, attempts: 1 }])
      expect((await webhooks.listDead('account')).map(({ id }) => id)).toEqual([second.id])
    })

    it('gives up what waits for a receiver that is gone, and sends nothing more until it is put in again', async () => {
      await webhooks.put(WEBHOOK)
      const one = message()
      await add(one)
      await webhooks.disable('account', START + 1)
      await webhooks.disable('account', START + 2)
      expect((await webhooks.find('account'))?.disabledAt).toBe(START + 1)
      expect(await claim(START + 9)).toEqual([])
      expect(await webhooks.listDead()).toMatchObject([{ id: one.id, diedAt: START + 1, reason: 'gone' }])
      await webhooks.put(WEBHOOK)
      expect(await webhooks.replay(one.id, START + 3)).toBe(true)
      expect(await claim(START + 9)).toHaveLength(1)
    })

    it('forgets a webhook with all of its messages, and takes none from then on', async () => {
      await webhooks.put(WEBHOOK)
      await add(message())
      expect(await webhooks.remove('account')).toBe(true)
      expect(await webhooks.remove('account')).toBe(false)
      const late = session(REPORT)
      await sessions.insert(late, message())
      expect(await sessions.find(late.token)).toBeDefined()
      await webhooks.put(WEBHOOK)
      expect(await claim(START + 9)).toEqual([])
    })

    it('forgets old messages, those given up later than those delivered, and none that waits', async () => {
      await webhooks.put(WEBHOOK)
      const [delivered, fresh, dead, waiting] = [message(), message(), message(), message({ createdAt: START + 5 })]
      await add(delivered, fresh, dead, waiting)
      await webhooks.settle(delivered.id, { state: 'delivered', at: START + 1 })
      await webhooks.settle(fresh.id, { state: 'delivered', at: START + 9 })
      await webhooks.settle(dead.id, { state: 'dead', at: START + 1, reason: 'timeout' })
      expect(await webhooks.forget({ deliveredBefore: START + 5, diedBefore: START })).toBe(1)
      expect(await webhooks.listDead()).toHaveLength(1)
      expect(await webhooks.forget({ deliveredBefore: START + 5, diedBefore: START + 5 })).toBe(1)
      expect(await webhooks.replay(delivered.id, START)).toBe(false)
      expect(await webhooks.replay(fresh.id, START)).toBe(true)
      expect((await claim(START + 9)).map(({ id }) => id).toSorted()).toEqual([fresh.id, waiting.id].toSorted())
    })

    it('forgets what has waited in vain for as long as what was given up', async () => {
      await webhooks.put(WEBHOOK)
      const [old, fresh] = [message({ createdAt: START - 9 }), message()]
      await add(old, fresh)
      expect(await webhooks.forget({ deliveredBefore: START + 5, diedBefore: START })).toBe(1)
      expect((await claim()).map(({ id }) => id)).toEqual([fresh.id])
    })

    it('gets the message with the change that it tells of, and none with a change that was none', async () => {
      await webhooks.put(WEBHOOK)
      const one = session()
      const [opened1, completed, again, closed, twice] = Array.from({ length: 5 }, () => message())
      await sessions.insert(one, undefined)
      await expect(sessions.insert(session({ ...REPORT, token: one.token }), opened1)).rejects.toThrow()
      expect(await sessions.recordReport(one.token, REPORT, START + 1, completed)).toBe(true)
      expect(await sessions.recordReport(one.token, REPORT, START + 2, again)).toBe(false)
      expect(await sessions.recordReport('unknown', REPORT, START + 2, again)).toBe(false)
      expect(await sessions.end(one.token, START + 3, closed)).toBe(true)
      expect(await sessions.end(one.token, START + 4, twice)).toBe(false)
      const ids = (await claim(START + 9)).map(({ id }) => id)
      expect(ids.toSorted()).toEqual([completed!.id, closed!.id].toSorted())
    })

    it('takes no change without the message that tells of it', async () => {
      await webhooks.put(WEBHOOK)
      const taken = message()
      await add(taken)
      const one = session(REPORT)
      await expect(sessions.insert(one, taken)).rejects.toThrow()
      expect(await sessions.find(one.token)).toBeUndefined()
      const two = session(REPORT)
      await sessions.insert(two)
      await expect(sessions.end(two.token, START, taken)).rejects.toThrow()
      expect((await sessions.find(two.token))?.endedAt).toBeUndefined()
    })

    it('ends one of many that report or close at the same moment with one message', async () => {
      await webhooks.put(WEBHOOK)
      const one = session()
      await sessions.insert(one)
      await Promise.all(Array.from({ length: 10 }, () => sessions.recordReport(one.token, REPORT, START, message())))
      await Promise.all(
        Array.from({ length: 10 }, () => sessions.end(one.token, START, message({ type: 'session.closed' }))),
      )
      expect((await claim(START + 9)).map(({ type }) => type).toSorted()).toEqual([
        'session.closed',
        'session.completed',
      ])
    })

    it('is told of idle sessions by account, so that each can be ended with its message', async () => {
      const [idle, active, foreign, ended] = [
        session(),
        session({ lastSeenAt: START + 10 }),
        session({ accountId: 'other' }),
        session(),
      ]
      for (const one of [idle, active, foreign, ended]) await sessions.insert(one)
      await sessions.end(ended.token, START)
      expect(await sessions.findIdle(START + 5, ['account'], 9)).toEqual([idle])
      expect(await sessions.findIdle(START + 99, ['account'], 1)).toHaveLength(1)
      expect(await sessions.findIdle(START + 5, [], 9)).toEqual([])
      expect(await sessions.endIdle(START + 5, START + 20, ['account'])).toBe(1)
      expect((await sessions.find(foreign.token))?.endedAt).toBe(START + 20)
      expect((await sessions.find(idle.token))?.endedAt).toBeUndefined()
    })
  })
}
