import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApiToken } from '../../src/access/api-token.ts'
import type { ApiTokenStore } from '../../src/access/api-token-store.ts'

/** A store to test, empty, and the way to let go of it. */
export interface OpenedApiTokenStore {
  readonly tokens: ApiTokenStore
  close(): Promise<void>
}

const TOKEN: ApiToken = { id: 'one', accountId: 'account', kind: 'live', name: 'Ñ "quoted"', createdAt: 1000 }

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
