import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPostgres, startPostgres } from '../support/postgres.ts'
import type { PostgresServer } from '../support/postgres.ts'
import { startServer } from '../support/server-process.ts'
import { EXAMPLE } from '../support/test-app.ts'

const HEADERS = { authorization: 'Bearer hum_test_sandbox', 'content-type': 'application/json' }

const SLOW = [
  { street1: '4100 Slowpoke Lane', zip: '48034' },
  { street1: '4200 Slowpoke Lane', zip: '48034' },
]

interface Meta {
  session_token: string
  agent_status: { geocoding: string; internet: string }
}

async function openSession(url: string, params: object): Promise<string> {
  const answer = await fetch(`${url}/sessions`, { method: 'POST', headers: HEADERS, body: JSON.stringify(params) })
  if (answer.status !== 201) throw new Error(`POST /sessions answered ${answer.status}`)
  return ((await answer.json()) as { meta: Meta }).meta.session_token
}

async function readSession(url: string, token: string): Promise<{ status: number; agents: string }> {
  const answer = await fetch(`${url}/sessions/${token}`, { headers: HEADERS })
  const { meta } = (await answer.json()) as { meta: Partial<Meta> }
  return { status: answer.status, agents: JSON.stringify(meta.agent_status) }
}

/**
 * Kills a server in the middle of 200 requests at the same moment, starts it again, and expects every session that was
 * answered with 201 to be there, and to have no pending agent before long.
 */
async function survivesKill(state: string, killAfter: number): Promise<void> {
  const first = await startServer({ HUM_STATE: state })
  // Slow addresses are answered after two seconds; these are stored as pending when the process dies.
  const slow = Promise.allSettled(Array.from({ length: 20 }, (_, index) => openSession(first.url, SLOW[index % 2]!)))
  await sleep(2300)
  let answered = 0
  const quick = Array.from({ length: 180 }, async () => {
    const token = await openSession(first.url, EXAMPLE)
    answered++
    if (answered === killAfter) first.child.kill('SIGKILL')
    return token
  })
  const outcomes = [...(await slow), ...(await Promise.allSettled(quick))]
  await first.end('SIGKILL')
  const tokens = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  expect(tokens.length).toBeGreaterThanOrEqual(20 + killAfter)

  const second = await startServer({ HUM_STATE: state })
  try {
    for (const token of tokens) expect((await readSession(second.url, token)).status, token).toBeLessThan(300)
    const complete = JSON.stringify({ geocoding: 'matched', internet: 'matched', checkout: 'pending' })
    await expect
      .poll(
        async () =>
          new Set(await Promise.all(tokens.map(async (token) => (await readSession(second.url, token)).agents))),
        {
          timeout: 60_000,
          interval: 1000,
        },
      )
      .toEqual(new Set([complete]))
  } finally {
    expect(await second.end('SIGTERM')).toBe(0)
  }
}

describe('kill -9 in the middle of 200 requests', () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hum-crash-'))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each([1, 60, 150])(
    'loses no session on SQLite when it comes after %i answers',
    async (killAfter) => {
      await survivesKill(join(folder, `state${killAfter}.sqlite`), killAfter)
    },
    120_000,
  )

  describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
    let postgres: PostgresServer

    beforeAll(async () => {
      postgres = await startPostgres()
    }, 60_000)

    afterAll(() => postgres.destroy())

    it('loses no session either', async () => {
      await survivesKill(await postgres.createDatabase('crash'), 60)
    }, 180_000)
  })
})
