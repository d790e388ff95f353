import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSmallDataSet } from '../../test/support/write-small-data-set.ts'
import { checkDataSet } from './check-data-set.ts'
import { manifestFile } from './manifest.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hum-check-'))
  file = await writeSmallDataSet(folder, '26100201')
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** What did not pass, with what is wrong. */
async function faults(): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for await (const { check, passed, finding } of checkDataSet(file)) if (!passed) found[check] = finding
  return found
}

function changeDataSet(statement: string): void {
  const db = new Database(file)
  db.exec(statement)
  db.close()
}

function changeManifest(change: (manifest: Record<string, unknown>) => void): void {
  const manifest = JSON.parse(readFileSync(manifestFile(file), 'utf8')) as Record<string, unknown>
  change(manifest)
  writeFileSync(manifestFile(file), JSON.stringify(manifest))
}

describe('checkDataSet', () => {
  it('finds nothing wrong with a sound data set', async () => {
    const checks: string[] = []
    for await (const { check } of checkDataSet(file)) checks.push(check)
    expect(checks).toEqual(['manifest', 'bytes', 'schema', 'pages', 'rows', 'sources'])
    expect(await faults()).toEqual({})
  })

  it('says that a file is cut short', async () => {
    truncateSync(file, 20_000)
    expect((await faults())['bytes']).toMatch(/has 20000 bytes where its manifest says/)
  })

  it('finds changed bytes that are no fault in the eyes of SQLite', async () => {
    changeDataSet("UPDATE padding SET text = 'changed' WHERE rowid = 1")
    expect(Object.keys(await faults())).toEqual(['bytes'])
  })

  it('finds damaged pages', async () => {
    const bytes = readFileSync(file)
    const page = Math.floor(bytes.length / 2 / 8_192) * 8_192
    bytes.fill(0x5a, page, page + 8_192)
    writeFileSync(file, bytes)
    expect(Object.keys(await faults())).toContain('pages')
  })

  it('finds rows that are missing', async () => {
    changeDataSet('DELETE FROM padding WHERE rowid <= 10')
    expect((await faults())['rows']).toBe('padding has 2,990 rows where the manifest says 3,000')
  })

  it('finds rows of a source that nobody counted', async () => {
    changeDataSet('UPDATE source SET rows_kept = 1')
    expect((await faults())['sources']).toBe('1 rows of US.txt are unaccounted for')
  })

  it('finds the manifest of another data set', async () => {
    changeManifest((manifest) => void (manifest['version'] = '26100209'))
    expect((await faults())['sources']).toBe('the data set is 26100201, the manifest that of 26100209')
  })

  it.each([
    [99, 'newer than this Hum. Update Hum.'],
    [0, 'older than this Hum. Build it again.'],
  ])('refuses schema %i and says what to do', async (schema, advice) => {
    changeDataSet(`UPDATE meta SET value = '${schema}' WHERE key = 'schema_version'`)
    expect((await faults())['schema']).toBe(`The data set has schema ${schema}, ${advice}`)
  })

  it('says that there is no manifest', async () => {
    rmSync(manifestFile(file))
    expect(Object.keys(await faults())).toEqual(['manifest'])
  })

  it('says that a manifest is no JSON', async () => {
    writeFileSync(manifestFile(file), '{')
    expect((await faults())['manifest']).toMatch(/manifest beside the data set is damaged/)
  })
})
