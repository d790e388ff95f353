import { describe, expect, it } from 'vitest'
import { NOTHING_LOST, sufferFaults } from '../support/fault-world.ts'
import { hasPostgres } from '../support/postgres.ts'
import { pausePostgres } from './faults.ts'

/** Longer than a statement is waited for. `npm run -s bench -- faults` holds it for ten seconds. */
const PAUSE_MS = 6500

describe.skipIf(!hasPostgres)('a PostgreSQL that keeps its connections and answers nothing', () => {
  it('loses nothing, opens no session twice, and leaves no connection unusable', async () => {
    const report = await sufferFaults({ engine: 'postgres' }, (world) => pausePostgres(world, PAUSE_MS))
    expect(report).toMatchObject(NOTHING_LOST)
    expect(report.failed).toBeGreaterThan(0)
  }, 600_000)
})
