import { expect, it } from 'vitest'
import { readSettings } from '../../src/config.ts'
import { openState } from '../../src/storage/open-state.ts'
import { describeServersOnEachEngine } from '../support/each-engine.ts'
import { startServer } from '../support/server-process.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'

const SECRETS = [{ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }]

/**
 * Kills a server right after it has answered, while messages are on their way or not yet begun, and expects each session
 * that was answered to be told of by the next process, and whatever came twice to have its id again.
 */
async function losesNothing(place: string): Promise<void> {
  const receiver = await startWebhookReceiver()
  const state = await openState(readSettings({ HUM_STATE: place }).state)
  await state.webhooks.put({ accountId: 'sandbox', url: receiver.url, secrets: SECRETS, createdAt: Date.now() })
  await state.close()
  const env = { HUM_STATE: place, HUM_WEBHOOK_NETWORKS: 'loopback' }
  const first = await startServer(env)
  // Half of what arrives is not answered, so that the process dies over it.
  receiver.answer = (_request, response) => {
    if (receiver.received.length % 2 === 0) response.writeHead(204).end()
  }
  const tokens: string[] = []
  const opened = Array.from({ length: 60 }, async () => {
    tokens.push(await first.open())
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

describeServersOnEachEngine('kill -9 between an answer and the delivery of what it tells', (createPlace) => {
  it('loses no message', async () => losesNothing(await createPlace()), 180_000)
})
