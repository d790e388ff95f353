import { describe, expect, it } from 'vitest'
import type { Session } from '../sessions/session.ts'
import { createOpenSessionCache } from './open-session-cache.ts'

const session = (token: string, changes: Partial<Session> = {}): Session => ({
  token,
  accountId: 'account',
  kind: 'live',
  params: { street1: '1 Main St' },
  createdAt: 0,
  updatedAt: 0,
  lastSeenAt: 0,
  ...changes,
})

describe('createOpenSessionCache', () => {
  it('keeps no more than ten thousand, the latest, whatever was dropped or kept again in between', () => {
    const cache = createOpenSessionCache()
    for (let number = 0; number < 30_000; number++) {
      cache.keep(session(`${number}`))
      cache.keep(session(`${number}`, { lastSeenAt: 1 }))
      if (number % 3 === 0) cache.drop(`${number}`)
    }
    const kept = Array.from({ length: 30_000 }, (_, number) => number).filter((number) => cache.get(`${number}`))
    expect(kept).toHaveLength(10_000)
    expect(kept[0]).toBe(15_001)
  })

  it('keeps no session that has ended, and drops those that are idle', () => {
    const cache = createOpenSessionCache()
    cache.keep(session('ended', { endedAt: 1 }))
    cache.keep(session('idle', { lastSeenAt: 1 }))
    cache.keep(session('active', { lastSeenAt: 2 }))
    cache.dropIdle(2)
    expect(['ended', 'idle', 'active'].filter((token) => cache.get(token))).toEqual(['active'])
  })
})
