import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBuildFolder } from './build-folder.ts'

const NOW = Date.UTC(2026, 10, 27)

/** Opens and leaves the folder again and again; holds what it was given alone meanwhile, or fails. */
const BUILDER = `
import { mkdirSync, rmdirSync } from 'node:fs'
import { openBuildFolder } from '${import.meta.dirname}/build-folder.ts'
const [out, held] = process.argv.slice(-2)
for (let times = 0; times < 300; times++) {
  const folder = openBuildFolder(out, () => ${NOW})
  const given = [folder.version, ...(folder.keepsResults ? ['results'] : [])]
  for (const name of given) mkdirSync(held + '/' + name)
  for (const name of given) rmdirSync(held + '/' + name)
  folder.discard()
}`

describe('openBuildFolder', () => {
  let out: string

  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), 'hum-build-folder-'))
  })

  afterEach(() => {
    rmSync(out, { recursive: true })
  })

  it('gives each of several processes a version of its own, and the kept results to one at a time', async () => {
    const held = join(out, 'held')
    mkdirSync(held)
    const build = (): Promise<unknown> =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', BUILDER, out, held])
    // Their clearing of remains meets each moment of the others' beginning and ending.
    await Promise.all(Array.from({ length: 6 }, build))
    expect(readdirSync(out)).toEqual(['held'])
  })

  it('counts versions up within the day, past those that are there', () => {
    writeFileSync(join(out, 'hum-26112702.sqlite'), '')
    expect(openBuildFolder(out, () => NOW).version).toBe('26112703')
  })

  it('refuses a hundredth data set of a day, and leaves nothing behind', () => {
    writeFileSync(join(out, 'hum-26112799.sqlite'), '')
    expect(() => openBuildFolder(out, () => NOW)).toThrow(expect.objectContaining({ code: 'data_set_unwritable' }))
    expect(readdirSync(out)).toEqual(['hum-26112799.sqlite'])
  })

  it('clears the claim of a process that has died', () => {
    mkdirSync(join(out, 'claim-4194999'))
    mkdirSync(join(out, 'claim-1'))
    openBuildFolder(out, () => NOW).discard()
    expect(readdirSync(out)).toEqual(['claim-1'])
  })
})
