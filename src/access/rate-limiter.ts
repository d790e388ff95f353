import type { Clock } from '../lib/clock.ts'

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
  take(key: string, rule: RateRule, cost: 0 | 1): RateWindow | Promise<RateWindow>
}

/** When the window ends that a time lies in. */
export function endOfWindow(now: number, windowMs: number): number {
  return now - (now % windowMs) + windowMs
}

interface Counts {
  resetsAt: number
  readonly used: Map<string, number>
}

/** Counts in this process's memory: exact where one process serves, and forgotten when it ends. */
export function memoryRateLimiter({ clock }: { clock: Clock }): RateLimiter {
  const windows = new Map<number, Counts>()

  return {
    take: (key, { limit, windowMs }, cost) => {
      const resetsAt = endOfWindow(clock(), windowMs)
      let counts = windows.get(windowMs)
      if (counts?.resetsAt !== resetsAt) {
        counts = { resetsAt, used: new Map() }
        windows.set(windowMs, counts)
      }
      const used = counts.used.get(key) ?? 0
      const isAllowed = used + cost <= limit
      if (isAllowed && cost > 0) counts.used.set(key, used + cost)
      return { limit, remaining: isAllowed ? limit - used - cost : 0, resetsAt, windowMs, isAllowed }
    },
  }
}
