import { Readable } from 'node:stream'
import { parse as parseOracle } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect } from '../../../test/support/collect.ts'
import { openCsv } from './read-csv.ts'

async function readCsv(text: string, pieceBytes = 5) {
  const bytes = Buffer.from(text)
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes))
  const table = await openCsv(Readable.from(pieces), 'test.csv')
  return { columns: table.columns, rows: await collect(table.rows()) }
}

const quote = (value: string) => `"${value.replaceAll('"', '""')}"`

describe('openCsv', () => {
  it('takes columns in lower case, and leaves out byte-order mark, carriage returns and empty lines', async () => {
    expect(await readCsv('\uFEFFNumber, Street\r\n\r\n12,Peñasco Ave\r\n')).toEqual({
      columns: ['number', 'street'],
      rows: [['12', 'Peñasco Ave']],
    })
  })

  it.each(['\t', '|', ';'])('tells the delimiter %j by the header', async (delimiter) => {
    const { rows } = await readCsv(`a${delimiter}b\n1,5${delimiter}2\n`)
    expect(rows).toEqual([['1,5', '2']])
  })

  it('keeps delimiters, quotes and line ends of a quoted cell', async () => {
    expect((await readCsv('a,b\n"x, ""y""\nz",2\n')).rows).toEqual([['x, "y"\nz', '2']])
  })

  it('takes a quote inside a cell as text', async () => {
    expect((await readCsv('a,b\n5" Pipe Rd,2\n')).rows).toEqual([['5" Pipe Rd', '2']])
  })

  it('loses only the row that opens a quote and never closes it', async () => {
    const following = Array.from({ length: 60 }, (_, index) => `${index},ok`)
    const { rows } = await readCsv(['a,b', '"12,Main St', ...following].join('\n'))
    expect(rows).toEqual([undefined, ...following.map((line) => line.split(','))])
  })

  it('loses only the rows that open quotes, however long the lines and many the quotes', async () => {
    const long = 'x'.repeat(5000)
    const lines = Array.from({ length: 2000 }, (_, index) => (index % 25 === 0 ? `"${long},y` : `${long},y`))
    const { rows } = await readCsv(['a,b', ...lines].join('\n'), 1 << 18)
    expect(rows.length).toBe(2000)
    expect(rows.flatMap((row, index) => (row ? [] : [index]))).toEqual(Array.from({ length: 80 }, (_, nth) => nth * 25))
  })

  it('refuses an empty file', async () => {
    await expect(readCsv('\n')).rejects.toThrow('test.csv is empty.')
  })

  it('reads every well-formed table as csv-parse reads it', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', ';') })
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = ['x,y,z', ...rows.map((row) => row.map(quote).join(','))].join('\n')
        expect((await readCsv(text, 7)).rows).toEqual(parseOracle(text, { from_line: 2 }))
      }),
    )
  })
})
