import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgresState } from '../../src/storage/postgres-state.ts'
import { openState } from '../../src/storage/open-state.ts'
import { hasPostgres, startPostgres } from '../support/postgres.ts'
import type { PostgresServer } from '../support/postgres.ts'
import { describeAgentQueue } from './agent-queue.ts'
import { describeApiTokenStore } from './api-token-store.ts'
import { describeIdempotencyStore } from './idempotency-store.ts'
import { describeUsageStore } from './usage-store.ts'
import { describeSessionStore } from './session-store.ts'
import { describeWebhookStore } from './webhook-store.ts'

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
  describeUsageStore('PostgreSQL', open)
  describeWebhookStore('PostgreSQL', open)
  describeApiTokenStore('PostgreSQL', open)
  describeIdempotencyStore('PostgreSQL', open)
  describeAgentQueue(
    'PostgreSQL',
    async () => {
      const url = await createDatabase()
      return () => openState({ engine: 'postgres', url }, { takeOverMs: 0 })
    },
    { isShared: true },
  )

  it('gets its tables once when ten processes open it and start on its queue at the same moment', async () => {
    const url = await createDatabase()
    const states = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const state = await openState({ engine: 'postgres', url })
        await state.agentQueue.start(
          async () => {},
          (error) => expect.unreachable(String(error)),
        )
        return state
      }),
    )
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

  it('counts on when a clock is set back by moments, and begins anew when it is set back by more', async () => {
    const state = await openState({ engine: 'postgres', url: await createDatabase() })
    let now = 60_000_000
    const take = () => state.createRateLimiter(() => now).take('token x', { limit: 2, windowMs: 60_000 }, 1)
    expect(await take()).toMatchObject({ isAllowed: true, resetsAt: 60_060_000 })
    now -= 5000
    expect(await take()).toMatchObject({ isAllowed: true, remaining: 0, resetsAt: 60_060_000 })
    expect(await take()).toMatchObject({ isAllowed: false, resetsAt: 60_060_000 })
    now -= 3_600_000
    expect(await take()).toMatchObject({ isAllowed: true, remaining: 1, resetsAt: 56_400_000 })
    await state.close()
  })

  it('forgets windows that are over', async () => {
    const url = await createDatabase()
    const state = await openState({ engine: 'postgres', url })
    let now = 60_000_000
    const limiter = state.createRateLimiter(() => now)
    const rule = { limit: 1, windowMs: 60_000 }
    await Promise.all(Array.from({ length: 50 }, async (_, index) => limiter.take(`token ${index}`, rule, 1)))
    const client = new Client(url)
    await client.connect()
    const count = async () => (await client.query<{ count: string }>('SELECT count(*) FROM rate_window')).rows[0]?.count
    await limiter.forgetEnded()
    expect(await count()).toBe('50')
    expect(await limiter.take('token 1', rule, 1)).toMatchObject({ isAllowed: false })
    now += 3_600_000
    await limiter.forgetEnded()
    expect(await count()).toBe('0')
    await client.end()
    await state.close()
  })

  it('lets two processes write down at once when the same sessions were seen', async () => {
    const url = await createDatabase()
    const [one, other] = await Promise.all([
      openState({ engine: 'postgres', url }),
      openState({ engine: 'postgres', url }),
    ])
    const tokens = Array.from({ length: 500 }, (_, index) => `session-${index}`)
    const times = { createdAt: 1, updatedAt: 1, lastSeenAt: 1 }
    const params = { street1: '1 MAIN ST', zip: '48034' }
    const failed = { outcome: 'failed', reason: 'street_unknown', suggestions: [] } as const
    const reports = { geocoding: failed, internet: { outcome: 'failed', reason: 'place_unknown' } } as const
    for (const token of tokens) {
      await one.sessions.insert({ token, accountId: 'a', kind: 'live', params, ...times, ...reports })
    }
    const seen = new Map(tokens.map((token) => [token, 2]))
    const backwards = new Map(tokens.toReversed().map((token) => [token, 3]))
    for (let round = 0; round < 40; round++) {
      await Promise.all([one.sessions.recordSeen(seen), other.sessions.recordSeen(backwards)])
    }
    expect(await one.sessions.find('session-0')).toMatchObject({ lastSeenAt: 3 })
    await one.close()
    await other.close()
  })

  it('says what to do when the server cannot be reached', async () => {
    await expect(openState({ engine: 'postgres', url: 'postgres://hum@127.0.0.1:1/hum' })).rejects.toMatchObject({
      code: 'state_unavailable',
      message: expect.stringContaining('HUM_STATE') as string,
    })
  })

  it('outlives a connection that breaks between two statements of a transaction', async () => {
    const url = await createDatabase()
    const db = await openPostgresState(url)
    const admin = new Client(url)
    await admin.connect()
    const work = db.transaction(async (run) => {
      const { rows } = await run({ text: 'SELECT pg_backend_pid() AS pid' }, [])
      await admin.query('SELECT pg_terminate_backend($1, 5000)', [(rows[0] as { pid: number }).pid])
      await sleep(100)
      await run({ text: 'SELECT 1' }, [])
    })
    await expect(work).rejects.toMatchObject({ code: 'state_unavailable' })
    expect(await db.read('SELECT 1 AS one')).toEqual([{ one: 1 }])
    await admin.end()
    await db.close()
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
