import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildTwoSandboxes } from '../support/changed-sandbox.ts'
import { NOTHING_LOST, sufferFaults } from '../support/fault-world.ts'
import { hasPostgres } from '../support/postgres.ts'
import { publishDataSet } from '../support/served-folder.ts'
import { killServers, swapDataSets } from './faults.ts'

/** `npm run -s bench -- faults` kills twenty times. */
const TIMES = 3

describe('kill -9 at random moments under load', () => {
  it('loses nothing on SQLite, while data sets are swapped at the same time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hum-kill-'))
    try {
      const served = join(folder, 'served')
      mkdirSync(served)
      const sets = await buildTwoSandboxes(folder)
      publishDataSet(served, sets.older)
      const report = await sufferFaults({ engine: 'sqlite', env: { HUM_DATA: served } }, (world) =>
        swapDataSets(world, served, sets, killServers(world, TIMES)),
      )
      expect(report).toMatchObject(NOTHING_LOST)
      expect(report.sessions).toBeGreaterThan(0)
      expect(report.swaps).toBeGreaterThan(0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }, 600_000)

  it.skipIf(!hasPostgres)(
    'of one of two servers loses nothing on PostgreSQL',
    async () => {
      const report = await sufferFaults({ engine: 'postgres' }, (world) => killServers(world, TIMES))
      expect(report).toMatchObject(NOTHING_LOST)
      expect(report.sessions).toBeGreaterThan(0)
    },
    300_000,
  )
})
