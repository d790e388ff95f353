import { describe, expect, it } from 'vitest'
import { NOTHING_LOST } from '../support/fault-world.ts'
import { hasPostgres } from '../support/postgres.ts'
import { ALL_TOLD, sufferSlowReceiver } from './told-accounts.ts'

/** `npm run -s bench -- faults` kills twenty times. */
const KILLS = 3

const ENGINES = hasPostgres ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)

describe('a receiver of webhooks that hangs, is slow and refuses, while servers are killed under load', () => {
  it.each(ENGINES)(
    'makes no request fail, is told everything in the end, and keeps no other waiting, on %s',
    async (engine) => {
      const report = await sufferSlowReceiver(engine, KILLS)
      expect(report).toMatchObject({ ...NOTHING_LOST, ...ALL_TOLD, unavailable: 0 })
      expect(report.repeated).toBeGreaterThan(0)
      expect(report.meanwhile).toBeGreaterThan(0)
    },
    900_000,
  )
})
