import { describe, expect, it } from 'vitest'
import { NOTHING_LOST, sufferFaults } from '../support/fault-world.ts'
import { hasPostgres } from '../support/postgres.ts'
import { replaceServers } from './faults.ts'

/** `npm run -s bench -- faults` replaces twenty times. */
const TIMES = 2

/**
 * What callers of servers that are replaced get: their answers, whole, and no 5xx; or no byte of one. Then nothing was
 * done, and whoever finds his connection refused or closed may send any request again, to this server or another.
 */
const NOTHING_CUT = { ...NOTHING_LOST, unavailable: 0, cut: 0, doneUnanswered: [] }

describe('SIGTERM under load, of one server after the other', () => {
  it('loses nothing on SQLite', async () => {
    const report = await sufferFaults({ engine: 'sqlite' }, (world) => replaceServers(world, TIMES))
    expect(report).toMatchObject(NOTHING_CUT)
    expect(report.sessions).toBeGreaterThan(0)
  }, 300_000)

  it.skipIf(!hasPostgres)(
    'loses nothing on PostgreSQL, while another serves',
    async () => {
      const report = await sufferFaults({ engine: 'postgres' }, (world) => replaceServers(world, TIMES))
      expect(report).toMatchObject(NOTHING_CUT)
      expect(report.sessions).toBeGreaterThan(0)
    },
    300_000,
  )
})
