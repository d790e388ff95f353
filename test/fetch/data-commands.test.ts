import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTwoSandboxes } from '../support/changed-sandbox.ts'
import type { TwoDataSets } from '../support/changed-sandbox.ts'
import { layOutPublicData } from '../support/public-data-layout.ts'
import { startPublicDataServer } from '../support/public-data-server.ts'
import type { PublicDataServer } from '../support/public-data-server.ts'

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts')

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hum-commands-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ran {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

async function hum(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, 'data', ...args], { env: { PATH: process.env['PATH'], ...env } })
  const ended = new Promise<number | null>((end) => {
    child.once('exit', end)
  })
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, output, errors }
}

/** Each test starts the command anew, several times. */
const TIMEOUT = { timeout: 30_000 }

describe('hum data fetch', TIMEOUT, () => {
  const SECRET = 'secret-token-of-44-characters-aaaaaaaaaaaaaa'
  let server: PublicDataServer
  let env: Record<string, string>

  beforeAll(async () => {
    server = await startPublicDataServer()
    await layOutPublicData(server)
    server.account = { below: '/api/public/map', username: 'someone@example.org', hashValue: SECRET }
    env = {
      HUM_TIGER_URL: `${server.url}/geo/tiger`,
      HUM_FCC_URL: `${server.url}/api/public/map`,
      HUM_GEONAMES_URL: `${server.url}/export/zip`,
      HUM_FCC_USERNAME: 'someone@example.org',
      HUM_FCC_HASH_VALUE: SECRET,
    }
  })

  afterAll(() => server.close())

  it('only says what it would fetch in a dry run', async () => {
    const into = join(folder, 'dry')
    const { code, output } = await hum(['fetch', '--state', 'ME', '--into', into, '--dry-run'], env)
    expect(code).toBe(0)
    expect(output.split('\n')).toContain('TIGER/Line 2025 ADDRFEAT             2 files, about 6.5 MB')
    expect(output).toMatch(/Together +9 files, about 16\.3 MB, 1 of unknown size/)
    expect(existsSync(into)).toBe(false)
  })

  it('fetches, in plain lines where there is no terminal, and a build takes the folder as it is', async () => {
    const into = join(folder, 'sources')
    const fetched = await hum(['fetch', '--state', 'maine', '--into', into], env)
    expect(fetched.code).toBe(0)
    expect(fetched.errors.trim().split('\n')).toHaveLength(9)
    expect(fetched.errors).toMatch(/^9\/9 \S+\.zip {2}\d+ bytes$/m)
    expect(fetched.errors + fetched.output).not.toContain(SECRET)
    expect(fetched.errors + fetched.output).not.toContain('someone@example.org')
    const built = await hum(['build', into, '--out', join(folder, 'built'), '--json'])
    expect(built.code).toBe(0)
    const { sources, setAside } = JSON.parse(built.output) as {
      sources: { kind: string; retrievedOn?: string }[]
      setAside: { file: string }[]
    }
    expect(sources).toHaveLength(9)
    expect(sources.every(({ retrievedOn }) => /^\d{4}-\d\d-\d\d$/.test(retrievedOn ?? ''))).toBe(true)
    expect(setAside.map(({ file }) => file)).toEqual(['readme.txt'])
  })

  it('names what could not be fetched and ends with 1', async () => {
    server.faults.set('/export/zip/US.zip', [{ kind: 'status', status: 403 }])
    const { code, errors } = await hum(['fetch', '--state', 'ME', '--into', join(folder, 'failing')], env)
    expect(code).toBe(1)
    expect(errors).toContain('/export/zip/US.zip answers 403.')
    expect(errors).toContain('hum: 1 file could not be fetched. Run the command again for the rest.')
  })

  it('says what to check when the FCC refuses the account, and does not show it', async () => {
    const wrong = { ...env, HUM_FCC_HASH_VALUE: 'wrong-secret' }
    const { code, errors, output } = await hum(['fetch', '--state', 'ME', '--into', join(folder, 'refused')], wrong)
    expect(code).toBe(1)
    expect(errors).toContain('refuses the account (401). Check HUM_FCC_USERNAME and HUM_FCC_HASH_VALUE')
    expect(errors + output).not.toContain('wrong-secret')
  })
})

describe('looking after data sets', TIMEOUT, () => {
  let sets: TwoDataSets

  beforeAll(async () => {
    sets = await buildTwoSandboxes(folder)
  }, 60_000)

  it('checks a data set, down to looking its own addresses up', async () => {
    const { code, output } = await hum(['check', '--data', sets.newer.path])
    expect(output).toMatch(/^ok {6}look-ups {2}(\d+) of \1 addresses in it are found, \d+ with providers$/m)
    expect(code).toBe(0)
  })

  it('ends with 1 when a data set did not pass', async () => {
    const damaged = join(folder, 'damaged.sqlite')
    const bytes = readFileSync(sets.newer.path)
    bytes.fill(0x5a, bytes.length - 9_000, bytes.length - 8_500)
    writeFileSync(damaged, bytes)
    writeFileSync(join(folder, 'damaged.json'), readFileSync(sets.newer.path.replace('.sqlite', '.json')))
    const { code, output, errors } = await hum(['check', '--data', damaged, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(output)).toMatchObject({ passed: false })
    expect(errors).toMatch(/hum: The data set did not pass \d of \d checks\./)
  })

  it('says what changed, and writes every change into a CSV file', async () => {
    const csv = join(folder, 'changes.csv')
    const { code, output } = await hum(['diff', sets.older.path, sets.newer.path, '--csv', csv, '--json'])
    expect(code).toBe(0)
    const { changes } = JSON.parse(output) as { changes: Record<string, number> }
    // Every speed was raised by 1 Mbps.
    expect(changes).toMatchObject({ added: 0, gone: 0, slower: 0, unchanged: 0 })
    const rows = readFileSync(csv, 'utf8').trimEnd().split('\n')
    expect(rows).toHaveLength(1 + (changes['faster'] ?? 0))
    expect(rows[1]).toMatch(/^\d{15},\d+,.+,\d+,[A-Za-z ]+,faster,\d+,\d+,\d+,\d+,\d+,\d+$/)
  })

  it('packs and unpacks to the same data set', async () => {
    const pack = join(folder, 'pack.tar.zst')
    expect((await hum(['pack', '--data', sets.newer.path, '--out', pack])).code).toBe(0)
    const into = join(folder, 'unpacked')
    const { code, output } = await hum(['unpack', pack, '--into', into])
    expect(code).toBe(0)
    expect(output).toContain(`Data set ${sets.newer.version} is ready`)
    expect((await hum(['check', '--data', into])).code).toBe(0)
  })
})
