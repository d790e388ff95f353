import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSmallDataSet } from '../../../test/support/write-small-data-set.ts'
import { packDataSet } from './pack-data-set.ts'
import { TAR_END, tarPadding, writeTarHeader } from './tar.ts'
import { unpackDataSet } from './unpack-data-set.ts'

const VERSION = '26100201'

let folder: string
let file: string
let pack: string
let into: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hum-pack-'))
  await mkdir(join(folder, 'from'))
  file = await writeSmallDataSet(join(folder, 'from'), VERSION)
  pack = join(folder, 'pack.tar.zst')
  into = join(folder, 'into')
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** The members of the pack, to be changed by an attacker. */
function members(): Map<string, Buffer> {
  const bytes = zstdDecompressSync(readFileSync(pack))
  const found = new Map<string, Buffer>()
  for (let at = 0; bytes[at] !== 0;) {
    const name = bytes.toString('utf8', at, at + 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8)
    found.set(name, Buffer.from(bytes.subarray(at + 512, at + 512 + size)))
    at += 512 + size + tarPadding(size).length
  }
  return found
}

function repack(changed: Iterable<readonly [string, Buffer]>): void {
  const parts = [...changed].flatMap(([name, content]) => [
    writeTarHeader(name, content.length, 1),
    content,
    tarPadding(content.length),
  ])
  writeFileSync(pack, zstdCompressSync(Buffer.concat([...parts, TAR_END])))
}

const NAMES = {
  manifest: `hum-${VERSION}.json`,
  dataSet: `hum-${VERSION}.sqlite`,
  licences: `hum-${VERSION}.licences.txt`,
}

describe('packing and unpacking', () => {
  it('gives back the same data set and manifest, with the licences beside them', async () => {
    await packDataSet(file, pack)
    const unpacked = await unpackDataSet(pack, into)
    expect(unpacked).toEqual({ path: join(into, NAMES.dataSet), version: VERSION, wasThere: false })
    expect(readFileSync(join(into, NAMES.dataSet))).toEqual(readFileSync(file))
    expect(readFileSync(join(into, NAMES.manifest))).toEqual(readFileSync(file.replace('.sqlite', '.json')))
    const licences = readFileSync(join(into, NAMES.licences), 'utf8')
    expect(licences).toContain('GeoNames (geonames.org)\nLicence: CC BY 4.0\n  US.txt, fetched 2026-10-01')
    expect(licences).toContain('Creative Commons Attribution 4.0 International Public License')
    expect(readdirSync(into).sort()).toEqual(Object.values(NAMES).sort())
  })

  it('packs the same data set to the same bytes', async () => {
    await packDataSet(file, pack)
    const first = readFileSync(pack)
    await packDataSet(file, pack)
    expect(readFileSync(pack).equals(first)).toBe(true)
  })

  it('leaves a data set alone that is there already', async () => {
    await packDataSet(file, pack)
    await unpackDataSet(pack, into)
    expect(await unpackDataSet(pack, into)).toMatchObject({ wasThere: true })
  })

  it('does not touch another data set of the same version', async () => {
    await packDataSet(file, pack)
    await mkdir(into)
    const other = await writeSmallDataSet(into, VERSION, (db) => db.exec('CREATE TABLE other (a)'))
    const before = readFileSync(other)
    await expect(unpackDataSet(pack, into)).rejects.toThrow('another data set called hum-26100201.sqlite')
    expect(readFileSync(other).equals(before)).toBe(true)
  })

  it('refuses to pack a damaged data set, and leaves no pack behind', async () => {
    const bytes = readFileSync(file)
    bytes.fill(0x5a, bytes.length - 3_000, bytes.length - 2_000)
    writeFileSync(file, bytes)
    await expect(packDataSet(file, pack)).rejects.toThrow('damaged')
    expect(readdirSync(folder).sort()).toEqual(['from'])
  })

  it('refuses to pack without a manifest', async () => {
    await rm(file.replace('.sqlite', '.json'))
    await expect(packDataSet(file, pack)).rejects.toThrow('no manifest beside it')
  })
})

async function expectRefused(reason: RegExp = /The pack cannot be used/): Promise<void> {
  await expect(unpackDataSet(pack, into)).rejects.toMatchObject({ message: expect.stringMatching(reason) })
  expect(existsSync(into) ? readdirSync(into) : []).toEqual([])
}

describe('a pack that is not as it should be', () => {
  beforeEach(() => packDataSet(file, pack))

  it('is refused when it is cut short', async () => {
    await truncate(pack, 20_000)
    await expectRefused()
  })

  it('is refused when it is no pack', async () => {
    writeFileSync(pack, 'PK\u0003\u0004 something else')
    await expectRefused()
  })

  it('is refused when a byte of the data set differs', async () => {
    const all = members()
    all.get(NAMES.dataSet)?.fill(0x41, 30_000, 30_001)
    repack(all)
    await expectRefused()
  })

  it.each(['../../evil.sqlite', '/etc/evil.sqlite', 'hum-26100202.sqlite', 'a/hum-26100201.sqlite'])(
    'is refused when the data set is called %s',
    async (name) => {
      const all = [...members()].map(([was, content]) => [was === NAMES.dataSet ? name : was, content] as const)
      repack(all)
      await expectRefused()
      expect(existsSync(join(folder, 'evil.sqlite'))).toBe(false)
    },
  )

  it('is refused when its manifest names another version, as a path', async () => {
    const all = members()
    const manifest = String(all.get(NAMES.manifest)).replace(VERSION, '../../../e')
    repack(all.set(NAMES.manifest, Buffer.from(manifest)))
    await expectRefused()
  })

  it('is refused when something more is in it', async () => {
    repack([...members(), ['more.txt', Buffer.from('more')]])
    await expectRefused()
  })

  it('is refused before anything is written when the disk is too small for what it claims', async () => {
    const all = members()
    const manifest = JSON.parse(String(all.get(NAMES.manifest))) as { file: { sizeBytes: number } }
    manifest.file.sizeBytes = 4e15
    const text = Buffer.from(JSON.stringify(manifest))
    const checksums = String(all.get('SHA256SUMS')).replace(
      new RegExp(`[0-9a-f]{64}(?=  ${NAMES.manifest})`),
      createHash('sha256').update(text).digest('hex'),
    )
    repack(all.set(NAMES.manifest, text).set('SHA256SUMS', Buffer.from(checksums)))
    await expectRefused(/The data set needs 4000000\.0 GB, and the disk has/)
  })

  it('is refused when a text in it is endless', async () => {
    const header = writeTarHeader('SHA256SUMS', 200 << 20, 1)
    writeFileSync(pack, zstdCompressSync(Buffer.concat([header, Buffer.alloc(200 << 20)])))
    await expectRefused()
  })

  it('is refused with what to do when it is of a newer schema', async () => {
    const newer = await writeSmallDataSet(join(folder, 'from'), '26100202', (db) => db.exec('CREATE TABLE new (a)'))
    const db = new Database(newer)
    db.exec("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    db.close()
    await expect(packDataSet(newer, pack)).rejects.toThrow('schema 99, newer than this Hum. Update Hum.')
  })

  it('never crashes and never leaves anything, wherever bits are flipped', async () => {
    const sound = readFileSync(pack)
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
        const bytes = Buffer.from(sound)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
        writeFileSync(pack, bytes)
        const error = await unpackDataSet(pack, into).then(
          () => undefined,
          (reason: unknown) => reason,
        )
        if (error !== undefined) {
          expect(error).toMatchObject({ name: 'AppError' })
          expect(readdirSync(into)).toEqual([])
        }
        await rm(into, { recursive: true })
      }),
      { numRuns: 150 },
    )
  })
})
