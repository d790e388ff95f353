import { describe, expect, it } from 'vitest'
import { createPageTokens } from './page-token.ts'

const HOUR_MS = 3_600_000

describe('page tokens', () => {
  it('open as a token with an account of its own, again and again, for twelve hours', () => {
    let now = Date.UTC(2026, 0, 1)
    const tokens = createPageTokens({ clock: () => now })
    const secret = tokens.issue()
    const first = tokens.open(secret)
    expect(first).toMatchObject({ kind: 'live', scope: 'page', createdAt: now })
    expect(tokens.open(tokens.issue())?.accountId).not.toBe(first?.accountId)
    now += 11 * HOUR_MS
    expect(tokens.open(secret)).toEqual(first)
    now += HOUR_MS
    expect(tokens.open(secret)).toBeUndefined()
  })

  it('open nothing when any character was changed, or another server signed them', () => {
    const tokens = createPageTokens({ clock: () => 0 })
    const secret = tokens.issue()
    for (let at = 'hum_page_'.length; at < secret.length; at++) {
      // The last character holds two bits that base64url ignores, so that it is changed by more than those.
      const other = secret[at] === 'A' ? 'z' : 'A'
      const changed = secret.slice(0, at) + other + secret.slice(at + 1)
      expect(tokens.open(changed), `changed at ${at}`).toBeUndefined()
    }
    expect(createPageTokens({ clock: () => 0 }).open(secret)).toBeUndefined()
    for (const text of ['', 'hum_page_', 'hum_test_sandbox', `${secret}A`]) expect(tokens.open(text)).toBeUndefined()
  })

  it('open in every process that has the same secret', () => {
    const needs = { clock: () => 0, secret: 'shared by all' }
    expect(createPageTokens(needs).open(createPageTokens(needs).issue())).toBeDefined()
  })
})
