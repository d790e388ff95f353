import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LastUsed } from '../access/last-used.ts'
import type { RateLimiter } from '../access/rate-limiter.ts'
import type { Clock } from '../lib/clock.ts'
import type { AgentDesk } from './agent-desk.ts'
import type { AgentQueue } from './agent-queue.ts'
import type { Announcer } from './announcer.ts'
import { giveUpOlderRequests, KEEP_KEYS_MS } from './create-session-once.ts'
import type { IdempotencyStore } from './idempotency-store.ts'
import type { LastSeen } from './last-seen.ts'
import type { SessionStore } from './session-store.ts'
import type { UsageStore } from './usage-store.ts'

const FLUSH_EVERY_MS = 5000
const HALT_EVERY_MS = 500
const TELL_BATCH = 500
const SWEEP_EVERY_MS = 60_000

/** Longer than any process holds last-seen times back, so that no sweep ends a session that another keeps open. */
const IDLE_GRACE_MS = 60_000

const HOUR_MS = 3_600_000

/** The token of a session that ended is known as closed for a month. */
const KEEP_TOMBSTONE_MS = 30 * 24 * HOUR_MS

/** How many ended sessions are counted in one go, so that requests come in between. */
const COUNT_BATCH = 1000

/** The upkeep of sessions: each part can be called at any time, by any number of processes. */
export interface Housekeeping {
  /** Ends idle sessions, counts ended ones, erases addresses and forgets tokens whose time is over. */
  sweep(): Promise<void>
  /** Stops the timers, lets agents finish that were carried on, and writes down what is only in memory. */
  close(): Promise<void>
}

/** Starts the upkeep, and carries on the sessions and requests that dead processes left behind. */
export async function keepHouse({
  sessions,
  usage,
  idempotency,
  lastSeen,
  lastUsed,
  limiter,
  desk,
  queue,
  announcer,
  clock,
  onError,
  retentionMs,
}: {
  sessions: SessionStore
  usage: UsageStore
  idempotency: IdempotencyStore
  lastSeen: LastSeen
  lastUsed: LastUsed
  limiter: RateLimiter
  desk: AgentDesk
  queue: AgentQueue
  announcer?: Announcer | undefined
  clock: Clock
  onError: (error: unknown) => void
  /** How long the address and all parameters are kept after a session ended. */
  retentionMs: number
}): Promise<Housekeeping> {
  /** Where somebody is told, sessions end one by one, each with its message. */
  async function endAndTell(idleSince: number, at: number, accountIds: readonly string[]): Promise<void> {
    if (accountIds.length === 0) return
    for (;;) {
      const idle = await sessions.findIdle(idleSince, accountIds, TELL_BATCH)
      const ends = idle.map((one) => sessions.end(one.token, at, announcer?.announce('session.expired', one, at)))
      await Promise.all(ends)
      if (idle.length < TELL_BATCH) return
    }
  }

  async function sweep(): Promise<void> {
    const now = clock()
    await lastSeen.flush()
    const idleSince = lastSeen.idleSince() - IDLE_GRACE_MS
    const told = announcer?.accountIds() ?? []
    await endAndTell(idleSince, now, told)
    await sessions.endIdle(idleSince, now, told)
    while ((await usage.countEnded(COUNT_BATCH)) === COUNT_BATCH) await nextTurn()
    await sessions.eraseParams(now - retentionMs)
    await sessions.forget(now - KEEP_TOMBSTONE_MS)
    await idempotency.forget(now - KEEP_KEYS_MS)
    await limiter.forgetEnded()
  }

  /** A task that waits for a state which does not answer is not begun a second time. */
  function every(ms: number, task: () => Promise<void>): NodeJS.Timeout {
    let isRunning = false
    const run = async (): Promise<void> => {
      if (isRunning) return
      isRunning = true
      await task().catch(onError)
      isRunning = false
    }
    return setInterval(() => void run(), ms).unref()
  }

  // A server starts on a full disk too: then these requests are taken over some seconds later.
  await giveUpOlderRequests({ idempotency, clock }).catch(onError)
  await queue.start(desk.carryOn, onError)
  const timers = [
    every(FLUSH_EVERY_MS, () => lastSeen.flush()),
    every(FLUSH_EVERY_MS, () => lastUsed.flush()),
    every(HALT_EVERY_MS, () => desk.haltEnded()),
    every(SWEEP_EVERY_MS, sweep),
  ]
  return {
    sweep,
    close: async () => {
      for (const timer of timers) clearInterval(timer)
      // While the state is unavailable a server has to end all the same.
      await queue.stop().catch(onError)
      await lastSeen.flush().catch(onError)
      await lastUsed.flush().catch(onError)
    },
  }
}
