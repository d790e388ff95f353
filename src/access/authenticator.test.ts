import { beforeEach, describe, expect, it } from 'vitest'
import { SANDBOX_SECRET, SANDBOX_TOKEN, createSecret, hashSecret } from './api-token.ts'
import type { ApiToken } from './api-token.ts'
import type { ApiTokenStore } from './api-token-store.ts'
import { createAuthenticator } from './authenticator.ts'

const TOKEN: ApiToken = { id: 'one', accountId: 'account', kind: 'live', name: 'One', createdAt: 0, scope: 'secret' }

describe('the authenticator', () => {
  const secret = createSecret('live')
  let stored: Map<string, ApiToken>
  let lookUps: string[]
  let now: number
  let tokens: ApiTokenStore

  beforeEach(() => {
    stored = new Map([[hashSecret(secret), TOKEN]])
    lookUps = []
    now = 1000
    tokens = {
      findByHash: async (secretHash) => {
        lookUps.push(secretHash)
        return stored.get(secretHash)
      },
      insert: () => Promise.reject(new Error('not here')),
      list: () => Promise.reject(new Error('not here')),
      revoke: () => Promise.reject(new Error('not here')),
      find: () => Promise.reject(new Error('not here')),
      change: () => Promise.reject(new Error('not here')),
      expire: () => Promise.reject(new Error('not here')),
      recordUsed: () => Promise.reject(new Error('not here')),
    }
  })

  const authenticator = (isSandbox = false, servesTests = isSandbox) =>
    createAuthenticator({ tokens, clock: () => now, servesTests: () => servesTests, isSandbox: () => isSandbox })

  it('knows a token by its secret, and looks it up once in half a second', async () => {
    const authenticate = authenticator()
    expect(await authenticate(secret)).toBe(TOKEN)
    now += 499
    expect(await authenticate(secret)).toBe(TOKEN)
    expect(lookUps).toEqual([hashSecret(secret)])
  })

  it('refuses a revoked token within half a second', async () => {
    const authenticate = authenticator()
    await authenticate(secret)
    stored.set(hashSecret(secret), { ...TOKEN, revokedAt: now })
    now += 500
    expect(await authenticate(secret)).toBeUndefined()
  })

  it('refuses a revoked token within half a second of its look-up, however long the store took to answer that', async () => {
    const authenticate = authenticator()
    const { promise: delay, resolve: answer } = Promise.withResolvers<void>()
    const { findByHash } = tokens
    tokens.findByHash = async (secretHash) => {
      const found = await findByHash(secretHash)
      await delay
      return found
    }
    const slow = authenticate(secret)
    stored.set(hashSecret(secret), { ...TOKEN, revokedAt: now })
    now += 499
    answer()
    await slow
    now += 1
    expect(await authenticate(secret)).toBeUndefined()
  })

  it('refuses a revoked token when the clock was set back meanwhile', async () => {
    const authenticate = authenticator()
    now = 3_600_000
    await authenticate(secret)
    stored.set(hashSecret(secret), { ...TOKEN, revokedAt: now })
    now = 1000
    expect(await authenticate(secret)).toBeUndefined()
  })

  it('accepts a token that was created after it was first refused', async () => {
    const authenticate = authenticator(true)
    const later = createSecret('test')
    expect(await authenticate(later)).toBeUndefined()
    stored.set(hashSecret(later), { ...TOKEN, id: 'later' })
    now += 500
    expect((await authenticate(later))?.id).toBe('later')
  })

  it('never asks the store about text that cannot be a secret', async () => {
    const authenticate = authenticator()
    for (const text of ['', 'x', secret.slice(0, -1), `${secret}0`, SANDBOX_SECRET]) {
      expect(await authenticate(text)).toBeUndefined()
    }
    expect(lookUps).toEqual([])
  })

  it('refuses a token from the moment it expires', async () => {
    stored.set(hashSecret(secret), { ...TOKEN, expiresAt: 2000 })
    const authenticate = authenticator()
    now = 1999
    expect((await authenticate(secret))?.id).toBe('one')
    now = 2000
    expect(await authenticate(secret)).toBeUndefined()
    expect(await authenticator()(secret)).toBeUndefined()
  })

  it('takes a test token only where the sandbox is served, by itself or beside real data', async () => {
    stored.set(hashSecret(secret), { ...TOKEN, kind: 'test' })
    expect((await authenticator(true)(secret))?.id).toBe('one')
    expect((await authenticator(false, true)(secret))?.id).toBe('one')
    expect(await authenticator(false)(secret)).toBeUndefined()
  })

  it('takes the sandbox token only where nothing else is served', async () => {
    expect(await authenticator(true)(SANDBOX_SECRET)).toBe(SANDBOX_TOKEN)
    expect(await authenticator(false)(SANDBOX_SECRET)).toBeUndefined()
    expect(await authenticator(false, true)(SANDBOX_SECRET)).toBeUndefined()
  })
})
