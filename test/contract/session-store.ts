import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Candidate, Place } from '../../src/geocode/geocode-result.ts'
import type { SessionStore } from '../../src/sessions/session-store.ts'
import type { Geocoding, Session } from '../../src/sessions/session.ts'
import type { UsageStore } from '../../src/sessions/usage-store.ts'

/** A store to test, empty, and the way to let go of it. */
export interface OpenedSessionStore {
  readonly sessions: SessionStore
  readonly usage: UsageStore
  close(): Promise<void>
}

const START = 1_790_000_000_000

const PLACE: Place = {
  serviceAddress: '1 MAIN ST E # \u0000, SOUTHFIELD, MI 48034',
  coordinates: { latitude: 42.5, longitude: -83.28 },
  uncertaintyMeters: 20,
  precision: 'point',
  h3: '882ab2ca0bfffff',
  unit: 'none',
  sourceIds: [1],
}
const CANDIDATE: Candidate = { id: 'one', place: PLACE, score: 0.9, parts: { postdirectional: 'missing' } }
const SEVERAL: Geocoding = {
  outcome: 'multiple',
  candidates: [CANDIDATE, { ...CANDIDATE, id: 'two' }],
  differIn: ['postdirectional'],
}

const GEOCODING: Geocoding = { outcome: 'failed', reason: 'street_unknown', suggestions: [] }

let counter = 0

function session(changes: Partial<Session> = {}): Session {
  counter++
  return {
    token: `token${counter}`,
    accountId: 'account',
    kind: counter % 2 === 0 ? 'live' : 'test',
    params: { street1: '29090 Tiffany Drive E', zip: '48034', coordinates: { latitude: 42.5, longitude: -83.28 } },
    createdAt: START + counter,
    updatedAt: START + counter,
    lastSeenAt: START + counter,
    ...changes,
  }
}

/** What every session store owes, whatever it is built on. */
export function describeSessionStore(name: string, open: () => Promise<OpenedSessionStore>): void {
  describe(`session store on ${name}`, () => {
    let opened: OpenedSessionStore
    let sessions: SessionStore

    beforeEach(async () => {
      opened = await open()
      sessions = opened.sessions
    })

    afterEach(() => opened.close())

    it('gives a session back as it was put in', async () => {
      const complete = session({ geocoding: GEOCODING, internet: { outcome: 'failed', reason: 'place_unknown' } })
      await sessions.insert(complete)
      expect(await sessions.find(complete.token)).toEqual(complete)
    })

    it('keeps text of any language and every control character but NUL as it is', async () => {
      const odd = session({ params: { street1: '1 Ñandú \u{1F3E0} \u202E "quoted" \\ \u0001\n', city: "O'Fallon" } })
      await sessions.insert(odd)
      expect((await sessions.find(odd.token))?.params).toEqual(odd.params)
    })

    it('keeps NUL characters in parameters', async () => {
      const odd = session({ params: { street1: 'a\u0000b' } })
      await sessions.insert(odd)
      expect((await sessions.find(odd.token))?.params.street1).toBe('a\u0000b')
    })

    it.each(['unknown', '', "' OR 1=1 --", 'a\u0000b', '\u{1F3E0}'])('finds nothing under %j', async (token) => {
      await sessions.insert(session())
      expect(await sessions.find(token)).toBeUndefined()
    })

    it('settles several candidates once, and leaves the internet agent at work', async () => {
      const ambiguous = session({ geocoding: SEVERAL, internet: { outcome: 'failed', reason: 'place_unknown' } })
      await sessions.insert(ambiguous)
      expect(await sessions.recordChoice(ambiguous.token, CANDIDATE, START + 9)).toBe(true)
      const settled = await sessions.find(ambiguous.token)
      expect(settled).toEqual({
        ...ambiguous,
        geocoding: { outcome: 'matched', candidate: CANDIDATE },
        internet: undefined,
        updatedAt: START + 9,
      })
      expect(await sessions.recordChoice(ambiguous.token, { ...CANDIDATE, id: 'two' }, START)).toBe(false)
      expect(await sessions.find(ambiguous.token)).toEqual(settled)
    })

    it('lets nothing be chosen where there is one answer, none yet, or the session has ended', async () => {
      const ended = session({ geocoding: SEVERAL })
      for (const one of [session(), session({ geocoding: GEOCODING }), ended]) await sessions.insert(one)
      await sessions.end(ended.token, START)
      for (const token of [`token${counter}`, `token${counter - 1}`, `token${counter - 2}`, 'unknown']) {
        expect(await sessions.recordChoice(token, CANDIDATE, START)).toBe(false)
      }
    })

    it('refuses a second session with the same token and keeps the first', async () => {
      const first = session()
      await sessions.insert(first)
      await expect(sessions.insert({ ...first, accountId: 'other' })).rejects.toThrow()
      expect((await sessions.find(first.token))?.accountId).toBe('account')
    })

    it('does not let a write that fails take others of the same moment along', async () => {
      const first = session()
      await sessions.insert(first)
      const others = Array.from({ length: 20 }, () => session())
      const outcomes = await Promise.allSettled([
        ...others.slice(0, 10).map((other) => sessions.insert(other)),
        sessions.insert(first),
        ...others.slice(10).map((other) => sessions.insert(other)),
      ])
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1)
      for (const other of others) expect(await sessions.find(other.token)).toEqual(other)
    })

    it('keeps the first report of an agent', async () => {
      const pending = session()
      await sessions.insert(pending)
      expect(await sessions.recordReport(pending.token, { geocoding: GEOCODING }, START + 500)).toBe(true)
      const later: Geocoding = { outcome: 'failed', reason: 'agent_failed' }
      const internet = { outcome: 'failed', reason: 'place_unknown' } as const
      expect(await sessions.recordReport(pending.token, { geocoding: later, internet }, START + 600)).toBe(true)
      expect(await sessions.find(pending.token)).toEqual({
        ...pending,
        geocoding: GEOCODING,
        internet,
        updatedAt: START + 600,
      })
      expect(await sessions.recordReport(pending.token, { geocoding: later, internet }, START + 700)).toBe(false)
      expect((await sessions.find(pending.token))?.updatedAt).toBe(START + 600)
    })

    it('takes no report for a session that has ended or was never there', async () => {
      const closed = session()
      await sessions.insert(closed)
      await sessions.end(closed.token, START + 1000)
      expect(await sessions.recordReport(closed.token, { geocoding: GEOCODING }, START + 2000)).toBe(false)
      expect((await sessions.find(closed.token))?.geocoding).toBeUndefined()
      expect(await sessions.recordReport('unknown', { geocoding: GEOCODING }, START)).toBe(false)
    })

    it('ends a session once, and drops what agents found', async () => {
      const open = session({ geocoding: GEOCODING, internet: { outcome: 'matched' } })
      await sessions.insert(open)
      expect(await sessions.end(open.token, START + 1000)).toBe(true)
      expect(await sessions.end(open.token, START + 2000)).toBe(false)
      expect(await sessions.end('unknown', START)).toBe(false)
      const ended = await sessions.find(open.token)
      expect(ended).toMatchObject({ endedAt: START + 1000, updatedAt: START + 1000, params: open.params })
      expect(ended?.geocoding).toBeUndefined()
      expect(ended?.internet).toBeUndefined()
    })

    it('lets exactly one of many that end a session at the same moment do so', async () => {
      const open = session()
      await sessions.insert(open)
      const ended = await Promise.all(Array.from({ length: 20 }, (_, index) => sessions.end(open.token, START + index)))
      expect(ended.filter(Boolean)).toHaveLength(1)
    })

    it('moves the last-seen time forwards only', async () => {
      const one = session({ lastSeenAt: START })
      const two = session({ lastSeenAt: START + 1000 })
      await sessions.insert(one)
      await sessions.insert(two)
      await sessions.recordSeen(
        new Map([
          [one.token, START + 500],
          [two.token, START + 500],
          ['unknown', START],
        ]),
      )
      expect((await sessions.find(one.token))?.lastSeenAt).toBe(START + 500)
      expect((await sessions.find(two.token))?.lastSeenAt).toBe(START + 1000)
    })

    it('tells which of several sessions have ended', async () => {
      const [open, closed, expired] = [session(), session(), session({ lastSeenAt: START - 1000 })]
      for (const one of [open, closed, expired]) await sessions.insert(one)
      await sessions.end(closed.token, START)
      await sessions.endIdle(START, START)
      const ended = await sessions.findEnded([open.token, closed.token, 'unknown', expired.token])
      expect(ended.toSorted()).toEqual([closed.token, expired.token].toSorted())
      expect(await sessions.findEnded([])).toEqual([])
    })

    it('ends idle sessions, and only those', async () => {
      const idle = session({ lastSeenAt: START })
      const active = session({ lastSeenAt: START + 1000 })
      for (const one of [idle, active]) await sessions.insert(one)
      expect(await sessions.endIdle(START + 1000, START + 5000)).toBe(1)
      expect(await sessions.endIdle(START + 1000, START + 6000)).toBe(0)
      expect((await sessions.find(idle.token))?.endedAt).toBe(START + 5000)
      expect((await sessions.find(active.token))?.endedAt).toBeUndefined()
    })

    it('erases the parameters of sessions that ended long ago, and remembers the token', async () => {
      const old = session()
      const recent = session()
      const open = session()
      for (const one of [old, recent, open]) await sessions.insert(one)
      await sessions.end(old.token, START + 100)
      await sessions.end(recent.token, START + 200)
      expect(await sessions.eraseParams(START + 200)).toBe(1)
      expect(await sessions.eraseParams(START + 200)).toBe(0)
      expect(await sessions.find(old.token)).toMatchObject({ endedAt: START + 100, params: { street1: '' } })
      expect((await sessions.find(recent.token))?.params).toEqual(recent.params)
      expect((await sessions.find(open.token))?.params).toEqual(open.params)
    })

    it('forgets sessions that ended long ago and were counted, and no other', async () => {
      const old = session()
      const recent = session()
      const open = session()
      for (const one of [old, recent, open]) await sessions.insert(one)
      await sessions.end(old.token, START + 100)
      await sessions.end(recent.token, START + 200)
      expect(await sessions.forget(START + 200)).toBe(0)
      await opened.usage.countEnded(10)
      expect(await sessions.forget(START + 200)).toBe(1)
      expect(await sessions.find(old.token)).toBeUndefined()
      expect(await sessions.find(recent.token)).toBeDefined()
      expect(await sessions.find(open.token)).toBeDefined()
    })
  })
}
