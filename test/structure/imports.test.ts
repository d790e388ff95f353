import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const repository = resolve(import.meta.dirname, '../..')

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hum-imports-'))
  await cp(join(repository, '.dependency-cruiser.mjs'), join(folder, '.dependency-cruiser.mjs'))
  await cp(join(repository, 'tsconfig.json'), join(folder, 'tsconfig.json'))
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

/** Writes a small tree of sources and says what the rule set answers: the violated rules' names, none when it passes. */
async function violatedRules(files: Record<string, string>): Promise<string[]> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  const depcruise = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [depcruise, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'src']
  const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 }).catch((error: unknown) => {
    if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) }
    throw error
  })
  const report = JSON.parse(stdout) as { summary: { totalCruised: number; violations: { rule: { name: string } }[] } }
  expect(report.summary.totalCruised).toBeGreaterThanOrEqual(Object.keys(files).length)
  return report.summary.violations.map((violation) => violation.rule.name)
}

const leaf = 'export const value = 1\n'
const importing = (path: string) => `import { value } from '${path}'\nexport const other = value\n`

describe('the import rule', () => {
  it('accepts imports that point down', async () => {
    const files = {
      'src/lib/a.ts': leaf,
      'src/dataset/b.ts': importing('../lib/a.ts'),
      'src/cli/c.ts': importing('../dataset/b.ts'),
    }
    expect(await violatedRules(files)).toEqual([])
  })

  it.each([
    ['lib', 'address'],
    ['address', 'dataset'],
    ['dataset', 'geocode'],
    ['geocode', 'internet'],
    ['internet', 'sessions'],
    ['access', 'sessions'],
    ['sessions', 'storage'],
    ['storage', 'http'],
    ['http', 'ingest'],
    ['ingest', 'cli'],
  ])('refuses an import from %s to %s', async (from, to) => {
    const files = { [`src/${to}/a.ts`]: leaf, [`src/${from}/b.ts`]: importing(`../${to}/a.ts`) }
    expect(await violatedRules(files)).toContain(`${from}-imports-down`)
  })

  it('refuses a cycle', async () => {
    const files = {
      'src/lib/a.ts': `import { b } from './b.ts'\nexport const a = (): number => b()\n`,
      'src/lib/b.ts': `import { a } from './a.ts'\nexport const b = (): number => a()\n`,
    }
    expect(await violatedRules(files)).toContain('no-cycles')
  })

  it('refuses a package inside the address library', async () => {
    expect(
      await violatedRules({
        'src/address/a.ts': `import { latLngToCell } from 'h3-js'\nexport const cell = latLngToCell(0, 0, 8)\n`,
      }),
    ).toContain('address-is-pure')
  })
})
