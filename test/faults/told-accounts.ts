import type { RequestListener } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApiToken } from '../../src/access/create-api-token.ts'
import type { State } from '../../src/storage/open-state.ts'
import { createWebhookSecret } from '../../src/webhooks/sign-message.ts'
import { sufferFaults } from '../support/fault-world.ts'
import type { FaultReport } from '../support/fault-world.ts'
import type { LoadAccount, RememberedSession } from '../support/session-load.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import type { Received, WebhookReceiver } from '../support/webhook-receiver.ts'
import { killServers } from './faults.ts'

/** A receiver in trouble does these in turn, with messages that it has not had before. */
const TROUBLES = ['hangs', 'is slow', 'refuses'] as const
const SLOW_MS = 2000

/** A message whose second try failed too waits for five minutes and a half. */
const PATIENCE_MS = 420_000

/** What accounts were told of their sessions. */
export interface ToldReport {
  readonly deliveries: number
  /** Deliveries of a message that had come before. */
  readonly repeated: number
  /** Deliveries to the steady receiver while the other was in trouble. */
  readonly meanwhile: number
  /** How often the receiver in trouble did what. */
  readonly troubles: Readonly<Record<(typeof TROUBLES)[number], number>>
  /** Tokens of sessions of whose end, or completion where they are open, no word has come. */
  readonly untold: readonly string[]
  /** What was told of a session under more than one id, and ids that came with different bodies. */
  readonly contradicting: readonly string[]
  /** Ids of messages about sessions of one account that came to the receiver of another. */
  readonly misdirected: readonly string[]
}

/** What such a report owes, whatever happened. */
export const ALL_TOLD: Partial<ToldReport> = { untold: [], contradicting: [], misdirected: [] }

/**
 * Kills servers, so many times, while one account's receiver of webhooks hangs, is slow and refuses, another's is steady,
 * and a third account has none; then all is well, and everything has to come.
 */
export async function sufferSlowReceiver(
  engine: 'sqlite' | 'postgres',
  kills: number,
): Promise<FaultReport & ToldReport> {
  const [troubled, steady] = [await startWebhookReceiver(), await startWebhookReceiver()]
  const receivers = new Map([
    ['troubled', troubled],
    ['steady', steady],
  ])
  let told: ToldReport | undefined
  try {
    const report = await sufferFaults(
      {
        engine,
        env: { HUM_WEBHOOK_NETWORKS: 'loopback' },
        prepare: (state) => createAccounts(state, ['troubled', 'steady', 'silent'], receivers),
      },
      async (world) => {
        const answerAtOnce = troubled.answer
        const troubles = { hangs: 0, 'is slow': 0, refuses: 0 }
        const before = steady.received.length
        troubled.answer = createTrouble(troubles, answerAtOnce)
        await killServers(world, kills)
        while (Object.values(troubles).includes(0)) await sleep(50)
        const meanwhile = steady.received.length - before
        troubled.answer = answerAtOnce
        await world.load.served(30)
        await world.load.stop()
        const untold = await waitUntilTold(world.load.sessions, world.servers[0]!.url, receivers)
        told = { meanwhile, troubles, untold, ...judgeDeliveries(receivers) }
      },
    )
    return { ...report, ...told! }
  } finally {
    await troubled.close()
    await steady.close()
  }
}

function createAccounts(
  { tokens, webhooks }: State,
  names: readonly string[],
  receivers: ReadonlyMap<string, WebhookReceiver>,
): Promise<readonly LoadAccount[]> {
  return Promise.all(
    names.map(async (name) => {
      const { token, secret } = await createApiToken({ tokens, clock: Date.now }, { name, kind: 'live' })
      const url = receivers.get(name)?.url
      const secrets = [{ secret: createWebhookSecret() }]
      if (url !== undefined) {
        await webhooks.put({ accountId: token.accountId, url, secrets, createdAt: token.createdAt })
      }
      return { name, secret }
    }),
  )
}

/** Each message is in trouble once at most: a second failure would keep it for minutes. */
function createTrouble(
  counts: Record<(typeof TROUBLES)[number], number>,
  answerAtOnce: RequestListener,
): RequestListener {
  const seen = new Set<string | string[] | undefined>()
  return (request, response) => {
    const id = request.headers['webhook-id']
    if (seen.has(id)) {
      answerAtOnce(request, response)
      return
    }
    const trouble = TROUBLES[seen.size % TROUBLES.length]!
    seen.add(id)
    counts[trouble]++
    if (trouble === 'refuses') response.writeHead(500).end()
    if (trouble === 'is slow') setTimeout(() => answerAtOnce(request, response), SLOW_MS)
  }
}

/** Waits for the last word on each session. @returns the tokens of those on which it has not come. */
async function waitUntilTold(
  sessions: readonly RememberedSession[],
  url: string,
  receivers: ReadonlyMap<string, WebhookReceiver>,
): Promise<readonly string[]> {
  const until = performance.now() + PATIENCE_MS
  const heard = sessions.filter(({ account }) => receivers.has(account.name))
  const lastWords = new Map(
    await Promise.all(heard.map(async (session) => [session.token, await findLastWord(session, url)] as const)),
  )
  for (;;) {
    const words = new Set(listDeliveries(receivers).filter(isTaken).map(wordOf))
    const untold = heard.map(({ token }) => token).filter((token) => !words.has(`${token} ${lastWords.get(token)}`))
    if (untold.length === 0 || performance.now() > until) return untold
    await sleep(500)
  }
}

async function findLastWord({ token, account, state }: RememberedSession, url: string): Promise<string> {
  if (state !== 'closing') return `session.${state === 'closed' ? 'closed' : 'completed'}`
  const answer = await fetch(`${url}/sessions/${token}`, { headers: { authorization: `Bearer ${account.secret}` } })
  return `session.${answer.status === 410 ? 'closed' : 'completed'}`
}

function judgeDeliveries(
  receivers: ReadonlyMap<string, WebhookReceiver>,
): Pick<ToldReport, 'deliveries' | 'repeated' | 'contradicting' | 'misdirected'> {
  const deliveries = listDeliveries(receivers)
  const misdirected = [...receivers].flatMap(([name, { received }]) =>
    received.filter(({ data }) => !String(data['campaign_id']).startsWith(`${name}-`)).map(({ id }) => id),
  )
  return {
    deliveries: deliveries.length,
    repeated: deliveries.length - new Set(deliveries.map(({ id }) => id)).size,
    contradicting: [
      ...findSeveral(deliveries, wordOf, ({ id }) => id),
      ...findSeveral(
        deliveries,
        ({ id }) => id,
        ({ body }) => body,
      ),
    ],
    misdirected,
  }
}

const listDeliveries = (receivers: ReadonlyMap<string, WebhookReceiver>): Received[] =>
  [...receivers.values()].flatMap(({ received }) => received)

/** A message whose receiver hung or refused is not told. */
const isTaken = ({ status }: Received): boolean => status === 204

/** What a delivery tells of which session. */
const wordOf = ({ type, data }: Received): string => `${String(data['session_token'])} ${type}`

/** Keys that stand with more than one value. */
function findSeveral(
  deliveries: readonly Received[],
  keyOf: (delivery: Received) => string,
  valueOf: (delivery: Received) => string,
): string[] {
  const values = new Map<string, string>()
  const several = new Set<string>()
  for (const delivery of deliveries) {
    const [key, value] = [keyOf(delivery), valueOf(delivery)]
    if ((values.get(key) ?? value) !== value) several.add(key)
    values.set(key, value)
  }
  return [...several]
}
