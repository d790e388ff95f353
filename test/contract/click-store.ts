import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClickStore } from '../../src/sessions/click-store.ts'

/** A state to test, empty, and the way to let go of it. */
export interface OpenedClickStore {
  readonly clicks: ClickStore
  getSecret(name: string): Promise<string>
  close(): Promise<void>
}

const CLICK = { day: '2026-11-23', campaignId: 'spring', providerId: 130_317 }

/** What every count of followed links owes, whatever it is built on, and the secret that signs them. */
export function describeClickStore(name: string, open: () => Promise<OpenedClickStore>): void {
  describe(`click store on ${name}`, () => {
    let opened: OpenedClickStore
    let clicks: ClickStore

    beforeEach(async () => {
      opened = await open()
      clicks = opened.clicks
    })

    afterEach(() => opened.close())

    it('counts every click, many at the same moment too', async () => {
      await Promise.all(Array.from({ length: 50 }, () => clicks.count(CLICK)))
      expect(await clicks.list('2026-11-23')).toEqual([{ ...CLICK, clicks: 50 }])
    })

    it('counts days, campaigns and providers apart, in their order', async () => {
      const others = [
        { ...CLICK, day: '2026-11-24' },
        { ...CLICK, providerId: 130_228 },
        { ...CLICK, campaignId: 'Spring' },
        { ...CLICK, campaignId: '' },
        { ...CLICK, campaignId: "Ñ \u{1F3E0} '; --" },
      ]
      for (const click of [CLICK, ...others]) await clicks.count(click)
      expect((await clicks.list('2026-11-23')).map((count) => Object.values(count))).toEqual([
        ['2026-11-23', '', 130_317, 1],
        ['2026-11-23', 'Spring', 130_317, 1],
        ['2026-11-23', 'spring', 130_228, 1],
        ['2026-11-23', 'spring', 130_317, 1],
        ['2026-11-23', "Ñ \u{1F3E0} '; --", 130_317, 1],
        ['2026-11-24', 'spring', 130_317, 1],
      ])
    })

    it('lists from the day that is asked for', async () => {
      await clicks.count(CLICK)
      expect(await clicks.list('2026-11-24')).toEqual([])
    })

    it('keeps a click of a campaign with NUL in its name', async () => {
      await clicks.count({ ...CLICK, campaignId: 'a\u0000b' })
      expect(await clicks.list('2026-11-23')).toEqual([{ ...CLICK, campaignId: 'a\uFFFDb', clicks: 1 }])
    })

    it('makes a secret once, whoever asks first, and one for each name', async () => {
      const secrets = await Promise.all(Array.from({ length: 10 }, () => opened.getSecret('links')))
      expect(new Set(secrets).size).toBe(1)
      expect(secrets[0]).toMatch(/^[\w-]{43}$/)
      expect(await opened.getSecret('pages')).not.toBe(secrets[0])
    })
  })
}
