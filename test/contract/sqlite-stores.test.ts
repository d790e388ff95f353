import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openState } from '../../src/storage/open-state.ts'
import { sqliteCountEnded } from '../../src/storage/count-ended.ts'
import { sqlUsageStore } from '../../src/storage/sql-usage-store.ts'
import { sqliteSqlState } from '../../src/storage/sqlite-sql-state.ts'
import { sqliteSessionStore } from '../../src/storage/sqlite-session-store.ts'
import { openSqliteState } from '../../src/storage/sqlite-state.ts'
import { openSqliteWriter } from '../../src/storage/sqlite-writer.ts'
import { describeAgentQueue } from './agent-queue.ts'
import { describeApiTokenStore } from './api-token-store.ts'
import { describeIdempotencyStore } from './idempotency-store.ts'
import { describeUsageStore } from './usage-store.ts'
import { describeSessionStore } from './session-store.ts'
import { describeWebhookStore } from './webhook-store.ts'

const openInMemory = () => openState({ engine: 'sqlite', file: ':memory:' })

describeSessionStore('SQLite in memory', openInMemory)
describeUsageStore('SQLite in memory', openInMemory)
describeWebhookStore('SQLite in memory', openInMemory)
describeApiTokenStore('SQLite in memory', openInMemory)
describeIdempotencyStore('SQLite in memory', openInMemory)

describe('SQLite in a file', () => {
  let folder: string
  let files = 0

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hum-state-'))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const openFile = () => openState({ engine: 'sqlite', file: join(folder, `${++files}`, 'state.sqlite') })

  describeSessionStore('SQLite', openFile)
  describeSessionStore('SQLite, with each session read from the file', async () => {
    const db = openSqliteState(join(folder, `${++files}`, 'state.sqlite'))
    const writer = openSqliteWriter(db)
    return {
      sessions: {
        ...sqliteSessionStore(db, writer),
        find: (token) => sqliteSessionStore(db, writer).find(token),
      },
      usage: sqlUsageStore(sqliteSqlState(db, writer), sqliteCountEnded(db)),
      close: async () => {
        writer.close()
        db.close()
      },
    }
  })
  describeUsageStore('SQLite', openFile)
  describeWebhookStore('SQLite', openFile)
  describeApiTokenStore('SQLite', openFile)
  describeIdempotencyStore('SQLite', openFile)
  describeAgentQueue(
    'SQLite',
    async () => {
      const file = join(folder, `${++files}`, 'state.sqlite')
      return () => openState({ engine: 'sqlite', file })
    },
    { isShared: false },
  )

  it.each([false, true])('says what to do where the file cannot be made, for a server: %s', async (isServer) => {
    const location = { engine: 'sqlite', file: '/dev/null/state.sqlite' } as const
    await expect(openState(location, { isServer })).rejects.toMatchObject({
      code: 'state_unavailable',
      message: expect.stringContaining('Set HUM_STATE to a file') as string,
    })
  })

  it('is for one server at a time, and for commands beside it', async () => {
    const location = { engine: 'sqlite', file: join(folder, 'held.sqlite') } as const
    const server = await openState(location, { isServer: true })
    await expect(openState(location, { isServer: true })).rejects.toMatchObject({
      code: 'state_unavailable',
      message: expect.stringContaining('Another Hum server') as string,
    })
    const command = await openState(location)
    expect(await command.tokens.list()).toEqual(await server.tokens.list())
    await command.close()
    await server.close()
    await (await openState(location, { isServer: true })).close()
  })
})
