import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildDataSet } from '../../src/ingest/build-data-set.ts'

const SANDBOX = resolve(import.meta.dirname, '../../data/sandbox')

/** Two data sets of the sandbox region in one folder, which tell every place and every speed differently. */
export interface TwoDataSets {
  readonly older: { readonly path: string; readonly version: string }
  readonly newer: { readonly path: string; readonly version: string }
}

/** Builds the sandbox as it is, and once more with all streets moved 11 m and all filed speeds 1 Mbps higher. */
export async function buildTwoSandboxes(folder: string): Promise<TwoDataSets> {
  const [asItIs, changed] = [join(folder, 'sandbox'), join(folder, 'changed')]
  cpSync(SANDBOX, asItIs, { recursive: true })
  cpSync(asItIs, changed, { recursive: true })
  for (const file of globSync('{tiger,points}/*.csv', { cwd: changed })) {
    edit(join(changed, file), (text) => text.replaceAll(/(?<=[ ,])([34]\d\.\d{5})(\d+)/g, moveNorth))
  }
  for (const file of globSync('bdc/*fixed_broadband*.csv', { cwd: changed })) {
    edit(join(changed, file), (text) => text.replaceAll(/,(\d+)(,\d+,[01],[BRX],)/g, raiseSpeed))
  }
  const out = join(folder, 'built')
  const build = async (sources: string, day: number) => {
    const options = { mixed: [sources], out, isSandbox: true }
    return await buildDataSet(options, { clock: () => Date.UTC(2026, 9, day), report: () => {} })
  }
  return { older: await build(asItIs, 1), newer: await build(changed, 2) }
}

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, 'utf8')
  const after = change(before)
  if (file.includes('addrfeat') && after === before) throw new Error(`${file} has nothing to change.`)
  writeFileSync(file, after)
}

const moveNorth = (_all: string, latitude: string, rest: string): string =>
  `${(Number(latitude) + 0.0001).toFixed(5)}${rest}`

const raiseSpeed = (_all: string, mbps: string, rest: string): string => `,${Number(mbps) + 1}${rest}`
