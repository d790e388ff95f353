import v8 from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createLastUsed } from '../../src/access/last-used.ts'
import { createAgentDesk } from '../../src/sessions/agent-desk.ts'
import { createSession } from '../../src/sessions/create-session.ts'
import { getSession } from '../../src/sessions/get-session.ts'
import { keepHouse } from '../../src/sessions/housekeeping.ts'
import { createLastSeen } from '../../src/sessions/last-seen.ts'
import { openState } from '../../src/storage/open-state.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Sessions that are opened each minute; half of them are read on for an hour. */
const PER_MINUTE = 8

/** Without it, the heap shows what has not been thrown away yet, too. */
v8.setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

describe('a day of sessions, by a clock that is handed in', () => {
  it('leaves nothing behind but what is stated', async () => {
    const test = await openTestApp()
    const state = await openState({ engine: 'sqlite', file: ':memory:' })
    const { sessions, usage, tokens, idempotency } = state
    let now = Date.UTC(2026, 0, 1)
    const clock = (): number => now
    const onError = (error: unknown): void => {
      throw error
    }
    const lookUps = () => test.lookUps
    const desk = createAgentDesk({ sessions, lookUps, clock, onError })
    const lastSeen = createLastSeen({ sessions, clock, jumpAhead: () => 0 })
    const lastUsed = createLastUsed({ tokens, clock })
    const limiter = state.createRateLimiter(clock)
    const queue = state.agentQueue
    const house = await keepHouse({
      sessions,
      usage,
      idempotency,
      lastSeen,
      lastUsed,
      limiter,
      desk,
      queue,
      clock,
      onError,
      retentionMs: DAY,
    })
    const needs = { sessions, lastSeen, desk, clock }

    const opened: { token: string; at: number; isKept: boolean }[] = []
    const memory: number[] = []
    for (let minute = 0; minute < 24 * 60; minute++) {
      now += MINUTE
      for (let index = 0; index < PER_MINUTE; index++) {
        const { token } = await createSession(
          { ...needs, lookUps: test.lookUps },
          { accountId: 'a', kind: 'test', params: EXAMPLE },
        )
        opened.push({ token, at: now, isKept: index % 2 === 0 })
      }
      if (minute % 20 === 0) {
        for (const { token } of opened.filter(({ at, isKept }) => isKept && now - at <= HOUR)) {
          await getSession(needs, 'a', token)
        }
      }
      await house.sweep()
      if (minute % 240 === 239) {
        collectGarbage()
        memory.push(process.memoryUsage().heapUsed)
      }
    }

    const find = (token: string) => sessions.find(token)
    for (const { token, at, isKept } of opened) {
      const session = await find(token)
      const idleUntil = isKept ? at + HOUR + 30 * MINUTE : at + 30 * MINUTE
      // The sweep leaves a session a minute beyond its time, and reads come every 20 minutes.
      if (now > idleUntil + 2 * MINUTE) expect(session?.endedAt, token).toBeDefined()
      if (now < at + 30 * MINUTE) expect(session?.endedAt, token).toBeUndefined()
    }
    const ended = opened.filter(({ at }) => at < now - 3 * HOUR)
    expect((await find(ended[0]!.token))?.params.street1).toBe(EXAMPLE.street1)
    expect((await find(ended[0]!.token))?.geocoding).toBeUndefined()

    now += DAY
    await house.sweep()
    for (const { token } of ended.slice(0, 100)) {
      const tombstone = await find(token)
      expect(tombstone?.params).toEqual({ street1: '' })
      await expect(async () => getSession(needs, 'a', token)).rejects.toMatchObject({ code: 'session_closed' })
    }

    now += 31 * DAY
    await house.sweep()
    await house.sweep()
    for (const { token } of opened) expect(await find(token)).toBeUndefined()

    const [count] = await usage.list({ fromDay: '2026-01-01', toDay: '2026-02-28', by: [] })
    expect(count, 'all that is left is a number').toEqual({ sessions: opened.length, clicks: 0 })

    // The second half of the day takes no more than the first: what grows is let go of again.
    expect(memory.at(-1)! / memory[1]!).toBeLessThan(1.2)
    await house.close()
    await state.close()
    await test.close()
  }, 300_000)
})
