import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeDbf, writeShp } from '../../../test/support/write-shapefile.ts'
import { withFolder } from '../../../test/support/with-folder.ts'
import { writeAddrfeat, writeFaces, writePlaces } from '../../../test/support/write-tiger-county.ts'
import type { TestRange } from '../../../test/support/write-tiger-county.ts'
import type { AddressRangeRecord } from '../../dataset/streets/street-records.ts'
import { listSourceFiles } from '../files/source-file.ts'
import { findTigerLayers } from './find-tiger-layers.ts'
import { ingestTiger } from './ingest-tiger.ts'

async function read(...paths: string[]) {
  const files = (await Promise.all(paths.map(listSourceFiles))).flat()
  const { layers, others } = findTigerLayers(files)
  const ranges: AddressRangeRecord[] = []
  let sourceId = 0
  const result = await ingestTiger(layers, {
    nextSourceId: () => ++sourceId,
    readPlaces: (_files, readAll) => readAll(),
    readCounty: async (_files, readAll) => {
      const read: AddressRangeRecord[] = []
      const facts = await readAll((range) => read.push(range) > 0)
      return { facts, addRanges: (id) => void ranges.push(...read.map((range) => ({ ...range, sourceId: id }))) }
    },
    report: () => {},
  })
  return { ...result, ranges, others: others.map(({ name }) => name) }
}

const line = [
  [-70.36, 43.68],
  [-70.35, 43.69],
] as const
const elm: TestRange = {
  row: {
    TLID: '71',
    TFIDL: '501',
    TFIDR: '502',
    FULLNAME: 'N Elm St',
    LFROMHN: '199',
    LTOHN: '101',
    RFROMHN: '198',
    RTOHN: '100',
    ZIPL: '04092',
    PARITYL: 'O',
    PARITYR: 'B',
    ZIPR: '',
    RTOTYP: 'I',
  },
  line,
}
const face = (TFID: string, BLOCKCE20: string, PLACEFP = '') => ({
  TFID,
  STATEFP20: '23',
  COUNTYFP20: '005',
  TRACTCE20: '002801',
  BLOCKCE20,
  STATEFP: '23',
  COUNTYFP: '999',
  TRACTCE: '999999',
  PLACEFP,
})
const westbrook = { STATEFP: '23', PLACEFP: '82105', NAME: 'Westbrook', NAMELSAD: 'Westbrook city' }

describe('a TIGER county', () => {
  it('gives both sides of an edge with the ZIP, face and parity of that side', () =>
    withFolder(async (folder) => {
      await writeAddrfeat(folder, 'tl_2025_23005_addrfeat', [elm])
      await writeFaces(folder, 'tl_2025_23005_faces', [face('501', '1004', '82105'), face('502', '1005')])
      await writePlaces(folder, 'tl_2025_23_place', [westbrook])
      const { ranges, entries, setAside } = await read(folder)
      const both = {
        street: expect.objectContaining({ predirectional: 'N', streetName: 'ELM', suffix: 'ST' }),
        state: 'ME',
        countyGeoid: '23005',
        tlid: 71,
        line: line.map(([longitude, latitude]) => ({ latitude, longitude })),
        sourceId: 3,
      }
      expect(ranges).toEqual([
        {
          ...both,
          side: 'left',
          fromNumber: '199',
          toNumber: '101',
          parity: 'odd',
          imputed: false,
          zip: '04092',
          city: 'WESTBROOK',
          blockGeoid: '230050028011004',
        },
        {
          ...both,
          side: 'right',
          fromNumber: '198',
          toNumber: '100',
          parity: 'both',
          imputed: true,
          zip: undefined,
          city: undefined,
          blockGeoid: '230050028011005',
        },
      ])
      expect(setAside).toEqual([])
      expect(entries.map(({ kind, vintage, rowsRead, rowsKept }) => [kind, vintage, rowsRead, rowsKept])).toEqual([
        ['tiger_place', '2025', 1, 1],
        ['tiger_faces', '2025', 2, 2],
        ['tiger_addrfeat', '2025', 1, 1],
      ])
      expect(entries[2]?.details).toEqual({ sides: 2, sides_without_block: 0, sides_without_zip: 1 })
    }))

  it('is read alike from a zip, from open files and from a table of text', () =>
    withFolder(async (folder) => {
      await writeAddrfeat(folder, 'tl_2025_23005_addrfeat', [elm])
      const open = join(folder, 'open')
      const text = join(folder, 'text')
      await mkdir(open)
      await mkdir(text)
      const columns = Object.entries(elm.row).map(([name, value]) => [name, 'C', value.length + 1] as const)
      await writeFile(join(open, 'TL_2025_23005_ADDRFEAT.DBF'), writeDbf(columns, [elm.row]))
      await writeFile(join(open, 'TL_2025_23005_ADDRFEAT.SHP'), writeShp([line]))
      const header = [...Object.keys(elm.row), 'GEOMETRY'].join(',')
      const cells = [...Object.values(elm.row), '-70.36 43.68;-70.35 43.69'].join(',')
      await writeFile(join(text, 'tl_2025_23005_addrfeat.csv'), `${header}\n${cells}\n`)
      const zipped = await read(join(folder, 'tl_2025_23005_addrfeat.zip'))
      expect(zipped.ranges).toHaveLength(2)
      expect((await read(open)).ranges).toEqual(zipped.ranges)
      expect((await read(text)).ranges).toEqual(zipped.ranges)
    }))

  it('counts each row that gives no range, with the reason', () =>
    withFolder(async (folder) => {
      const without = (changes: Record<string, string>) => ({ row: { ...elm.row, ...changes }, line })
      await writeAddrfeat(folder, 'tl_2025_23005_addrfeat', [
        elm,
        without({ LFROMHN: '', LTOHN: '', RFROMHN: '', RTOHN: '' }),
        without({ LFROMHN: 'LO', LTOHN: 'LO', RFROMHN: '', RTOHN: '' }),
        without({ FULLNAME: '' }),
        without({ TLID: '' }),
        { row: elm.row, line: [[-70, 43]] },
      ])
      const { entries, ranges } = await read(folder)
      expect(ranges).toHaveLength(2)
      expect(entries[0]).toMatchObject({
        rowsRead: 6,
        rowsKept: 1,
        rejected: { line_unreadable: 1, no_address_range: 1, no_edge_id: 1, no_street_name: 1, number_unreadable: 1 },
      })
    }))

  it('comes from the newest year, which is said, and from EDGES only where there is no ADDRFEAT', () =>
    withFolder(async (folder) => {
      await writeAddrfeat(folder, 'tl_2023_23005_addrfeat', [elm])
      await writeAddrfeat(folder, 'tl_2025_23005_addrfeat', [elm])
      await writeAddrfeat(folder, 'tl_2025_23005_edges', [elm])
      await writeFaces(folder, 'tl_2025_23031_faces', [face('1', '1000')])
      const { entries, setAside } = await read(folder)
      expect(entries.map(({ file }) => file)).toEqual(['tl_2025_23005_addrfeat.zip'])
      expect(setAside).toEqual([
        { file: 'tl_2023_23005_addrfeat.zip', reason: '2025 is read instead' },
        { file: 'tl_2025_23005_edges.zip', reason: 'ADDRFEAT of this county is read instead' },
        { file: 'tl_2025_23031_faces.zip', reason: 'no ranges of this county were given' },
      ])
    }))

  it('takes no block of 2010 for one of 2020', () =>
    withFolder(async (folder) => {
      await writeAddrfeat(folder, 'tl_2019_23005_addrfeat', [elm])
      const columns = [
        ['TFID', 'N', 10],
        ...['STATEFP10', 'COUNTYFP10', 'TRACTCE10', 'BLOCKCE10'].map((c) => [c, 'C', 6]),
      ]
      const row = { TFID: '501', STATEFP10: '23', COUNTYFP10: '005', TRACTCE10: '002801', BLOCKCE10: '1004' }
      await writeFile(join(folder, 'tl_2019_23005_faces.dbf'), writeDbf(columns as never, [row]))
      const { ranges, setAside, entries } = await read(folder)
      expect(ranges.map(({ blockGeoid }) => blockGeoid)).toEqual([undefined, undefined])
      expect(setAside[0]).toEqual({
        file: 'tl_2019_23005_faces.dbf',
        reason: 'it has no 2020 blocks, which FCC filings are made by',
      })
      expect(entries[0]?.details).toMatchObject({ sides: 2, sides_without_block: 2 })
    }))

  it('is refused when table and lines do not belong together', () =>
    withFolder(async (folder) => {
      const columns = Object.keys(elm.row).map((name) => [name, 'C', 12] as const)
      await writeFile(join(folder, 'tl_2025_23005_addrfeat.dbf'), writeDbf(columns, [elm.row]))
      await expect(read(folder)).rejects.toThrow('has no .shp beside it')
      await writeFile(join(folder, 'tl_2025_23005_addrfeat.shp'), writeShp([line, line]))
      await expect(read(folder)).rejects.toThrow('do not have equally many records')
      await writeFile(join(folder, 'tl_2025_23005_addrfeat.dbf'), writeDbf([['TLID', 'N', 10]], [elm.row]))
      await expect(read(folder)).rejects.toThrow('lacks TFIDL')
    }))
})

describe.skipIf(!existsSync('../shared/data/tiger'))('real counties', () => {
  it.each([
    ['30059_addrfeat_2016', 565, 733],
    ['30059_addrfeat_2021', 677, 878],
    ['30059_addrfeat_2024', 666, 856],
  ])('%s gives every side that has a range', async (folder, rows, sides) => {
    const { entries, ranges } = await read(`../shared/data/tiger/${folder}`)
    expect(entries[0]).toMatchObject({ rowsRead: rows, rowsKept: rows, rejected: {}, details: { sides } })
    expect(ranges).toHaveLength(sides)
    expect(new Set(ranges.map(({ state }) => state))).toEqual(new Set(['MT']))
  })

  it('37143_edges_2020 gives the ranges of its roads', async () => {
    const { entries, ranges } = await read('../shared/data/tiger/37143_edges_2020')
    expect(entries[0]).toMatchObject({ rowsRead: 3260, rejected: { not_a_road: 936, no_address_range: 661 } })
    expect(ranges).toHaveLength(2842)
  })

  it('24510_faces_2019 has no 2020 blocks and is set aside', async () => {
    const { setAside } = await read('../shared/data/tiger')
    expect(setAside).toContainEqual({ file: 'tl_2019_24510_faces.dbf', reason: 'no ranges of this county were given' })
    expect(setAside.map(({ file }) => file)).toContain('tl_2016_30059_addrfeat.dbf')
  })
})
