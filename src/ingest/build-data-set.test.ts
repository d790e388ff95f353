import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withFolder } from '../../test/support/with-folder.ts'
import { writeAddrfeat, writeFaces } from '../../test/support/write-tiger-county.ts'
import { writeZip } from '../../test/support/write-zip.ts'
import { hashContent } from '../dataset/content-hash.ts'
import { resolveDataSetFile } from '../dataset/data-set-file.ts'
import { openDataSet } from '../dataset/data-set.ts'
import { findManifest } from '../dataset/manifest.ts'
import { buildDataSet } from './build-data-set.ts'
import type { BuildOptions } from './build-data-set.ts'

const clock = () => Date.UTC(2026, 10, 23, 23, 59)
const build = (options: BuildOptions, at = clock) => buildDataSet(options, { clock: at, report: () => {} })

/** A county with one street, points, filings and a ZIP, all invented, in a folder as an operator would fill it. */
async function writeSources(folder: string): Promise<string> {
  const from = join(folder, 'from')
  await mkdir(join(from, 'bdc'), { recursive: true })
  const numbers = { LFROMHN: '101', LTOHN: '199', RFROMHN: '100', RTOHN: '198', PARITYL: 'O', PARITYR: 'E' }
  await writeAddrfeat(from, 'tl_2025_23005_addrfeat', [
    {
      row: { TLID: '71', TFIDL: '501', TFIDR: '502', FULLNAME: 'Elm St', ZIPL: '04092', ZIPR: '04092', ...numbers },
      line: [
        [-70.36, 43.68],
        [-70.35, 43.68],
      ],
    },
  ])
  const county = { STATEFP20: '23', COUNTYFP20: '005', TRACTCE20: '002801' }
  await writeFaces(from, 'tl_2025_23005_faces', [
    { TFID: '501', BLOCKCE20: '1004', ...county },
    { TFID: '502', BLOCKCE20: '1005', ...county },
  ])
  await writeFile(
    join(from, 'county-addresses.csv'),
    'number,street,city,postcode,lat,lon\n150,Elm Street,Westbrook,04092,43.6799,-70.355\n,Elm Street,Westbrook,04092,1,1\n',
  )
  await writeFile(join(from, 'US.txt'), 'US\t04092\tWestbrook\tMaine\tME\t\t\t\t\t43.68\t-70.36\t4\n')
  await writeZip(join(from, 'bdc', 'bdc_23_Cable_fixed_broadband_D25_15jul2026.zip'), {
    'bdc_23_Cable_fixed_broadband_D25_15jul2026.csv':
      'frn,provider_id,brand_name,location_id,technology,max_advertised_download_speed,max_advertised_upload_speed,' +
      'low_latency,business_residential_code,state_usps,block_geoid,h3_res8_id\n' +
      '0099000002,900002,Great Lakes Cable,9900000001,40,1200,35,1,R,ME,230050028011005,882b1b6c5bfffff\n',
  })
  await writeFile(join(from, 'notes.xls'), 'something else')
  return from
}

const kept = (part: string, version: string) =>
  `The ${part} of data set ${version} are kept: their sources are the same`

describe('buildDataSet', { timeout: 60_000 }, () => {
  it('makes one readable data set of a folder of everything, and names what it did not read', () =>
    withFolder(async (folder) => {
      const report = await build({ out: join(folder, 'out'), mixed: [await writeSources(folder)] })
      expect(report).toMatchObject({
        version: '26112301',
        path: join(folder, 'out', 'hum-26112301.sqlite'),
        setAside: [{ file: 'notes.xls', reason: 'not recognized by its name' }],
        rows: { address_range: 2, address_point: 1, zip_place: 1, coverage: 1 },
      })
      const dataSet = openDataSet(resolveDataSetFile(join(folder, 'out')))
      const sources = [...dataSet.sources.values()]
      expect(sources.map(({ kind, rowsRead, rowsKept, rejected }) => [kind, rowsRead, rowsKept, rejected])).toEqual([
        ['bdc_availability', 1, 1, {}],
        ['zip_places', 1, 1, {}],
        ['tiger_faces', 2, 2, {}],
        ['tiger_addrfeat', 1, 1, {}],
        ['address_points', 2, 1, { no_number: 1 }],
      ])
      expect(dataSet.db.prepare('SELECT block FROM address_point').pluck().get()).toBe(230050028011005)
      dataSet.close()
    }))

  it('writes a manifest that says what the data set was built from and what its bytes are', () =>
    withFolder(async (folder) => {
      const from = await writeSources(folder)
      const { path, contentHash } = await build({ out: folder, mixed: [from] })
      const manifest = findManifest(path)
      const bytes = await readFile(path)
      expect(manifest?.file).toEqual({
        name: 'hum-26112301.sqlite',
        sizeBytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })
      const points = await readFile(join(from, 'county-addresses.csv'))
      expect(manifest?.sources.find(({ kind }) => kind === 'address_points')?.sha256).toBe(
        createHash('sha256').update(points).digest('hex'),
      )
      const dataSet = openDataSet(path)
      expect(hashContent(dataSet.db)).toEqual({ hash: contentHash, rows: manifest?.rows })
      dataSet.close()
    }))

  it('says when a source was fetched, which does not change the content', () =>
    withFolder(async (folder) => {
      const from = await writeSources(folder)
      const brought = await build({ out: folder, mixed: [from] })
      const { sha256 } = brought.sources.find(({ kind }) => kind === 'zip_places') ?? { sha256: '' }
      const fetched = { name: 'US.txt', url: 'https://example.org/US.txt', subject: 'zip', bytes: 1, sha256 }
      const manifest = { files: [{ ...fetched, retrievedOn: '2026-11-20' }] }
      await writeFile(join(from, '.hum-fetch.json'), JSON.stringify(manifest))
      const { sources, contentHash } = await build({ out: folder, mixed: [from] })
      expect(sources.map(({ kind, retrievedOn }) => [kind, retrievedOn])).toContainEqual(['zip_places', '2026-11-20'])
      expect(sources.map(({ kind, retrievedOn }) => [kind, retrievedOn])).toContainEqual(['tiger_addrfeat', undefined])
      expect(contentHash).toBe(brought.contentHash)
    }))

  it('gives the same content hash for the same files on another day, and another for a changed file', () =>
    withFolder(async (folder) => {
      const mixed = [await writeSources(folder)]
      const first = await build({ out: folder, mixed })
      const later = await build({ out: folder, mixed }, () => Date.UTC(2027, 0, 2))
      expect([first.version, later.version]).toEqual(['26112301', '27010201'])
      expect(later.contentHash).toBe(first.contentHash)
      const points = join(mixed[0] ?? '', 'county-addresses.csv')
      await writeFile(points, (await readFile(points, 'utf8')).replace('43.6799', '43.6798'))
      expect((await build({ out: folder, mixed })).contentHash).not.toBe(first.contentHash)
    }))

  it('takes over the part whose sources have not changed, and gets what a build from nothing gets', () =>
    withFolder(async (folder) => {
      const from = await writeSources(folder)
      const lines: string[] = []
      const buildAgain = async (isFresh: boolean) =>
        buildDataSet({ out: folder, mixed: [from], isFresh }, { clock, report: (line) => lines.push(line) })
      await buildAgain(false)
      expect(lines.filter((line) => line.includes('are kept'))).toEqual([])
      await buildAgain(false)
      expect(lines).toEqual(expect.arrayContaining([kept('streets', '26112301'), kept('filings', '26112301')]))

      const points = join(from, 'county-addresses.csv')
      await writeFile(points, (await readFile(points, 'utf8')).replace('150,', '152,'))
      lines.length = 0
      const changed = await buildAgain(false)
      expect(lines.filter((line) => line.includes('are kept'))).toEqual([kept('filings', '26112302')])
      const fresh = await buildAgain(true)
      expect({ rows: changed.rows, sources: changed.sources, setAside: changed.setAside }).toEqual({
        rows: fresh.rows,
        sources: fresh.sources,
        setAside: fresh.setAside,
      })
      expect(changed.contentHash).toBe(fresh.contentHash)
      const indexes = [changed, fresh].map(({ path }) => {
        const dataSet = openDataSet(path)
        const sql = dataSet.db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()
        dataSet.close()
        return sql
      })
      expect(indexes[0]).toEqual(indexes[1])
    }))

  it('takes nothing over from a data set that is damaged', () =>
    withFolder(async (folder) => {
      const mixed = [await writeSources(folder)]
      const first = await build({ out: folder, mixed })
      const bytes = await readFile(first.path)
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 255
      await writeFile(first.path, bytes)
      const lines: string[] = []
      const second = await buildDataSet({ out: folder, mixed }, { clock, report: (line) => lines.push(line) })
      expect(lines.filter((line) => line.includes('are kept'))).toEqual([])
      expect(second.contentHash).toBe(first.contentHash)
    }))

  it('counts versions of one day up, and the newest is the one that is found', () =>
    withFolder(async (folder) => {
      const mixed = [await writeSources(folder)]
      await build({ out: folder, mixed })
      const second = await build({ out: folder, mixed })
      expect(second.version).toBe('26112302')
      expect(resolveDataSetFile(folder)).toBe(second.path)
    }))

  it('clears what a killed build left, and leaves a build that is running alone', () =>
    withFolder(async (folder) => {
      const mixed = [await writeSources(folder)]
      for (const [name, builder] of Object.entries({ 'building-26112301': '4194999', 'building-26112302': '1' })) {
        await mkdir(join(folder, name))
        await writeFile(join(folder, name, `builder-${builder}`), '')
        await writeFile(join(folder, name, 'half.sqlite'), 'x')
      }
      await build({ out: folder, mixed })
      expect(readdirSync(folder).filter((name) => name.startsWith('building-'))).toEqual(['building-26112302'])
    }))

  it('leaves the folder as it was when a source is damaged', () =>
    withFolder(async (folder) => {
      const from = await writeSources(folder)
      const out = join(folder, 'out')
      await build({ out, mixed: [from] })
      const before = readdirSync(out)
      const addrfeat = join(from, 'tl_2025_23005_addrfeat.zip')
      await writeFile(addrfeat, (await readFile(addrfeat)).subarray(0, 900))
      await expect(build({ out, mixed: [from] })).rejects.toThrow('tl_2025_23005_addrfeat.zip is damaged')
      expect(readdirSync(out)).toEqual(before)
    }))

  it('marks the sandbox, which real data sets are not', () =>
    withFolder(async (folder) => {
      const { path } = await build({ out: folder, mixed: ['data/sandbox'], isSandbox: true })
      const dataSet = openDataSet(path)
      expect(dataSet.isSandbox).toBe(true)
      dataSet.close()
    }))

  it.each<[string, (folder: string) => Promise<Partial<BuildOptions>>, string]>([
    ['a path that does not exist', async () => ({ tiger: ['nowhere'] }), 'There is no file or folder nowhere.'],
    ['an empty folder', async (folder) => ({ bdc: [folder] }), 'is empty.'],
    [
      'files of other names alone',
      async (folder) => {
        await mkdir(join(folder, 'other'))
        for (const name of ['a.xls', 'b.xls']) await writeFile(join(folder, 'other', name), 'x')
        return { mixed: [join(folder, 'other')] }
      },
      'No file is known by its name (a.xls, b.xls). Leave files the names they were published under',
    ],
    ['nothing', async () => ({}), 'There is nothing to build from.'],
    [
      'a folder without TIGER layers',
      async (folder) => ({ tiger: [join(await writeSources(folder), 'bdc')] }),
      'holds no TIGER/Line layer',
    ],
    [
      'a table that holds no addresses',
      async (folder) => ({ points: [join(await writeSources(folder), 'US.txt')] }),
      '(US.txt: no column for the house number). Where columns have other names, give them with --point-columns.',
    ],
  ])('says what to do when it is given %s', (_, options, message) =>
    withFolder(async (folder) => {
      const given = await options(folder)
      await expect(build({ out: join(folder, 'out'), ...given })).rejects.toThrow(message)
    }),
  )

  it('says so when the folder cannot be written', () =>
    withFolder(async (folder) => {
      const mixed = [await writeSources(folder)]
      await writeFile(join(folder, 'file'), '')
      await expect(build({ out: join(folder, 'file'), mixed })).rejects.toThrow('The data set cannot be written')
    }))
})
