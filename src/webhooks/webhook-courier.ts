import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '../lib/clock.ts'
import type { PostMessage, PostResult } from './post-message.ts'
import { waitAfter } from './retry-schedule.ts'
import type { WebhookStore } from './webhook-store.ts'
import type { DueMessage, Settlement, Webhook } from './webhook.ts'

/** How often is looked for what is due and for webhooks that other processes have changed. */
const LOOK_EVERY_MS = 1000

/** A message that this process tells of is sent so much later, when it is in the store. */
const SOON_MS = 50

/** A process that took a message out and is not done with it by then has died; longer than a try may take. */
const LEASE_MS = 30_000

/** Tries at the same time: of one webhook, so that a slow receiver keeps no other waiting, and of all. */
const MOST_AT_ONE = 8
const MOST_AT_ALL = 1000

const FORGET_EVERY_MS = 60_000
const KEEP_DELIVERED_MS = 24 * 3_600_000
const KEEP_DEAD_MS = 30 * 24 * 3_600_000

/** Told of deliveries, for figures about a running server. */
export interface WebhookWatcher {
  /** After each try: `delivered`, `failed` (it will be tried again), `dead` (it was the last) or `gone`. */
  onWebhookTry(result: 'delivered' | 'failed' | 'dead' | 'gone', milliseconds: number, how: PostResult): void
  /** How long the message has waited that should have been sent first; 0 when none is late. */
  onWebhookLag(milliseconds: number): void
}

/** Brings messages to their receivers, and removes the webhooks of accounts whose tokens are all revoked. */
export interface WebhookCourier {
  /** Comes back when it knows the webhooks. */
  start(): Promise<void>
  /** Comes back when it knows the webhooks as they are now, not as they were a moment ago. */
  learn(): Promise<void>
  /** Whether an account has a webhook in use, as of about a second ago. */
  serves(accountId: string): boolean
  /** All accounts that have one. */
  accountIds(): readonly string[]
  /** Says that a message is being stored. */
  expect(): void
  /** Takes up no more, and comes back when no try is under way. */
  stop(): Promise<void>
}

/** `onError` gets what the store failed with. */
export function createWebhookCourier({
  webhooks,
  post,
  clock,
  watcher,
  onError,
}: {
  webhooks: WebhookStore
  post: PostMessage
  clock: Clock
  watcher?: Partial<WebhookWatcher> | undefined
  onError: (error: unknown) => void
}): WebhookCourier {
  let known: ReadonlyMap<string, Webhook> = new Map()
  const underWay = new Map<string, number>()
  const tries = new Set<Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let isExpected = false
  let isRunning = false
  let looking = Promise.resolve()
  let forgottenAt = Number.NEGATIVE_INFINITY

  /** A look that a request brought about is no part of it: it is for messages of all. */
  const outsideRequests = AsyncLocalStorage.snapshot()

  async function readQueues(now: number): ReturnType<WebhookStore['listQueues']> {
    const queues = await webhooks.listQueues(now)
    known = new Map(queues.map(({ webhook }) => [webhook.accountId, webhook]))
    return queues
  }

  async function look(): Promise<void> {
    const now = clock()
    const queues = await readQueues(now)
    const due = queues.filter(({ nextDueAt }) => nextDueAt !== undefined && nextDueAt <= now)
    watcher?.onWebhookLag?.(Math.max(0, ...due.map(({ nextDueAt = now }) => now - nextDueAt)))
    for (const { webhook } of due) await takeOut(webhook)
    if (Math.abs(now - forgottenAt) >= FORGET_EVERY_MS) {
      forgottenAt = now
      for (const accountId of await webhooks.listRevoked()) await webhooks.remove(accountId)
      await webhooks.forget({ deliveredBefore: now - KEEP_DELIVERED_MS, diedBefore: now - KEEP_DEAD_MS })
    }
  }

  async function takeOut(webhook: Webhook): Promise<void> {
    const limit = Math.min(MOST_AT_ONE - (underWay.get(webhook.accountId) ?? 0), MOST_AT_ALL - tries.size)
    if (limit <= 0 || !isRunning) return
    const now = clock()
    for (const message of await webhooks.claim(webhook.accountId, { now, leaseUntil: now + LEASE_MS, limit })) {
      count(webhook, 1)
      const attempt: Promise<void> = deliver(webhook, message)
        .catch(onError)
        .finally(() => {
          count(webhook, -1)
          tries.delete(attempt)
          expect()
        })
      tries.add(attempt)
    }
  }

  function count({ accountId }: Webhook, change: number): void {
    const left = (underWay.get(accountId) ?? 0) + change
    if (left === 0) underWay.delete(accountId)
    else underWay.set(accountId, left)
  }

  async function deliver(webhook: Webhook, message: DueMessage): Promise<void> {
    const begun = performance.now()
    const result = await post(webhook, message)
    const settlement = settle(message, result)
    const word = result.outcome === 'failed' && settlement.state === 'dead' ? 'dead' : result.outcome
    watcher?.onWebhookTry?.(word, performance.now() - begun, result)
    await webhooks.settle(message.id, settlement)
    if (result.outcome === 'gone') await webhooks.disable(webhook.accountId, clock())
  }

  function settle({ attempts }: DueMessage, { outcome, status, reason, retryAfterMs }: PostResult): Settlement {
    const at = clock()
    if (outcome === 'delivered') return { state: 'delivered', at }
    const wait = outcome === 'gone' ? undefined : waitAfter(attempts, retryAfterMs)
    return wait === undefined ? { state: 'dead', at, status, reason } : { state: 'pending', nextAttemptAt: at + wait }
  }

  /** One look at a time; while the store does not answer, the first failure stands for all. */
  let hasFailed = false
  function lookInTurn(): Promise<void> {
    looking = looking
      .then(() => outsideRequests(look))
      .then(
        () => {
          hasFailed = false
        },
        (error: unknown) => {
          if (!hasFailed) onError(error)
          hasFailed = true
        },
      )
    return looking
  }

  function plan(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      isExpected = false
      void lookInTurn().then(() => {
        if (isRunning && !isExpected) plan(LOOK_EVERY_MS)
      })
    }, ms).unref()
  }

  function expect(): void {
    if (!isRunning || isExpected) return
    isExpected = true
    plan(SOON_MS)
  }

  return {
    start: async () => {
      isRunning = true
      await readQueues(clock())
      plan(0)
    },
    learn: lookInTurn,
    serves: (accountId) => known.has(accountId),
    accountIds: () => [...known.keys()],
    expect,
    stop: async () => {
      isRunning = false
      clearTimeout(timer)
      await looking
      await Promise.all(tries)
    },
  }
}
