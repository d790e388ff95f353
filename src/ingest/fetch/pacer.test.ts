import { describe, expect, it } from 'vitest'
import { createPacer } from './pacer.ts'

function createTenAMinute() {
  const time = { now: 0 }
  const pace = createPacer({
    calls: 10,
    windowMs: 60_000,
    clock: () => time.now,
    sleep: async (milliseconds) => void (time.now += milliseconds),
  })
  return { time, pace }
}

describe('createPacer', () => {
  it('lets no more calls begin in any window than allowed', async () => {
    const { time, pace } = createTenAMinute()
    const begun: number[] = []
    for (let call = 0; call < 100; call++) {
      await pace()
      begun.push(time.now)
      time.now += (call * 7_919) % 9_000
    }
    for (const [index, at] of begun.entries()) {
      expect(begun.slice(index).filter((later) => later < at + 60_000).length).toBeLessThanOrEqual(10)
    }
  })

  it('never waits while the window has room', async () => {
    const { time, pace } = createTenAMinute()
    for (let call = 0; call < 10; call++) await pace()
    expect(time.now).toBe(0)
  })

  it('holds calls back that come all at once', async () => {
    const { time, pace } = createTenAMinute()
    await Promise.all(Array.from({ length: 35 }, pace))
    expect(time.now).toBe(180_000)
  })
})
