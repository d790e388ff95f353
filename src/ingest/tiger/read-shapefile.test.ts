import { createReadStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { open as openOracle } from 'shapefile'
import { collect } from '../../../test/support/collect.ts'
import { ADDRFEAT_COLUMNS } from '../../../test/support/tiger-layouts.ts'
import { writeDbf, writeShp } from '../../../test/support/write-shapefile.ts'
import { AppError } from '../../lib/errors.ts'
import { openDbf } from './read-dbf.ts'
import { readShpLines } from './read-shp.ts'

const COLUMNS = ADDRFEAT_COLUMNS.map(([name]) => name)

/** Hands bytes over in pieces of the given size, as a slow disk or an inflating zip would. */
function streamOf(bytes: Buffer, pieceBytes = 64): Readable {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes))
  return Readable.from(pieces)
}

async function readRows(stream: Readable, columns: readonly string[] = COLUMNS) {
  const table = await openDbf(stream, 'test.dbf')
  return collect(table.rows(columns))
}

const readLines = (stream: Readable) => collect(readShpLines(stream, 'test.shp'))

describe('openDbf', () => {
  const table = writeDbf(ADDRFEAT_COLUMNS, [
    { TLID: '166709406', FULLNAME: 'Peñasco Ave', LFROMHN: '199', LTOHN: '101', ZIPL: '04092', PARITYL: 'O' },
    { TLID: '166709407', FULLNAME: '1st St' },
  ])

  it('gives the wanted columns trimmed, whatever pieces the bytes come in', async () => {
    for (const pieceBytes of [1, 7, 281, 100_000]) {
      expect(await readRows(streamOf(table, pieceBytes), ['TLID', 'FULLNAME', 'ZIPL', 'ZIPR'])).toEqual([
        { TLID: '166709406', FULLNAME: 'Peñasco Ave', ZIPL: '04092', ZIPR: '' },
        { TLID: '166709407', FULLNAME: '1st St', ZIPL: '', ZIPR: '' },
      ])
    }
  })

  it('keeps the place of a record that is marked as deleted', async () => {
    const bytes = Buffer.from(table)
    bytes[bytes.readUInt16LE(8)] = 0x2a
    expect(await readRows(streamOf(bytes), ['TLID'])).toEqual([undefined, { TLID: '166709407' }])
  })

  it('names the column that is missing', async () => {
    await expect(readRows(streamOf(table), ['BLOCKCE20'])).rejects.toThrow('test.dbf has no column BLOCKCE20.')
  })

  it('says how many records there were when the file is cut off', async () => {
    await expect(readRows(streamOf(table.subarray(0, -200)))).rejects.toThrow('it ends after 1 of 2 records')
  })

  it('reads no more of a file that claims four billion records than there is', async () => {
    const bytes = Buffer.from(table)
    bytes.writeUInt32LE(0xffffffff, 4)
    await expect(readRows(streamOf(bytes))).rejects.toThrow(AppError)
  })
})

describe('readShpLines', () => {
  const shape = writeShp([
    [
      [-110.9, 46.5],
      [-110.8, 46.6],
    ],
    [
      [-110.8, 46.6],
      [-110.7, 46.6],
      [-110.7, 46.7],
    ],
  ])

  it('gives each line in its own direction, whatever pieces the bytes come in', async () => {
    for (const pieceBytes of [1, 7, 100_000]) {
      const lines = await readLines(streamOf(shape, pieceBytes))
      expect(lines.map((line) => line?.length)).toEqual([2, 3])
      expect(lines[0]).toEqual([
        { latitude: 46.5, longitude: -110.9 },
        { latitude: 46.6, longitude: -110.8 },
      ])
    }
  })

  it('keeps the place of a line that leaves the earth', async () => {
    const bytes = Buffer.from(shape)
    bytes.writeDoubleLE(4000, 100 + 8 + 48)
    expect((await readLines(streamOf(bytes))).map((line) => line?.length)).toEqual([undefined, 3])
  })

  it.each([
    ['cut off', shape.subarray(0, -10)],
    ['empty', Buffer.alloc(0)],
    ['a web page', Buffer.from('<!doctype html>'.repeat(20))],
  ])('refuses a file that is %s', async (_, bytes) => {
    await expect(readLines(streamOf(bytes))).rejects.toThrow(AppError)
  })

  it('refuses a record of absurd length without waiting for it', async () => {
    const bytes = Buffer.from(shape)
    bytes.writeInt32BE(0x7fffffff, 104)
    await expect(readLines(streamOf(bytes))).rejects.toThrow('impossible length')
  })
})

it('answers flipped and cut bytes with rows or a clear error, never a crash', async () => {
  const dbf = writeDbf(ADDRFEAT_COLUMNS, [{ TLID: '1', FULLNAME: 'Main St' }, { TLID: '2' }])
  const shp = writeShp([
    [
      [-70, 43],
      [-70.1, 43.1],
    ],
  ])
  const damage = fc.record({
    flips: fc.array(fc.tuple(fc.nat({ max: 2000 }), fc.nat({ max: 255 })), { maxLength: 8 }),
    keep: fc.nat({ max: 2000 }),
  })
  await fc.assert(
    fc.asyncProperty(damage, async ({ flips, keep }) => {
      for (const [whole, read] of [
        [dbf, (stream: Readable) => readRows(stream, ['TLID'])],
        [shp, readLines],
      ] as const) {
        const bytes = Buffer.from(whole.subarray(0, keep))
        for (const [at, value] of flips) if (at < bytes.length) bytes[at] = value
        await read(streamOf(bytes, 1000)).then(
          (records: readonly unknown[]) => expect(records.length).toBeLessThan(1000),
          (error: unknown) => expect(error).toBeInstanceOf(AppError),
        )
      }
    }),
    { numRuns: 500 },
  )
})

const tiger = '../shared/data/tiger'
describe.skipIf(!existsSync(tiger))('real TIGER files', () => {
  it.each([
    ['30059_addrfeat_2016/tl_2016_30059_addrfeat', 565],
    ['30059_addrfeat_2021/tl_2021_30059_addrfeat', 677],
    ['30059_addrfeat_2024/tl_2024_30059_addrfeat', 666],
  ])('%s reads as npm shapefile reads it', async (name, count) => {
    const rows = await readRows(createReadStream(`${tiger}/${name}.dbf`))
    const lines = await readLines(createReadStream(`${tiger}/${name}.shp`))
    expect([rows.length, lines.length]).toEqual([count, count])
    const oracle = await openOracle(`${tiger}/${name}.shp`, `${tiger}/${name}.dbf`, { encoding: 'utf-8' })
    for (let index = 0; index < count; index++) {
      const { value } = await oracle.read()
      expect(rows[index]).toEqual(
        Object.fromEntries(COLUMNS.map((column) => [column, String(value.properties[column] ?? '')])),
      )
      expect(lines[index]?.map(({ longitude, latitude }) => [longitude, latitude])).toEqual(value.geometry.coordinates)
    }
  })
})
