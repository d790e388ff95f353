import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withFolder } from '../../test/support/with-folder.ts'
import { writeAddrfeat, writeFaces } from '../../test/support/write-tiger-county.ts'
import { writeZip } from '../../test/support/write-zip.ts'
import { buildDataSet } from './build-data-set.ts'
import { openKeptResults } from './kept-results.ts'

const clock = () => Date.UTC(2026, 10, 23)

/** Files that a build reads, each in up to three versions; 0 stands for a file that is not there. */
const FILES = ['23005', '23031', 'points', 'cable', 'fibre', 'nh'] as const
type Versions = Readonly<Record<(typeof FILES)[number], number>>

const HEADER =
  'frn,provider_id,brand_name,location_id,technology,max_advertised_download_speed,max_advertised_upload_speed,' +
  'low_latency,business_residential_code,state_usps,block_geoid,h3_res8_id\n'

const filing = (version: number, technology: number, state: string, location: number) =>
  `00990000${technology},9000${technology},"Brand ${location % (version + 1)}",${1_000_000_000 + location},${technology},` +
  `${100 * version},35,1,${'RBX'.charAt(location % 3)},ME,${state}0050028011005,882b1b6c5bfffff\n`

const filings = (version: number, technology: number, state: string) =>
  HEADER + Array.from({ length: 6 + version }, (_, location) => filing(version, technology, state, location)).join('')

async function writeCounty(from: string, county: string, version: number): Promise<void> {
  const streets = [`Elm St`, `Oak ${version === 1 ? 'Ave' : 'Rd'}`, ...(version === 2 ? ['Birch Ln'] : [])]
  const numbers = { LFROMHN: '101', LTOHN: '199', RFROMHN: '100', RTOHN: '198', PARITYL: 'O', PARITYR: 'E' }
  await writeAddrfeat(
    from,
    `tl_2025_${county}_addrfeat`,
    streets.map((FULLNAME, index) => ({
      row: { TLID: `${county}${index}`, TFIDL: '1', TFIDR: '2', FULLNAME, ZIPL: '04092', ZIPR: '04092', ...numbers },
      line: [
        [-70.36 + index / 100, 43.68],
        [-70.35 + index / 100, 43.68 + version / 1000],
      ],
    })),
  )
  const block = { STATEFP20: '23', COUNTYFP20: county.slice(2), TRACTCE20: '002801' }
  await writeFaces(from, `tl_2025_${county}_faces`, [
    { TFID: '1', BLOCKCE20: '1004', ...block },
    { TFID: '2', BLOCKCE20: '1005', ...block },
  ])
}

/** Lays a version of a file into the folder, as an operator would, or takes the file away. */
async function change(from: string, file: keyof Versions, version: number): Promise<void> {
  const bdc = (state: string, technology: string) =>
    join(from, `bdc_${state}_${technology}_fixed_broadband_D25_15jul2026.csv`)
  const paths = {
    points: join(from, 'county-addresses.csv'),
    cable: bdc('23', 'Cable'),
    fibre: bdc('23', 'FibertothePremises'),
    nh: bdc('33', 'Cable'),
  }
  if (file === '23005' || file === '23031') {
    for (const layer of ['addrfeat', 'faces']) await rm(join(from, `tl_2025_${file}_${layer}.zip`), { force: true })
    if (version > 0) await writeCounty(from, file, version)
  } else if (version === 0) await rm(paths[file], { force: true })
  else if (file === 'points') {
    const rows = Array.from({ length: version + 2 }, (_, index) => `${150 + index},Elm Street,04092,43.6799,-70.355\n`)
    await writeFile(paths.points, `number,street,postcode,lat,lon\n${rows.join('')}`)
  } else if (file === 'nh') await writeFile(paths.nh, filings(version, 40, '33'))
  else await writeFile(paths[file], filings(version, file === 'cable' ? 40 : 50, '23'))
}

async function build(from: string, out: string, isFresh: boolean) {
  const lines: string[] = []
  const built = await buildDataSet({ out, mixed: [from], isFresh }, { clock, report: (line) => lines.push(line) })
  const { contentHash, rows, sources, setAside } = built
  return { lines, content: { contentHash, rows, sources, setAside } }
}

/** Every kept result with the moment at which it was made. */
function listKept(out: string): Map<string, number> {
  const kinds = ['streets', 'filings'].map((kind) => join(out, 'kept', kind))
  return new Map(
    kinds.flatMap((kind) =>
      readdirSync(kind)
        .filter((name) => name !== 'secret')
        .map((name) => [join(kind, name), statSync(join(kind, name)).ino] as const),
    ),
  )
}

async function withSources(use: (from: string, out: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const from = join(folder, 'from')
    await mkdir(from)
    await writeFile(join(from, 'US.txt'), 'US\t04092\tWestbrook\tMaine\tME\t\t\t\t\t43.68\t-70.36\t4\n')
    await use(from, join(folder, 'out'))
  })
}

describe('kept results', { timeout: 600_000 }, () => {
  it('give, after any changes of files and any damage, what a build from nothing gives', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            { weight: 5, arbitrary: fc.record({ file: fc.constantFrom(...FILES), version: fc.nat(2) }) },
            { weight: 1, arbitrary: fc.record({ damage: fc.nat(1000) }) },
          ),
          { minLength: 2, maxLength: 4 },
        ),
        (steps) =>
          withSources(async (from, out) => {
            for (const file of FILES) await change(from, file, 1)
            await build(from, out, false)
            for (const step of steps) {
              if ('file' in step) await change(from, step.file, step.version)
              else {
                const kept = [...listKept(out).keys()].flatMap((folder) =>
                  readdirSync(folder).map((name) => join(folder, name)),
                )
                const damaged = kept[step.damage % kept.length] ?? ''
                const bytes = readFileSync(damaged)
                const at = (step.damage * 7919) % bytes.length
                bytes[at] = (bytes[at] ?? 0) ^ 1
                await writeFile(damaged, bytes)
              }
            }
            const { content } = await build(from, out, false)
            expect(content).toEqual((await build(from, `${out}-fresh`, true)).content)
          }),
      ),
      { numRuns: 3 },
    ))

  it('are made again for the file that changed and for no other, and go when their file does', () =>
    withSources(async (from, out) => {
      for (const file of FILES) await change(from, file, 1)
      await build(from, out, false)
      const first = listKept(out)
      /** Two counties, the points; three files of filings and their two states. */
      expect(first.size).toBe(8)

      await change(from, '23031', 2)
      await build(from, out, false)
      const second = listKept(out)
      expect(second.size).toBe(8)
      expect([...second].filter(([path, made]) => first.get(path) !== made)).toHaveLength(1)

      await change(from, 'fibre', 2)
      await build(from, out, false)
      const third = listKept(out)
      /** The file and the state that it is of. */
      expect([...third].filter(([path, made]) => second.get(path) !== made)).toHaveLength(2)
      expect(third.size).toBe(8)

      for (const file of ['23005', 'points', 'nh'] as const) await change(from, file, 0)
      await build(from, out, false)
      expect(listKept(out).size).toBe(4)
    }))

  it('are not taken for a file of another name, which the report would not give', () =>
    withSources(async (from, out) => {
      const member = 'bdc_23_Cable_fixed_broadband_D25_15jul2026.csv'
      await writeZip(join(from, 'bdc_23_Cable_fixed_broadband_D25_15jul2026.zip'), { [member]: filings(1, 40, '23') })
      await build(from, out, false)
      await rename(
        join(from, 'bdc_23_Cable_fixed_broadband_D25_15jul2026.zip'),
        join(from, 'bdc_23_Cable_fixed_broadband_D25_15jul2026_copy.zip'),
      )
      const { content } = await build(from, out, false)
      expect(content.sources.map(({ file }) => file)).toContain('bdc_23_Cable_fixed_broadband_D25_15jul2026_copy.zip')
      expect(content).toEqual((await build(from, `${out}-fresh`, true)).content)
    }))

  it('hold no location id', () =>
    withSources(async (from, out) => {
      await change(from, 'cable', 1)
      await build(from, out, false)
      const staged = [...listKept(out).keys()].flatMap((folder) =>
        readdirSync(folder)
          .filter((name) => name.endsWith('.parquet'))
          .map((name) => join(folder, name)),
      )
      const instance = await DuckDBInstance.create(':memory:')
      const connection = await instance.connect()
      const read = await connection.runAndReadAll(
        `SELECT count(DISTINCT location)::INTEGER, count(*) FILTER (location BETWEEN 1000000000 AND 1000001000)::INTEGER
          FROM read_parquet(['${staged.join("', '")}'])`,
      )
      connection.closeSync()
      instance.closeSync()
      expect(read.getRowsJS()).toEqual([[7, 0]])
    }))

  it('that are damaged are noticed, said and not taken', () =>
    withFolder(async (folder) => {
      const lines: string[] = []
      const options = { temporaryFolder: folder, isFresh: false, report: (line: string) => void lines.push(line) }
      const kept = openKeptResults({ ...options, folder: join(folder, 'kept') })
      const { folder: made } = await kept.make(['recipe'], async (into) => {
        await writeFile(join(into, 'rows'), 'abc')
        return { rows: 3 }
      })
      expect(await kept.find(['recipe'])).toMatchObject({ facts: { rows: 3 } })
      expect(await kept.find(['another'])).toBeUndefined()
      await writeFile(join(made, 'rows'), 'abd')
      expect(await kept.find(['recipe'])).toBeUndefined()
      expect(lines).toEqual(['A kept result is damaged: it is made again'])
    }))
})
