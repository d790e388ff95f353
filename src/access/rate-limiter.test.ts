import { describe, expect, it } from 'vitest'
import { memoryRateLimiter } from './rate-limiter.ts'

const MINUTE = 60_000

describe('the rate limiter in memory', () => {
  it('lets exactly as many pass as the limit, and says how many are left', () => {
    const limiter = memoryRateLimiter({ clock: () => 30_000 })
    const windows = Array.from({ length: 5 }, () => limiter.take('key', { limit: 3, windowMs: MINUTE }, 1))
    expect(windows).toEqual([
      { limit: 3, remaining: 2, resetsAt: MINUTE, windowMs: MINUTE, isAllowed: true },
      { limit: 3, remaining: 1, resetsAt: MINUTE, windowMs: MINUTE, isAllowed: true },
      { limit: 3, remaining: 0, resetsAt: MINUTE, windowMs: MINUTE, isAllowed: true },
      { limit: 3, remaining: 0, resetsAt: MINUTE, windowMs: MINUTE, isAllowed: false },
      { limit: 3, remaining: 0, resetsAt: MINUTE, windowMs: MINUTE, isAllowed: false },
    ])
  })

  it('counts keys apart', () => {
    const limiter = memoryRateLimiter({ clock: () => 0 })
    void limiter.take('one', { limit: 1, windowMs: MINUTE }, 1)
    expect(limiter.take('two', { limit: 1, windowMs: MINUTE }, 1)).toMatchObject({ isAllowed: true })
    expect(limiter.take('one', { limit: 1, windowMs: MINUTE }, 1)).toMatchObject({ isAllowed: false })
  })

  it('begins anew with each minute of the clock', () => {
    let now = MINUTE - 1
    const limiter = memoryRateLimiter({ clock: () => now })
    void limiter.take('key', { limit: 1, windowMs: MINUTE }, 1)
    expect(limiter.take('key', { limit: 1, windowMs: MINUTE }, 1)).toMatchObject({ isAllowed: false })
    now = MINUTE
    expect(limiter.take('key', { limit: 1, windowMs: MINUTE }, 1)).toMatchObject({
      isAllowed: true,
      resetsAt: 2 * MINUTE,
    })
  })

  it('does not lock callers out when the clock steps back', () => {
    let now = 10 * MINUTE
    const limiter = memoryRateLimiter({ clock: () => now })
    void limiter.take('key', { limit: 1, windowMs: MINUTE }, 1)
    now = 5 * MINUTE
    expect(limiter.take('key', { limit: 1, windowMs: MINUTE }, 1)).toMatchObject({
      isAllowed: true,
      resetsAt: 6 * MINUTE,
    })
  })

  it('lets no more pass when the clock is set back by moments into the window before', () => {
    let now = 10 * MINUTE
    const limiter = memoryRateLimiter({ clock: () => now })
    void limiter.take('key', { limit: 1, windowMs: MINUTE }, 1)
    now -= 1
    expect(limiter.take('key', { limit: 1, windowMs: MINUTE }, 1)).toMatchObject({
      isAllowed: false,
      resetsAt: 11 * MINUTE,
    })
  })

  it('counts nothing when only asked', () => {
    const limiter = memoryRateLimiter({ clock: () => 0 })
    expect(limiter.take('key', { limit: 2, windowMs: MINUTE }, 0)).toMatchObject({ remaining: 2, isAllowed: true })
    void limiter.take('key', { limit: 2, windowMs: MINUTE }, 1)
    void limiter.take('key', { limit: 2, windowMs: MINUTE }, 1)
    expect(limiter.take('key', { limit: 2, windowMs: MINUTE }, 0)).toMatchObject({ remaining: 0, isAllowed: true })
  })
})
