import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../src/sessions/session.ts'
import { openState } from '../../src/storage/open-state.ts'
import { NOTHING_LOST, sufferFaults } from '../support/fault-world.ts'
import { hasSmallDisks, makeSmallDisk } from '../support/small-disk.ts'
import type { SmallDisk } from '../support/small-disk.ts'
import { fillDisk } from './faults.ts'

/** A row of about ten pages. */
function largeSession(number: number): Session {
  const params = { street1: 'x'.repeat(40_000) }
  return { token: `token${number}`, accountId: 'a', kind: 'live', params, createdAt: 0, updatedAt: 0, lastSeenAt: 0 }
}

describe.skipIf(!hasSmallDisks)('a full disk', () => {
  let disk: SmallDisk

  beforeEach(() => {
    disk = makeSmallDisk('16m')
  })

  afterEach(() => disk.remove())

  it('is told as 503 under load, loses nothing, and is used again when there is room', async () => {
    const report = await sufferFaults({ engine: 'sqlite', folder: disk.path }, (world) => fillDisk(world, disk, 30))
    expect(report).toMatchObject(NOTHING_LOST)
    expect(report.failed).toBeGreaterThanOrEqual(30)
  }, 600_000)

  it('is named when there is not even room to begin', async () => {
    const file = join(disk.path, 'state.sqlite')
    disk.fill()
    await expect(openState({ engine: 'sqlite', file })).rejects.toMatchObject({
      code: 'state_unavailable',
      message: expect.stringContaining('room') as string,
    })
    disk.free()
    await (await openState({ engine: 'sqlite', file })).close()
  })

  it.each([
    ['the write-ahead log', '16m'],
    ['the state file, into which the log is brought', '100m'],
  ])(
    'keeps exactly what it said it kept where there is no room for %s',
    async (_what, size) => {
      disk.resize(size)
      const file = join(disk.path, 'state.sqlite')
      const state = await openState({ engine: 'sqlite', file })
      const kept: string[] = []
      const refused: unknown[] = []
      for (let number = 0; refused.length === 0; number += 20) {
        const batch = Array.from({ length: 20 }, (_, index) => largeSession(number + index))
        const outcomes = await Promise.allSettled(batch.map((session) => state.sessions.insert(session)))
        for (const [index, outcome] of outcomes.entries()) {
          if (outcome.status === 'fulfilled') kept.push(batch[index]!.token)
          else refused.push(outcome.reason)
        }
      }
      // What is committed together is refused together.
      expect(refused).toHaveLength(20)
      for (const reason of refused) expect(reason).toMatchObject({ code: 'state_unavailable' })
      expect(await state.sessions.find(kept[0]!)).toBeDefined()

      disk.resize('400m')
      expect(await state.sessions.end(kept[0]!, 1)).toBe(true)
      await state.sessions.insert(largeSession(-1))
      await state.close()
      expect(existsSync(`${file}-wal`)).toBe(false)
      const db = new Database(file, { readonly: true })
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      const tokens = db.prepare('SELECT token FROM session').pluck().all()
      expect(new Set(tokens)).toEqual(new Set([...kept, 'token-1']))
      db.close()
    },
    120_000,
  )

  it('does not keep a server from starting again after a crash, nor sessions from being read', async () => {
    const file = join(disk.path, 'state.sqlite')
    const first = await openState({ engine: 'sqlite', file })
    await first.sessions.insert(largeSession(1))
    const secret = await first.getSecret('links')
    disk.fill()
    // As after a crash: the files that belong to the state file are still there.
    const second = await openState({ engine: 'sqlite', file })
    expect(await second.getSecret('links')).toBe(secret)
    expect(await second.sessions.find('token1')).toBeDefined()
    await expect(second.sessions.insert(largeSession(2))).rejects.toMatchObject({ code: 'state_unavailable' })
    await second.close()
    await first.close()
  })
})
