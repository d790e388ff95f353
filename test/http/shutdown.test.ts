import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { readSettings } from '../../src/config.ts'
import { openState } from '../../src/storage/open-state.ts'
import { describeOnPostgres, describeServersOnEachEngine } from '../support/each-engine.ts'
import { startServer } from '../support/server-process.ts'
import type { ServerProcess } from '../support/server-process.ts'

const SLOW = { street1: '4100 Slowpoke Lane', zip: '48034' }
const PATIENCE = { timeout: 60_000, interval: 100 }

const openStateAt = (place: string) => openState(readSettings({ HUM_STATE: place }).state)

/** How many sessions a server has stored, by its own count. */
async function countStored({ url }: ServerProcess): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  return Number(/hum_state_duration_seconds_count\{call="sessions\.insert",result="ok"\} (\d+)/.exec(metrics)?.[1] ?? 0)
}

describeServersOnEachEngine('SIGTERM under load', (createPlace) => {
  it('lets what has arrived be answered and agents finish, keeps every session, and ends with 0', async () => {
    const place = await createPlace()
    const server = await startServer({ HUM_STATE: place, HUM_METRICS: 'on' })
    const slow = Array.from({ length: 10 }, () => server.open(SLOW))
    await expect.poll(() => countStored(server), PATIENCE).toBe(10)
    let isStopping = false
    const tokens: string[] = []
    const callers = Array.from({ length: 20 }, async () => {
      for (;;) {
        try {
          tokens.push(await server.open())
        } catch (error) {
          // Once it stops listening, connections are refused or closed without an answer; nothing else may fail.
          if (!isStopping || !(error instanceof TypeError)) throw error
          return
        }
      }
    })
    await expect.poll(() => tokens.length, PATIENCE).toBeGreaterThan(100)
    isStopping = true
    const code = await server.end('SIGTERM')
    await Promise.all(callers)
    expect(code, server.output()).toBe(0)

    const state = await openStateAt(place)
    for (const token of [...tokens, ...(await Promise.all(slow))]) {
      expect(await state.sessions.find(token)).toMatchObject({ internet: { outcome: 'matched' } })
    }
    await state.close()
  }, 180_000)
})

describeOnPostgres('SIGTERM of one of two servers', (createDatabase) => {
  it('leaves its agents to the other when patience ends before they do', async () => {
    const place = await createDatabase()
    const [one, other] = await Promise.all([startServer({ HUM_STATE: place }), startServer({ HUM_STATE: place })])
    const state = await openStateAt(place)
    try {
      const tokens = await Promise.all(Array.from({ length: 10 }, () => one.open(SLOW, { prefer: 'wait=0' })))
      one.child.kill('SIGTERM')
      while (
        await fetch(`${one.url}/health/live`).then(
          () => true,
          () => false,
        )
      )
        await sleep(20)
      await one.end('SIGKILL')
      const findPending = async () => {
        const sessions = await Promise.all(tokens.map(async (token) => state.sessions.find(token)))
        return sessions.filter((session) => session?.internet?.outcome !== 'matched')
      }
      await expect.poll(findPending, { timeout: 90_000, interval: 500 }).toEqual([])
    } finally {
      await state.close()
      await one.end('SIGKILL')
      expect(await other.end('SIGTERM')).toBe(0)
    }
  }, 180_000)
})
