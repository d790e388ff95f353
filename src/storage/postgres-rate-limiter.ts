import { endOfWindow, latestEndOfWindow, memoryRateLimiter } from '../access/rate-limiter.ts'
import type { RateLimiter, RateRule, RateWindow } from '../access/rate-limiter.ts'
import type { Clock } from '../lib/clock.ts'
import type { SqlState } from './sql-state.ts'

const COUNT = `INSERT INTO rate_window (key, resets_at, used) VALUES ($1, $2, $3)
  ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN rate_window.resets_at BETWEEN excluded.resets_at AND $4 THEN rate_window.used + excluded.used
      ELSE excluded.used END,
    resets_at = CASE WHEN rate_window.resets_at BETWEEN excluded.resets_at AND $4 THEN rate_window.resets_at
      ELSE excluded.resets_at END
  RETURNING used, resets_at`

/** Whoever is behind by less counts in the same window. */
const FORGET_AFTER_MS = 60_000

interface Row {
  readonly used: number
  readonly resets_at: number
}

/** Requests of one key that are counted together. */
interface Turn {
  readonly rule: RateRule
  readonly waiting: { readonly resolve: (window: RateWindow) => void; readonly reject: (error: unknown) => void }[]
}

/**
 * Counts the requests of tokens in PostgreSQL, for all processes together: a limit of 100 lets exactly 100 through.
 *
 * Each request has a number in its window, given by the database; those of one turn share a round trip, those that come
 * during it the next, since the database counts one after the other on a row anyway. A window that is used up is known
 * without asking. Callers without a token are counted in memory, so that strangers cost the
 * database nothing.
 */
export function postgresRateLimiter(sql: SqlState, clock: Clock): RateLimiter {
  const strangers = memoryRateLimiter({ clock })
  const known = new Map<string, RateWindow>()
  const turns = new Map<string, Turn>()
  const underWay = new Set<string>()

  async function count(key: string, { rule, waiting }: Turn): Promise<void> {
    const { limit, windowMs } = rule
    underWay.add(key)
    try {
      const now = clock()
      const values = [key, endOfWindow(now, windowMs), waiting.length, latestEndOfWindow(now, windowMs)]
      const [row] = await sql.writeReturning<Row>(COUNT, values)
      const { used, resets_at: resetsAt } = row!
      for (const [index, { resolve }] of waiting.entries()) {
        const number = used - waiting.length + index + 1
        const window = { limit, remaining: Math.max(0, limit - number), resetsAt, windowMs, isAllowed: number <= limit }
        known.set(key, window)
        resolve(window)
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    } finally {
      underWay.delete(key)
      countNext(key)
    }
  }

  function countNext(key: string): void {
    const turn = turns.get(key)
    if (turn === undefined || underWay.has(key)) return
    turns.delete(key)
    void count(key, turn)
  }

  return {
    take: (key, rule, cost) => {
      if (!key.startsWith('token ')) return strangers.take(key, rule, cost)
      const { limit, windowMs } = rule
      const now = clock()
      const resetsAt = endOfWindow(now, windowMs)
      const last = known.get(key)
      const isCurrent =
        last?.limit === limit && last.resetsAt >= resetsAt && last.resetsAt <= latestEndOfWindow(now, windowMs)
      if (isCurrent && !last.isAllowed && cost > 0) return last
      if (cost === 0) {
        return { limit, remaining: isCurrent ? last.remaining : limit, resetsAt, windowMs, isAllowed: true }
      }
      return new Promise((resolve, reject) => {
        const turn = turns.get(key)
        if (turn) turn.waiting.push({ resolve, reject })
        else {
          turns.set(key, { rule, waiting: [{ resolve, reject }] })
          setImmediate(countNext, key)
        }
      })
    },
    forgetEnded: async () => {
      const now = clock()
      for (const [key, { resetsAt }] of known) if (resetsAt <= now) known.delete(key)
      await strangers.forgetEnded()
      await sql.write('DELETE FROM rate_window WHERE resets_at < $1', [now - FORGET_AFTER_MS])
    },
  }
}
