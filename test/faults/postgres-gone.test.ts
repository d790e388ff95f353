import { describe, expect, it } from 'vitest'
import { NOTHING_LOST, sufferFaults } from '../support/fault-world.ts'
import { hasPostgres } from '../support/postgres.ts'
import { crashPostgres, refuseConnections, restartPostgres } from './faults.ts'

describe.skipIf(!hasPostgres)('a PostgreSQL that is restarted, crashes and refuses connections under load', () => {
  it('loses nothing, is told as 503, and is used again as soon as it is back', async () => {
    const report = await sufferFaults({ engine: 'postgres' }, async (world) => {
      await restartPostgres(world)
      await crashPostgres(world)
      await refuseConnections(world, 2000)
    })
    expect(report).toMatchObject(NOTHING_LOST)
    expect(report.failed).toBeGreaterThan(0)
  }, 600_000)
})
