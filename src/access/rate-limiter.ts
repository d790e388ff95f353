import type { Clock } from '../lib/clock.ts'
import type { Eventual } from '../lib/when-there.ts'

/** How a caller stands after a request was counted. */
export interface RateWindow {
  readonly limit: number
  /** Requests left in the window; 0 also when this one was refused. */
  readonly remaining: number
  /** End of the window, milliseconds since 1970. */
  readonly resetsAt: number
  readonly windowMs: number
  readonly isAllowed: boolean
}

/** How many requests of a key may pass in a window. */
export interface RateRule {
  readonly limit: number
  readonly windowMs: number
}

/** Counts requests in fixed windows by the clock: those of a minute begin with each minute. */
export interface RateLimiter {
  /** Counts `cost` requests of `key` and says whether they may pass: 1, or 0 to only ask. */
  take(key: string, rule: RateRule, cost: 0 | 1): Eventual<RateWindow>
  /** Drops what is known of windows that are over. */
  forgetEnded(): Promise<void>
}

/** When the window ends that a time lies in. */
export function endOfWindow(now: number, windowMs: number): number {
  return now - (now % windowMs) + windowMs
}

/** What the clocks of machines that count together may differ by, and a clock may be set back by unnoticed. */
const CLOCKS_APART_MS = 10_000

/**
 * The latest end that a window can have at a time. A clock that is a little behind counts on in the window that others
 * have begun; a window that ends later is of a clock that was wrong, and must not keep callers out until then.
 */
export function latestEndOfWindow(now: number, windowMs: number): number {
  return now + windowMs + CLOCKS_APART_MS
}

interface Counts {
  readonly resetsAt: number
  readonly used: Map<string, { count: number }>
}

/** Counts in this process's memory: exact where one process serves, and forgotten when it ends. */
export function memoryRateLimiter({ clock }: { clock: Clock }): RateLimiter {
  const windows = new Map<number, Counts>()

  return {
    take: (key, { limit, windowMs }, cost) => {
      const now = clock()
      let counts = windows.get(windowMs)
      if (counts === undefined || counts.resetsAt <= now || counts.resetsAt > latestEndOfWindow(now, windowMs)) {
        counts = { resetsAt: endOfWindow(now, windowMs), used: new Map() }
        windows.set(windowMs, counts)
      }
      const { resetsAt } = counts
      let used = counts.used.get(key)
      if (used === undefined) counts.used.set(key, (used = { count: 0 }))
      const isAllowed = used.count + cost <= limit
      if (isAllowed) used.count += cost
      return { limit, remaining: isAllowed ? limit - used.count : 0, resetsAt, windowMs, isAllowed }
    },
    forgetEnded: async () => {
      for (const [windowMs, { resetsAt }] of windows) if (resetsAt <= clock()) windows.delete(windowMs)
    },
  }
}
