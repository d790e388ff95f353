import { copyFileSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSmallDataSet } from '../../test/support/write-small-data-set.ts'
import { dataSetFileName } from './data-set-file.ts'
import { holdDataSet } from './data-set-holder.ts'
import type { DataSetChange, DataSetHolder } from './data-set-holder.ts'
import { createDataSet } from './data-set-writer.ts'
import { openDataSet } from './data-set.ts'
import type { DataSet } from './data-set.ts'
import { manifestFile } from './manifest.ts'

let folder: string
let changes: DataSetChange[]
let holder: DataSetHolder<DataSet> | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hum-holder-'))
  changes = []
})

afterEach(async () => {
  await holder?.close()
  holder = undefined
  await rm(folder, { recursive: true, force: true })
})

const build = (version: string, into = folder) => writeSmallDataSet(into, version)

function hold(options: { path?: string; graceMs?: number; pollMs?: number } = {}): DataSetHolder<DataSet> {
  holder = holdDataSet({
    path: folder,
    open: openDataSet,
    onChange: (change) => void changes.push(change),
    pollMs: 3_600_000,
    ...options,
  })
  return holder
}

function garble(file: string): void {
  const bytes = readFileSync(file)
  bytes.fill(0x5a, bytes.length - 5_000, bytes.length - 4_000)
  rmSync(file)
  writeFileSync(file, bytes)
}

function replaceByText(file: string): void {
  rmSync(manifestFile(file))
  writeFileSync(file, 'no data set')
}

describe('holdDataSet', () => {
  it('opens the newest data set of a folder', async () => {
    await build('26010101')
    await build('26020101')
    expect(hold().current().version).toBe('26020101')
  })

  it('takes a new data set when told to look', async () => {
    await build('26010101')
    const { current, refresh } = hold()
    await build('26020101')
    expect(current().version).toBe('26010101')
    await refresh()
    expect(current().version).toBe('26020101')
    expect(changes).toEqual([{ kind: 'swapped', version: '26020101', previous: '26010101' }])
  })

  it('finds a new data set by itself', async () => {
    await build('26010101')
    const { current } = hold({ pollMs: 20 })
    await build('26020101')
    await expect.poll(() => current().version, { timeout: 5_000 }).toBe('26020101')
  })

  it('takes what a link points to now', async () => {
    const link = join(folder, 'current.sqlite')
    symlinkSync(await build('26010101'), link)
    const { current, refresh } = hold({ path: link })
    rmSync(link)
    symlinkSync(await build('26020101'), link)
    await refresh()
    expect(current().version).toBe('26020101')
  })

  it('takes a file that was renamed over the old one', async () => {
    const file = await build('26010101')
    const other = await mkdtemp(join(tmpdir(), 'hum-holder-'))
    try {
      const newer = await build('26020101', other)
      const { current, refresh } = hold({ path: file })
      renameSync(manifestFile(newer), manifestFile(file))
      renameSync(newer, file)
      await refresh()
      expect(current().version).toBe('26020101')
    } finally {
      await rm(other, { recursive: true })
    }
  })

  it('goes back to the older data set when the newest is taken away', async () => {
    await build('26010101')
    const newest = await build('26020101')
    const { current, refresh } = hold()
    rmSync(newest)
    await refresh()
    expect(current().version).toBe('26010101')
  })

  it.each([
    ['cut short', (file: string) => truncateSync(file, 20_000), /bytes where its manifest says/],
    ['garbled', garble, /damaged/],
    ['empty', (file: string) => writeFileSync(file, ''), /0 bytes where its manifest says/],
    ['no data set', replaceByText, /not a data set of Hum/],
  ])('refuses a file that is %s once, and the old one goes on', async (_what, spoil, reason) => {
    await build('26010101')
    const { current, refresh } = hold()
    spoil(await build('26020101'))
    await refresh()
    await refresh()
    expect(current().version).toBe('26010101')
    expect(changes).toEqual([{ kind: 'refused', reason: expect.stringMatching(reason) }])
  })

  it('refuses a data set of a newer schema with what to do', async () => {
    await build('26010101')
    const { current, refresh } = hold()
    const writer = createDataSet(join(folder, dataSetFileName('26020101')))
    writer.finish({ version: '26020101', isSandbox: false })
    const db = new Database(join(folder, dataSetFileName('26020101')))
    db.exec("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    db.close()
    await refresh()
    expect(current().version).toBe('26010101')
    expect(changes).toEqual([
      { kind: 'refused', reason: 'The data set has schema 99, newer than this Hum. Update Hum.' },
    ])
  })

  it('notices damage in a data set without a manifest', async () => {
    await build('26010101')
    const { current, refresh } = hold()
    const file = await build('26020101')
    rmSync(manifestFile(file))
    truncateSync(file, 60_000)
    await refresh()
    expect(current().version).toBe('26010101')
    expect(changes).toEqual([{ kind: 'refused', reason: expect.stringMatching(/damaged|not a data set/) }])
  })

  it('takes a refused data set once it was mended', async () => {
    await build('26010101')
    const { current, refresh } = hold()
    const file = await build('26020101')
    const whole = `${file}.whole`
    copyFileSync(file, whole)
    truncateSync(file, 20_000)
    await refresh()
    renameSync(whole, file)
    await refresh()
    expect(current().version).toBe('26020101')
  })

  it('starts with the newest data set that can be opened', async () => {
    await build('26010101')
    truncateSync(await build('26020101'), 20_000)
    expect(hold().current().version).toBe('26010101')
    expect(changes).toEqual([{ kind: 'refused', reason: expect.stringContaining('Copy or build it again') }])
  })

  it('starts with an older one where the newest is taken away while it is looked at', async () => {
    await build('26010101')
    // Listed, and not there.
    symlinkSync(join(folder, 'away.sqlite'), join(folder, dataSetFileName('26010102')))
    expect(hold().current().version).toBe('26010101')
    expect(changes).toMatchObject([{ kind: 'refused', reason: expect.stringContaining('not there') as string }])
  })

  it('does not start without any data set', () => {
    expect(() => hold()).toThrow('The folder holds no data set.')
  })

  it('leaves what is replaced open for work under way, then closes it', async () => {
    await build('26010101')
    const { current, refresh } = hold({ graceMs: 100 })
    const before = current()
    await build('26020101')
    await refresh()
    expect(before.db.prepare('SELECT count(*) AS n FROM padding').get()).toEqual({ n: 3000 })
    await sleep(150)
    expect(before.db.open).toBe(false)
    expect(current().db.open).toBe(true)
  })

  it('ends a verification when it is closed, and takes nothing afterwards', async () => {
    await build('26010101')
    const held = hold()
    await build('26020101')
    const refreshed = held.refresh()
    await held.close()
    holder = undefined
    await refreshed
    await held.refresh()
    expect(changes).toEqual([])
  })
})
