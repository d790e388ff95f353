import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { describeServersOnEachEngine } from '../support/each-engine.ts'
import { HEADERS, startServer } from '../support/server-process.ts'

const SLOW = [
  { street1: '4100 Slowpoke Lane', zip: '48034' },
  { street1: '4200 Slowpoke Lane', zip: '48034' },
]

async function readSession(url: string, token: string): Promise<{ status: number; agents: string }> {
  const answer = await fetch(`${url}/sessions/${token}`, { headers: HEADERS })
  const { meta } = (await answer.json()) as { meta: { agent_status?: object } }
  return { status: answer.status, agents: JSON.stringify(meta.agent_status) }
}

/**
 * Kills a server in the middle of 200 requests at the same moment, starts it again, and expects every session that was
 * answered with 201 to be there, and to have no pending agent before long.
 */
async function survivesKill(state: string, killAfter: number): Promise<void> {
  const first = await startServer({ HUM_STATE: state })
  // Slow addresses are answered after two seconds; these are stored as pending when the process dies.
  const slow = Promise.allSettled(Array.from({ length: 20 }, (_, index) => first.open(SLOW[index % 2])))
  await sleep(2300)
  let answered = 0
  const quick = Array.from({ length: 180 }, async () => {
    const token = await first.open()
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

describeServersOnEachEngine('kill -9 in the middle of 200 requests', (createPlace, engine) => {
  it.each(engine === 'sqlite' ? [1, 60, 150] : [60])(
    'loses no session when it comes after %i answers',
    async (killAfter) => survivesKill(await createPlace(), killAfter),
    180_000,
  )
})
