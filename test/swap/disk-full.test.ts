import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { downloadFile } from '../../src/ingest/fetch/download-file.ts'
import { packDataSet } from '../../src/dataset/pack/pack-data-set.ts'
import { writeSmallDataSet } from '../support/write-small-data-set.ts'
import { startPublicDataServer } from '../support/public-data-server.ts'
import { hasSmallDisks, makeSmallDisk } from '../support/small-disk.ts'
import type { SmallDisk } from '../support/small-disk.ts'
import { zipBytes } from '../support/zip-bytes.ts'

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts')
const SANDBOX = resolve(import.meta.dirname, '../../data/sandbox')

let folder: string
let smallDisk: SmallDisk
let disk: string

function run(...args: string[]): { code: number | null; error: string } {
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' })
  return { code: status, error: stderr }
}

describe.skipIf(!hasSmallDisks)('a full disk', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hum-full-'))
    // Smaller than any data set.
    smallDisk = makeSmallDisk('128k')
    disk = smallDisk.path
  })

  beforeEach(() => {
    for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true })
  })

  afterAll(() => {
    smallDisk.remove()
    rmSync(folder, { recursive: true })
  })

  it('ends a build with a clear error and leaves nothing', () => {
    const { code, error } = run('data', 'build', SANDBOX, '--out', disk)
    expect(error).toContain('hum: The disk is full. Make room or build into a folder on another disk.')
    expect(code).toBe(1)
    expect(readdirSync(disk)).toEqual([])
  }, 120_000)

  it('ends packing and unpacking with a clear error and leaves nothing', async () => {
    const file = await writeSmallDataSet(folder, '26100201', (db) => {
      db.exec('CREATE TABLE noise (bytes BLOB); INSERT INTO noise VALUES (randomblob(300000))')
    })
    const pack = join(folder, 'pack.tar.zst')
    await packDataSet(file, pack)
    const packed = run('data', 'pack', '--data', file, '--out', join(disk, 'pack.tar.zst'))
    expect(packed.error).toContain('hum: The disk is full. Make room or pack to another disk.')
    expect(readdirSync(disk)).toEqual([])
    const unpacked = run('data', 'unpack', pack, '--into', disk)
    expect(unpacked.error).toMatch(/hum: The data set needs 0\.0 GB, and the disk has 0\.0 GB left\./)
    expect(readdirSync(disk)).toEqual([])
  }, 120_000)

  it('ends a download with a clear error, and it goes on when there is room', async () => {
    const server = await startPublicDataServer()
    try {
      const noise = Buffer.from(
        Uint32Array.from({ length: 65_536 }, (_, index) => Math.imul(index, 2_654_435_761)).buffer,
      )
      const content = await zipBytes({ 'data.bin': noise })
      server.files.set('/data.zip', content)
      const download = () =>
        downloadFile(
          { sleep: async () => {}, random: () => 0, idleTimeoutMs: 1_000 },
          { url: `${server.url}/data.zip`, path: join(disk, 'data.zip'), onRetry: () => {} },
        )
      await expect(download()).rejects.toThrow('The disk is full. Make room and run the command again: it goes on.')
      expect(readdirSync(disk)).toEqual(['.partial'])
      smallDisk.resize('1m')
      await download()
      expect(server.requests.at(-1)?.headers.range).toMatch(/^bytes=/)
      expect(readdirSync(disk)).toContain('data.zip')
    } finally {
      await server.close()
    }
  }, 120_000)
})
