import { describe, expect, it } from 'vitest'
import { waitAfter } from './retry-schedule.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('waitAfter', () => {
  it('waits ever longer, and gives up after ten tries in three days', () => {
    const waits = Array.from({ length: 10 }, (_, tries) => waitAfter(tries + 1, 0, 0))
    expect(waits).toEqual([
      5000,
      5 * MINUTE,
      30 * MINUTE,
      2 * HOUR,
      5 * HOUR,
      10 * HOUR,
      14 * HOUR,
      20 * HOUR,
      24 * HOUR,
      undefined,
    ])
  })

  it('spreads tries over a tenth of the wait', () => {
    expect(waitAfter(2, 0, 1)).toBe(5.5 * MINUTE)
    const drawn = new Set(Array.from({ length: 50 }, () => waitAfter(4)))
    expect(drawn.size).toBeGreaterThan(10)
    for (const wait of drawn) expect(wait).toBeGreaterThanOrEqual(2 * HOUR)
    for (const wait of drawn) expect(wait).toBeLessThanOrEqual(2.2 * HOUR)
  })

  it('waits as long as the receiver asks for, up to a day, and never shorter than it would', () => {
    expect(waitAfter(1, HOUR, 0)).toBe(HOUR)
    expect(waitAfter(1, 1000 * HOUR, 0)).toBe(24 * HOUR)
    expect(waitAfter(3, 1000, 0)).toBe(30 * MINUTE)
    expect(waitAfter(10, HOUR, 0)).toBeUndefined()
  })
})
