import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IdempotencyClaim, IdempotencyStore } from '../../src/sessions/idempotency-store.ts'

/** A store to test, empty, and the way to let go of it. */
export interface OpenedIdempotencyStore {
  readonly idempotency: IdempotencyStore
  close(): Promise<void>
}

const CLAIM: IdempotencyClaim = {
  accountId: 'account',
  key: 'Ñ key',
  fingerprint: 'one',
  sessionToken: 'first',
  claimedAt: 1000,
}

/** What every store of idempotency keys owes, whatever it is built on. */
export function describeIdempotencyStore(name: string, open: () => Promise<OpenedIdempotencyStore>): void {
  describe(`idempotency store on ${name}`, () => {
    let opened: OpenedIdempotencyStore
    let store: IdempotencyStore

    beforeEach(async () => {
      opened = await open()
      store = opened.idempotency
    })

    afterEach(() => opened.close())

    it('lets the first claim of a key stand', async () => {
      expect(await store.claim(CLAIM, 0)).toEqual(CLAIM)
      const later = { ...CLAIM, sessionToken: 'second', fingerprint: 'two', claimedAt: 2000 }
      expect(await store.claim(later, 1000)).toEqual(CLAIM)
      expect(await store.claim(later, 1001)).toEqual(later)
    })

    it('lets one of many claims at the same moment stand', async () => {
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, index) => store.claim({ ...CLAIM, sessionToken: `session${index}` }, 0)),
      )
      expect(new Set(claims.map(({ sessionToken }) => sessionToken)).size).toBe(1)
    })

    it('keeps accounts and keys apart', async () => {
      await store.claim(CLAIM, 0)
      for (const other of [
        { ...CLAIM, accountId: 'other', sessionToken: 'x' },
        { ...CLAIM, key: 'other', sessionToken: 'x' },
      ]) {
        expect(await store.claim(other, 0)).toEqual(other)
      }
    })

    it('dates a claim back only for the session that it stands for', async () => {
      await store.claim(CLAIM, 0)
      const other = { ...CLAIM, sessionToken: 'second' }
      await store.redate(other, 10)
      expect(await store.claim(other, 0)).toEqual(CLAIM)
      await store.redate(CLAIM, 20)
      expect(await store.claim(other, 0)).toEqual({ ...CLAIM, claimedAt: 20 })
    })

    it('dates back what was claimed since a time, and no more', async () => {
      const newer = { ...CLAIM, key: 'newer', claimedAt: 2000 }
      const other = { sessionToken: 'second', claimedAt: 3000 }
      await store.claim(CLAIM, 0)
      await store.claim(newer, 0)
      await store.redateSince(1500)
      expect(await store.claim({ ...CLAIM, ...other }, 0)).toEqual(CLAIM)
      expect(await store.claim({ ...newer, ...other }, 0)).toEqual({ ...newer, claimedAt: 1500 })
    })

    it('forgets what was claimed long ago', async () => {
      await store.claim(CLAIM, 0)
      await store.claim({ ...CLAIM, key: 'newer', claimedAt: 2000 }, 0)
      expect(await store.forget(2000)).toBe(1)
      expect(await store.forget(2000)).toBe(0)
    })
  })
}
