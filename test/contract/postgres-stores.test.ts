import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openState } from '../../src/storage/open-state.ts'
import { hasPostgres, startPostgres } from '../support/postgres.ts'
import type { PostgresServer } from '../support/postgres.ts'
import { describeApiTokenStore } from './api-token-store.ts'
import { describeIdempotencyStore } from './idempotency-store.ts'
import { describeClickStore } from './click-store.ts'
import { describeSessionStore } from './session-store.ts'

describe.skipIf(!hasPostgres)('PostgreSQL', () => {
  let server: PostgresServer
  let databases = 0

  beforeAll(async () => {
    server = await startPostgres()
  }, 60_000)

  afterAll(() => server.destroy())

  const createDatabase = () => server.createDatabase(`hum${++databases}`)
  const open = async () => openState({ engine: 'postgres', url: await createDatabase() })

  describeSessionStore('PostgreSQL', open)
  describeClickStore('PostgreSQL', open)
  describeApiTokenStore('PostgreSQL', open)
  describeIdempotencyStore('PostgreSQL', open)

  it('gets its tables once when ten processes open it at the same moment', async () => {
    const url = await createDatabase()
    const states = await Promise.all(Array.from({ length: 10 }, () => openState({ engine: 'postgres', url })))
    for (const state of states) {
      expect(await state.sessions.find('unknown')).toBeUndefined()
      await state.close()
    }
  })

  it('lets exactly the limit through when eight processes count 10,000 requests', async () => {
    const url = await createDatabase()
    const states = await Promise.all(Array.from({ length: 8 }, () => openState({ engine: 'postgres', url })))
    let now = 60_000_000
    const limiters = states.map((state) => state.createRateLimiter(() => now))
    const rule = { limit: 100, windowMs: 60_000 }
    for (let window = 0; window < 3; window++) {
      const allowed = await Promise.all(
        Array.from({ length: 10_000 }, async (_, request) => {
          if (request % 100 === 0) await nextTurn()
          return (await limiters[request % 8]!.take('token x', rule, 1)).isAllowed
        }),
      )
      expect(allowed.filter(Boolean)).toHaveLength(100)
      now += 60_000
    }
    for (const state of states) await state.close()
  }, 90_000)

  it('says what to do when the server cannot be reached', async () => {
    await expect(openState({ engine: 'postgres', url: 'postgres://hum@127.0.0.1:1/hum' })).rejects.toMatchObject({
      code: 'state_unavailable',
      message: expect.stringContaining('HUM_STATE') as string,
    })
  })

  it('answers again after the server was restarted, and says state_unavailable while it is down', async () => {
    const state = await openState({ engine: 'postgres', url: await createDatabase() })
    await server.stop()
    await expect(state.sessions.find('unknown')).rejects.toMatchObject({ code: 'state_unavailable' })
    await server.start()
    expect(await state.sessions.find('unknown')).toBeUndefined()
    await state.close()
  }, 90_000)
})
