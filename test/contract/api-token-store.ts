import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApiToken } from '../../src/access/api-token.ts'
import type { ApiTokenStore } from '../../src/access/api-token-store.ts'

/** A store to test, empty, and the way to let go of it. */
export interface OpenedApiTokenStore {
  readonly tokens: ApiTokenStore
  close(): Promise<void>
}

const TOKEN: ApiToken = {
  id: 'one',
  accountId: 'account',
  kind: 'live',
  name: 'Ñ "quoted"',
  createdAt: 1000,
  scope: 'secret',
}

const DETAILED: ApiToken = {
  ...TOKEN,
  id: 'detailed',
  kind: 'test',
  scope: 'publishable',
  origins: ['https://example.com', 'http://localhost:8080'],
  rateLimit: 5,
  rateWindowMs: 1000,
  expiresAt: 9000,
  lastUsedAt: 2000,
}

/** What every store of API tokens owes, whatever it is built on. */
export function describeApiTokenStore(name: string, open: () => Promise<OpenedApiTokenStore>): void {
  describe(`API token store on ${name}`, () => {
    let opened: OpenedApiTokenStore
    let tokens: ApiTokenStore

    beforeEach(async () => {
      opened = await open()
      tokens = opened.tokens
    })

    afterEach(() => opened.close())

    it('finds a token by the hash of its secret, and by nothing else', async () => {
      await tokens.insert(TOKEN, 'hash')
      expect(await tokens.findByHash('hash')).toEqual(TOKEN)
      for (const other of ['one', 'Hash', '', "' OR 1=1 --"]) expect(await tokens.findByHash(other)).toBeUndefined()
    })

    it('keeps all that is said of a token', async () => {
      await tokens.insert(DETAILED, 'hash')
      expect(await tokens.findByHash('hash')).toEqual(DETAILED)
      expect(await tokens.find('detailed')).toEqual(DETAILED)
      expect(await tokens.find('unknown')).toBeUndefined()
    })

    it('changes what is named of a token, and nothing else', async () => {
      await tokens.insert(DETAILED, 'hash')
      const changes = {
        name: 'new',
        origins: ['https://example.org'],
        rateLimit: 7,
        rateWindowMs: 2000,
        expiresAt: 9999,
      }
      for (const [member, value] of Object.entries(changes)) {
        const before = await tokens.find('detailed')
        expect(await tokens.change('detailed', { [member]: value })).toBe(true)
        expect(await tokens.findByHash('hash')).toEqual({ ...before, [member]: value })
      }
      expect(await tokens.change('detailed', {})).toBe(true)
      expect(await tokens.find('detailed')).toEqual({ ...DETAILED, ...changes })
    })

    it('takes settings away from a token, and leaves one alone that is revoked or unknown', async () => {
      await tokens.insert(DETAILED, 'hash')
      const none = { rateLimit: null, rateWindowMs: null, expiresAt: null }
      expect(await tokens.change('detailed', none)).toBe(true)
      const plain = { ...DETAILED, rateLimit: undefined, rateWindowMs: undefined, expiresAt: undefined }
      expect(await tokens.find('detailed')).toEqual(plain)
      await tokens.revoke('detailed', 4000)
      expect(await tokens.change('detailed', { name: 'new' })).toBe(false)
      expect(await tokens.find('detailed')).toEqual({ ...plain, revokedAt: 4000 })
      expect(await tokens.change('unknown', { name: 'new' })).toBe(false)
    })

    it('lets a token end at a time, but not later than it would', async () => {
      await tokens.insert(TOKEN, 'hash')
      expect(await tokens.expire('one', 5000)).toBe(true)
      expect(await tokens.expire('one', 6000)).toBe(true)
      expect((await tokens.find('one'))?.expiresAt).toBe(5000)
      expect(await tokens.expire('unknown', 5000)).toBe(false)
      await tokens.revoke('one', 4000)
      expect(await tokens.expire('one', 4500)).toBe(false)
    })

    it('moves the time of last use forwards only', async () => {
      await tokens.insert(TOKEN, 'hash')
      await tokens.recordUsed(new Map([['one', 3000]]))
      await tokens.recordUsed(
        new Map([
          ['one', 2000],
          ['unknown', 1],
        ]),
      )
      expect((await tokens.find('one'))?.lastUsedAt).toBe(3000)
    })

    it('refuses a secret that is taken', async () => {
      await tokens.insert(TOKEN, 'hash')
      await expect(tokens.insert({ ...TOKEN, id: 'two' }, 'hash')).rejects.toThrow()
    })

    it('lists all tokens, the oldest first', async () => {
      const newer = { ...TOKEN, id: 'a', createdAt: 2000, kind: 'test' as const }
      await tokens.insert(newer, 'hash of a')
      await tokens.insert(TOKEN, 'hash')
      expect(await tokens.list()).toEqual([TOKEN, newer])
    })

    it('revokes a token once', async () => {
      await tokens.insert(TOKEN, 'hash')
      expect(await tokens.revoke('one', 3000)).toBe(true)
      expect(await tokens.revoke('one', 4000)).toBe(false)
      expect(await tokens.revoke('unknown', 4000)).toBe(false)
      expect(await tokens.findByHash('hash')).toEqual({ ...TOKEN, revokedAt: 3000 })
    })
  })
}
