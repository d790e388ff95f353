import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readXlsx } from './read-xlsx.ts'

const workbook = resolve(import.meta.dirname, '../../../test/fixtures/labels/camel-case.xlsx')
const sideBySide = resolve(import.meta.dirname, '../../../test/fixtures/labels/side-by-side.xlsx')

describe('readXlsx', () => {
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hum-xlsx-'))
  })

  afterAll(() => rm(folder, { recursive: true }))

  it('reads every sheet under its name', async () => {
    const sheets = await readXlsx(workbook)
    expect(sheets.map(({ name, cells }) => [name, cells.length])).toEqual([
      ['About', 2],
      ['Labels', 9],
    ])
  })

  it('reads numbers as typed, results of formulas, and text of several runs', async () => {
    const [, labels] = await readXlsx(workbook)
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
    const [sheet] = await readXlsx(sideBySide)
    expect(sheet?.cells[1]).toEqual(['Plan Name', 'Harbor 200', 'Harbor 400', 'Harbor Gig Fiber'])
    expect(sheet?.cells[5]).toEqual(['Introductory Rate Price', '', '54.99'])
  })

  it.each([
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['is no archive', () => Buffer.from('PK not a zip')],
  ])('refuses a workbook that %s', async (_, damage) => {
    const file = join(folder, 'damaged.xlsx')
    writeFileSync(file, damage(readFileSync(workbook)))
    await expect(readXlsx(file)).rejects.toMatchObject({ code: 'source_unreadable' })
  })
})
