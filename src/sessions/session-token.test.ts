import { describe, expect, it } from 'vitest'
import { createSessionToken } from './session-token.ts'

const NOW = Date.UTC(2026, 10, 27, 4)

describe('createSessionToken', () => {
  it('gives 22 letters and digits, another each time', () => {
    const tokens = Array.from({ length: 10_000 }, () => createSessionToken(NOW))
    for (const token of tokens) expect(token).toMatch(/^[0-9A-Za-z]{22}$/)
    expect(new Set(tokens.map((token) => token.slice(4))).size).toBe(tokens.length)
  })

  it('gives sessions of one moment a common beginning, and those of later moments one that sorts behind', () => {
    expect(createSessionToken(NOW).slice(0, 4)).toBe(createSessionToken(NOW + 1).slice(0, 4))
    const byTime = Array.from({ length: 1000 }, (_, index) => createSessionToken(NOW + index * 16))
    expect(byTime.toSorted()).toEqual(byTime)
  })
})
