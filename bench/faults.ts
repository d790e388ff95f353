/**
 * Faults under load, in their long form: what was answered with 201 is there afterwards, nothing is there twice, and
 * requests are served again soon after. `npm run -s bench -- faults [name]` runs one of them alone.
 *
 * The tests in `test/faults/` hold the same in their short form; here the times are measured too.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  crashPostgres,
  fillDisk,
  killServers,
  pausePostgres,
  refuseConnections,
  replaceServers,
  restartPostgres,
  swapDataSets,
} from '../test/faults/faults.ts'
import { sufferSlowReceiver } from '../test/faults/told-accounts.ts'
import { buildTwoSandboxes } from '../test/support/changed-sandbox.ts'
import { sufferFaults } from '../test/support/fault-world.ts'
import type { FaultReport } from '../test/support/fault-world.ts'
import { publishDataSet } from '../test/support/served-folder.ts'
import { makeSmallDisk } from '../test/support/small-disk.ts'
import { measureLimits } from './faults/measure-limits.ts'

const KILLS = 20
const REPLACEMENTS = 20
const PAUSE_MS = 10_000
const REFUSE_MS = 5000

const FAULTS: Readonly<Record<string, () => Promise<object>>> = {
  killSqlite: async () => count(await sufferFaults({ engine: 'sqlite' }, (world) => killServers(world, KILLS))),
  killPostgres: async () => count(await sufferFaults({ engine: 'postgres' }, (world) => killServers(world, KILLS))),
  replaceSqlite: async () =>
    count(await sufferFaults({ engine: 'sqlite' }, (world) => replaceServers(world, REPLACEMENTS))),
  replacePostgres: async () =>
    count(await sufferFaults({ engine: 'postgres' }, (world) => replaceServers(world, REPLACEMENTS))),
  slowReceiverSqlite: async () => count(await sufferSlowReceiver('sqlite', KILLS)),
  slowReceiverPostgres: async () => count(await sufferSlowReceiver('postgres', KILLS)),
  swapAndKill: async () => count(await swapAndKill()),
  restart: async () => count(await sufferFaults({ engine: 'postgres' }, restartPostgres)),
  crash: async () => count(await sufferFaults({ engine: 'postgres' }, crashPostgres)),
  refuse: async () => count(await sufferFaults({ engine: 'postgres' }, (world) => refuseConnections(world, REFUSE_MS))),
  pause: async () => count(await sufferFaults({ engine: 'postgres' }, (world) => pausePostgres(world, PAUSE_MS))),
  diskFull: async () => count(await fillSmallDisk()),
  limits: measureLimits,
}

export default async function benchFaults(names: string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(FAULTS, name))
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}: name ${Object.keys(FAULTS).join(', ')}.`)
  const figures: Record<string, object> = {}
  for (const [name, run] of Object.entries(FAULTS)) {
    if (names.length > 0 && !names.includes(name)) continue
    figures[name] = await run()
    console.log(name.padEnd(20), JSON.stringify(figures[name]))
  }
  console.log(JSON.stringify(figures))
}

/** The report with numbers in place of tokens. */
function count(report: FaultReport): object {
  return Object.fromEntries(
    Object.entries(report).map(([name, value]) => [name, Array.isArray(value) ? value.length : (value as number)]),
  )
}

async function swapAndKill(): Promise<FaultReport> {
  const folder = mkdtempSync(join(tmpdir(), 'hum-faults-'))
  try {
    const served = join(folder, 'served')
    mkdirSync(served)
    const sets = await buildTwoSandboxes(folder)
    publishDataSet(served, sets.older)
    return await sufferFaults({ engine: 'sqlite', env: { HUM_DATA: served } }, (world) =>
      swapDataSets(world, served, sets, killServers(world, 5)),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fillSmallDisk(): Promise<FaultReport> {
  const disk = makeSmallDisk('64m')
  try {
    return await sufferFaults({ engine: 'sqlite', folder: disk.path }, (world) => fillDisk(world, disk, 500))
  } finally {
    disk.remove()
  }
}
