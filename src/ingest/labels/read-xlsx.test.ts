import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readXlsx } from './read-xlsx.ts'

const fixture = (name: string): Buffer =>
  readFileSync(resolve(import.meta.dirname, '../../../test/fixtures/labels', name))
const workbook = fixture('camel-case.xlsx')

describe('readXlsx', () => {
  it('reads every sheet under its name', async () => {
    const sheets = await readXlsx(workbook, 'camel-case.xlsx')
    expect(sheets.map(({ name, cells }) => [name, cells.length])).toEqual([
      ['About', 2],
      ['Labels', 9],
    ])
  })

  it('reads numbers as typed, results of formulas, and text of several runs', async () => {
    const [, labels] = await readXlsx(workbook, 'camel-case.xlsx')
    expect(labels?.cells[1]?.slice(0, 5)).toEqual([
      'F0098000007N300',
      'Fixed',
      'Gulf & Western Fiber',
      'Internet 300',
      '74.95',
    ])
    expect(labels?.cells[3]?.[7]).toBe('65.10')
  })

  it('reads text that stands in its cells', async () => {
    const [sheet] = await readXlsx(fixture('side-by-side.xlsx'), 'side-by-side.xlsx')
    expect(sheet?.cells[1]).toEqual(['Plan Name', 'Harbor 200', 'Harbor 400', 'Harbor Gig Fiber'])
    expect(sheet?.cells[5]).toEqual(['Introductory Rate Price', '', '54.99', ''])
  })

  it.each([
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['is no archive', () => Buffer.from('PK not a zip')],
  ])('refuses a workbook that %s', async (_, damage) => {
    await expect(readXlsx(damage(workbook), 'damaged.xlsx')).rejects.toMatchObject({ code: 'source_unreadable' })
  })
})
