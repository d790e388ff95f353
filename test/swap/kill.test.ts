import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataSetFileName, listDataSetVersions } from '../../src/dataset/data-set-file.ts'
import { holdDataSet } from '../../src/dataset/data-set-holder.ts'
import { openDataSet } from '../../src/dataset/data-set.ts'
import { packDataSet } from '../../src/dataset/pack/pack-data-set.ts'
import { verifyDataSet } from '../../src/dataset/verify-data-set.ts'
import { buildTwoSandboxes } from '../support/changed-sandbox.ts'
import type { TwoDataSets } from '../support/changed-sandbox.ts'
import { publishDataSet } from '../support/served-folder.ts'
import { startServer } from '../support/server-process.ts'

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts')
const SANDBOX = resolve(import.meta.dirname, '../../data/sandbox')
const MOMENTS = 10

let folder: string
let served: string
let sets: TwoDataSets

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hum-kill-'))
  served = join(folder, 'served')
  mkdirSync(served)
  sets = await buildTwoSandboxes(folder)
}, 60_000)

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a command of Hum and kills it after so long, unless it was quicker. Comes back with how long it ran. */
async function runAndKill(
  args: readonly string[],
  killAfterMs = Infinity,
): Promise<{ ms: number; code: number | null }> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'ignore' })
  const timer = killAfterMs === Infinity ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const code = await new Promise<number | null>((ended) => {
    child.once('exit', ended)
  })
  clearTimeout(timer)
  return { ms: performance.now() - startedAt, code }
}

/** Moments spread over the whole run, none of them foreseeable. */
const randomMoments = (ms: number) =>
  Array.from({ length: MOMENTS }, (_, index) => ((index + Math.random()) * ms) / MOMENTS)

/** Every data set that a server could see is whole. */
async function expectAllWhole(): Promise<void> {
  for (const version of listDataSetVersions(served)) await verifyDataSet(join(served, dataSetFileName(version)))
}

const publish = (dataSet: { path: string }): void => publishDataSet(served, dataSet)

describe('kill -9', () => {
  it('of a build never damages a data set, and the next build finishes', async () => {
    publish(sets.older)
    const before = readFileSync(join(served, basename(sets.older.path)))
    const build = ['data', 'build', SANDBOX, '--sandbox', '--out', served]
    const { ms, code } = await runAndKill(['data', 'build', SANDBOX, '--sandbox', '--out', join(folder, 'timed')])
    expect(code).toBe(0)
    for (const moment of randomMoments(ms)) {
      await runAndKill(build, moment)
      expect(readFileSync(join(served, basename(sets.older.path))).equals(before)).toBe(true)
      await expectAllWhole()
    }
    expect((await runAndKill(build)).code).toBe(0)
    await expectAllWhole()
    const names = readdirSync(served)
    expect(names.filter((name) => !/^(kept|hum-\d{8}\.(sqlite|json))$/.test(name))).toEqual([])
    expect(names.filter((name) => name.endsWith('.sqlite')).length).toBeGreaterThanOrEqual(2)
  }, 300_000)

  it('of an unpacking never leaves half a data set, and the next one finishes', async () => {
    const pack = join(folder, 'pack.tar.zst')
    await packDataSet(sets.newer.path, pack)
    publish(sets.older)
    const unpack = ['data', 'unpack', pack, '--into', served]
    const { ms } = await runAndKill(['data', 'unpack', pack, '--into', join(folder, 'timed')])
    for (const moment of randomMoments(ms)) {
      await runAndKill(unpack, moment)
      await expectAllWhole()
    }
    expect((await runAndKill(unpack)).code).toBe(0)
    expect(listDataSetVersions(served)).toEqual([sets.older.version, sets.newer.version])
    await expectAllWhole()
    expect(readdirSync(served).filter((name) => !name.startsWith('hum-'))).toEqual([])
  }, 300_000)

  it('of a server in the middle of a swap leaves a server that starts, on a whole data set', async () => {
    const settings = { HUM_DATA: served, HUM_STATE: join(folder, 'state.sqlite') }
    for (const moment of randomMoments(150)) {
      rmSync(served, { recursive: true })
      mkdirSync(served)
      publish(sets.older)
      const server = await startServer(settings)
      publish(sets.newer)
      server.child.kill('SIGHUP')
      await sleep(moment)
      await server.end('SIGKILL')
      await expectAllWhole()
      const held = holdDataSet({ path: served, open: openDataSet, onChange: () => {} })
      expect(held.current().version).toBe(sets.newer.version)
      await held.close()
    }
    const again = await startServer(settings)
    expect(again.output()).toContain(`data set ${sets.newer.version}`)
    expect(await again.end('SIGTERM')).toBe(0)
  }, 300_000)
})
