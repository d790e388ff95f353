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

/** Counts requests in fixed windows that all callers share: each minute by the clock starts anew. */
export interface RateLimiter {
  /** Counts `cost` requests of `key` and says whether they may pass: 1, or 0 to only ask. A refused one is not counted. */
  take(key: string, limit: number, cost: 0 | 1): RateWindow | Promise<RateWindow>
}

/** Counts in this process's memory: exact where one process serves, and forgotten when it ends. */
export function memoryRateLimiter({ clock, windowMs = 60_000 }: { clock: Clock; windowMs?: number }): RateLimiter {
  let counts = new Map<string, number>()
  let resetsAt = 0

  return {
    take: (key, limit, cost) => {
      const now = clock()
      if (now >= resetsAt || now < resetsAt - windowMs) {
        counts = new Map()
        resetsAt = now - (now % windowMs) + windowMs
      }
      const used = counts.get(key) ?? 0
      const isAllowed = used + cost <= limit
      if (isAllowed && cost > 0) counts.set(key, used + cost)
      return { limit, remaining: isAllowed ? limit - used - cost : 0, resetsAt, windowMs, isAllowed }
    },
  }
}
