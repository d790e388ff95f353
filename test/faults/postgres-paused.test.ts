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
  }, 300_000)

  it('does not keep a server from ending', async () => {
    const report = await sufferFaults({ engine: 'postgres' }, async ({ servers, startAgain, suffer, postgres }) => {
      await suffer(async () => {
        await postgres.pause()
        const code = await servers[0]!.end('SIGTERM')
        await postgres.resume()
        expect(code).toBe(0)
        await startAgain(0)
      })
    })
    expect(report).toMatchObject(NOTHING_LOST)
  }, 300_000)
})
