import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLastUsed } from '../../src/access/last-used.ts'
import { watchForJumps } from '../../src/lib/clock.ts'
import { createAgentDesk } from '../../src/sessions/agent-desk.ts'
import { keepHouse } from '../../src/sessions/housekeeping.ts'
import { createLastSeen, IDLE_MS } from '../../src/sessions/last-seen.ts'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const MINUTE = 60_000

describe('a clock that jumps ahead, or a machine that wakes up', () => {
  let test: TestApp

  beforeEach(async () => {
    test = await openTestApp()
  })

  afterEach(() => test.close())

  const statusOf = async (token: string) => (await test.ask('GET', `/sessions/${token}`)).statusCode

  const jumps = () =>
    test.log
      .map((line) => JSON.parse(line) as { msg: string; seconds: number })
      .flatMap(({ msg, seconds }) => (msg === 'the clock has jumped' ? [seconds] : []))

  it('ends no session that was open, and says so in the log', async () => {
    const tokens = [await test.open(), await test.open()]
    test.now += 20 * MINUTE
    test.jump(45 * MINUTE)
    for (const token of tokens) expect(await statusOf(token)).toBe(200)
    expect(jumps()).toEqual([45 * 60])
  })

  it('lets the upkeep end none either, until it would have without the jump', async () => {
    const { sessions, usage, tokens, idempotency, agentQueue: queue, createRateLimiter } = test.state
    const clock = () => test.now
    const onError = (error: unknown) => expect.unreachable(String(error))
    const steadyClock = () => test.steadyNow
    const jumpAhead = watchForJumps({ clock, steadyClock, rememberMs: IDLE_MS, onJump: () => {} })
    const lastSeen = createLastSeen({ sessions, clock, jumpAhead })
    const house = await keepHouse({
      sessions,
      usage,
      idempotency,
      lastSeen,
      lastUsed: createLastUsed({ tokens, clock }),
      limiter: createRateLimiter(clock),
      desk: createAgentDesk({ sessions, lookUps: () => test.lookUps, clock, onError }),
      queue,
      clock,
      onError,
      retentionMs: 60 * MINUTE,
    })
    const token = await test.open()
    const isOpen = async () => {
      await house.sweep()
      return (await sessions.find(token))?.endedAt === undefined
    }
    test.now += 20 * MINUTE
    test.jump(45 * MINUTE)
    expect(await isOpen()).toBe(true)
    test.now += 10 * MINUTE
    expect(await isOpen()).toBe(true)
    // It leaves sessions a minute longer at all times.
    test.now += MINUTE + 1
    expect(await isOpen()).toBe(false)
    await house.close()
  })

  it('gives sessions no more than the time that they had left', async () => {
    const [left, named] = [await test.open(), await test.open()]
    test.now += 20 * MINUTE
    test.jump(45 * MINUTE)
    expect(await statusOf(named)).toBe(200)
    test.now += 10 * MINUTE
    expect(await statusOf(left)).toBe(410)
    test.now += 20 * MINUTE - 1
    expect(await statusOf(named)).toBe(200)
  })

  it('ends sessions after 30 idle minutes again as soon as all have been named since', async () => {
    const token = await test.open()
    test.jump(45 * MINUTE)
    expect(await statusOf(token)).toBe(200)
    test.now += 29 * MINUTE
    expect(await statusOf(token)).toBe(200)
    test.now += 30 * MINUTE
    expect(await statusOf(token)).toBe(410)
  })

  it('takes no more away when it was set back before, nor gives more when it is set back afterwards', async () => {
    const token = await test.open()
    test.jump(-45 * MINUTE)
    expect(await statusOf(token)).toBe(200)
    test.jump(45 * MINUTE)
    expect(await statusOf(token)).toBe(200)
    test.jump(-45 * MINUTE)
    expect(await statusOf(token)).toBe(200)
    expect(jumps()).toEqual([-45 * 60, 45 * 60, -45 * 60])
  })
})
