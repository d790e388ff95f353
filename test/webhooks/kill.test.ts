import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openState } from '../../src/storage/open-state.ts'
import { hasPostgres, startPostgres } from '../support/postgres.ts'
import type { PostgresServer } from '../support/postgres.ts'
import { startServer } from '../support/server-process.ts'
import { EXAMPLE } from '../support/test-app.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'

const HEADERS = { authorization: 'Bearer hum_test_sandbox', 'content-type': 'application/json' }
const SECRETS = [{ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }]

type Location = Parameters<typeof openState>[0]

async function openSession(url: string): Promise<string> {
  const answer = await fetch(`${url}/sessions`, { method: 'POST', headers: HEADERS, body: JSON.stringify(EXAMPLE) })
  if (answer.status !== 201) throw new Error(`POST /sessions answered ${answer.status}`)
  return answer.headers.get('session_token') ?? ''
}

/**
 * Kills a server right after it has answered, while messages are on their way or not yet begun, and expects each session
 * that was answered to be told of by the next process, and whatever came twice to have its id again.
 */
async function losesNothing(location: Location): Promise<void> {
  const receiver = await startWebhookReceiver()
  const state = await openState(location)
  await state.webhooks.put({ accountId: 'sandbox', url: receiver.url, secrets: SECRETS, createdAt: Date.now() })
  await state.close()
  const env = {
    HUM_STATE: location.engine === 'postgres' ? location.url : location.file,
    HUM_WEBHOOK_NETWORKS: 'loopback',
  }
  const first = await startServer(env)
  // Half of what arrives is not answered, so that the process dies over it.
  receiver.answer = (_request, response) => {
    if (receiver.received.length % 2 === 0) response.writeHead(204).end()
  }
  const tokens: string[] = []
  const opened = Array.from({ length: 60 }, async () => {
    tokens.push(await openSession(first.url))
    if (tokens.length === 30) first.child.kill('SIGKILL')
  })
  await Promise.allSettled(opened)
  await first.end('SIGKILL')
  receiver.answer = (_request, response) => response.writeHead(204).end()
  const second = await startServer(env)
  try {
    const told = () => new Set(receiver.received.map(({ data }) => data['session_token']))
    await expect
      .poll(() => tokens.filter((token) => !told().has(token)), { timeout: 90_000, interval: 500 })
      .toEqual([])
    const ids = new Map<unknown, Set<string>>()
    for (const { id, data } of receiver.received) {
      const token = data['session_token']
      ids.set(token, (ids.get(token) ?? new Set()).add(id))
    }
    expect([...ids.values()].filter((own) => own.size > 1)).toEqual([])
    for (const delivery of receiver.received) receiver.verify(SECRETS[0]!.secret, delivery)
  } finally {
    expect(await second.end('SIGTERM')).toBe(0)
    await receiver.close()
  }
}

describe('kill -9 between an answer and the delivery of what it tells', () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hum-webhooks-'))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it(
    'loses no message on SQLite',
    () => losesNothing({ engine: 'sqlite', file: join(folder, 'state.sqlite') }),
    180_000,
  )

  describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
    let postgres: PostgresServer

    beforeAll(async () => {
      postgres = await startPostgres()
    }, 60_000)

    afterAll(() => postgres.destroy())

    it('loses no message either', async () => {
      await losesNothing({ engine: 'postgres', url: await postgres.createDatabase('killed') })
    }, 180_000)
  })
})
