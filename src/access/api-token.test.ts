import { describe, expect, it } from 'vitest'
import { createSecret, hashSecret, isWellFormedSecret } from './api-token.ts'

describe('an API token secret', () => {
  it.each(['live', 'test'] as const)('says that it is a %s one, and has the published shape', (kind) => {
    const secret = createSecret(kind)
    expect(secret).toMatch(/^hum_(live|test)_[0-9A-Za-z]{36}$/)
    expect(secret.startsWith(`hum_${kind}_`)).toBe(true)
    expect(isWellFormedSecret(secret)).toBe(true)
  })

  it('says that it is publishable or an admin one', () => {
    for (const [scope, prefix] of [
      ['publishable', 'pub'],
      ['admin', 'admin'],
    ] as const) {
      const secret = createSecret('live', scope)
      expect(secret).toMatch(new RegExp(`^hum_${prefix}_[0-9A-Za-z]{36}$`))
      expect(isWellFormedSecret(secret)).toBe(true)
    }
  })

  it('is never the same twice', () => {
    expect(new Set(Array.from({ length: 1000 }, () => createSecret('live'))).size).toBe(1000)
  })

  it('is told from a text with any one character changed', () => {
    const secret = createSecret('live')
    for (let index = 0; index < secret.length; index++) {
      const other = secret[index] === 'x' ? 'y' : 'x'
      expect(isWellFormedSecret(secret.slice(0, index) + other + secret.slice(index + 1))).toBe(false)
    }
  })

  it.each(['', 'hum_live_', 'hum_test_sandbox', 'Bearer x', `hum_live_${'0'.repeat(36)}`])('cannot be %j', (text) => {
    expect(isWellFormedSecret(text)).toBe(false)
  })

  it('is kept as 64 hexadecimal digits that do not hold it', () => {
    const secret = createSecret('test')
    expect(hashSecret(secret)).toMatch(/^[0-9a-f]{64}$/)
    expect(hashSecret(secret)).not.toBe(hashSecret(createSecret('test')))
  })
})
