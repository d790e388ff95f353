import { endOfWindow, memoryRateLimiter } from '../access/rate-limiter.ts'
import type { RateLimiter, RateRule, RateWindow } from '../access/rate-limiter.ts'
import type { Clock } from '../lib/clock.ts'
import type { SqlState } from './sql-state.ts'

const COUNT = `INSERT INTO rate_window (key, resets_at, used) VALUES ($1, $2, $3)
  ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN rate_window.resets_at < excluded.resets_at THEN excluded.used
      ELSE rate_window.used + excluded.used END,
    resets_at = greatest(rate_window.resets_at, excluded.resets_at)
  RETURNING used, resets_at`

interface Row {
  readonly used: number
  readonly resets_at: number
}

/** Requests of one key that came in the same turn of the event loop. */
interface Turn {
  readonly rule: RateRule
  readonly waiting: { readonly resolve: (window: RateWindow) => void; readonly reject: (error: unknown) => void }[]
}

/**
 * Counts the requests of tokens in PostgreSQL, for all processes together: a limit of 100 lets exactly 100 through.
 *
 * Each request has a number in its window, given by the database; those of one turn share a round trip, and a window
 * that is used up is known without one. Callers without a token are counted in memory, so that strangers cost the
 * database nothing.
 */
export function postgresRateLimiter(sql: SqlState, clock: Clock): RateLimiter {
  const strangers = memoryRateLimiter({ clock })
  const known = new Map<string, RateWindow>()
  let turns = new Map<string, Turn>()

  async function count(key: string, { rule, waiting }: Turn): Promise<void> {
    const { limit, windowMs } = rule
    try {
      const [row] = await sql.writeReturning<Row>(COUNT, [key, endOfWindow(clock(), windowMs), waiting.length])
      const { used, resets_at: resetsAt } = row!
      for (const [index, { resolve }] of waiting.entries()) {
        const number = used - waiting.length + index + 1
        const window = { limit, remaining: Math.max(0, limit - number), resetsAt, windowMs, isAllowed: number <= limit }
        known.set(key, window)
        resolve(window)
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    }
  }

  function flush(): void {
    const due = turns
    turns = new Map()
    for (const [key, turn] of due) void count(key, turn)
  }

  return {
    take: (key, rule, cost) => {
      if (!key.startsWith('token ')) return strangers.take(key, rule, cost)
      const resetsAt = endOfWindow(clock(), rule.windowMs)
      const last = known.get(key)
      const isCurrent = last !== undefined && last.resetsAt >= resetsAt && last.limit === rule.limit
      if (isCurrent && !last.isAllowed && cost > 0) return last
      if (cost === 0) {
        const { limit, windowMs } = rule
        return { limit, remaining: isCurrent ? last.remaining : limit, resetsAt, windowMs, isAllowed: true }
      }
      return new Promise((resolve, reject) => {
        if (turns.size === 0) setImmediate(flush)
        const turn = turns.get(key)
        if (turn) turn.waiting.push({ resolve, reject })
        else turns.set(key, { rule, waiting: [{ resolve, reject }] })
      })
    },
  }
}
