import { beforeEach, describe, expect, it } from 'vitest'
import { watchForJumps } from './clock.ts'

const MINUTE = 60_000

describe('watchForJumps', () => {
  let now: number
  let steadyNow: number
  let jumps: number[]
  let jumpAhead: () => number

  beforeEach(() => {
    now = Date.UTC(2026, 0, 1)
    steadyNow = 0
    jumps = []
    jumpAhead = watchForJumps({
      clock: () => now,
      steadyClock: () => steadyNow,
      rememberMs: 30 * MINUTE,
      onJump: (milliseconds) => jumps.push(milliseconds),
    })
  })

  function pass(milliseconds: number, jump = 0): void {
    steadyNow += milliseconds
    now += milliseconds + jump
  }

  it('tells of none while both clocks count alike, however long nobody asks, or one runs a little fast', () => {
    pass(24 * 60 * MINUTE)
    expect(jumpAhead()).toBe(0)
    for (let second = 0; second < 3600; second++) {
      pass(1000, 1)
      expect(jumpAhead()).toBe(0)
    }
    pass(MINUTE, MINUTE - 1)
    expect(jumpAhead()).toBe(0)
    expect(jumps).toEqual([])
  })

  it('tells how far the clock has jumped, and forgets it in time', () => {
    pass(MINUTE, 45 * MINUTE)
    expect(jumpAhead()).toBe(45 * MINUTE)
    pass(30 * MINUTE - 1)
    expect(jumpAhead()).toBe(45 * MINUTE)
    pass(1)
    expect(jumpAhead()).toBe(0)
    expect(jumps).toEqual([45 * MINUTE])
  })

  it('adds jumps up, and takes those back off', () => {
    pass(MINUTE, 10 * MINUTE)
    jumpAhead()
    pass(MINUTE, 20 * MINUTE)
    expect(jumpAhead()).toBe(30 * MINUTE)
    pass(MINUTE, -25 * MINUTE)
    expect(jumpAhead()).toBe(5 * MINUTE)
    pass(MINUTE, -25 * MINUTE)
    expect(jumpAhead()).toBe(0)
    expect(jumps).toEqual([10 * MINUTE, 20 * MINUTE, -25 * MINUTE, -25 * MINUTE])
  })
})
