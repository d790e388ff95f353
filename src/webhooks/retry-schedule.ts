const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The waits that Standard Webhooks advises, after the first try at once: three days and three hours in all. */
const WAITS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]

/** A receiver may ask for no longer a wait. */
const LONGEST_WAIT_MS = 24 * HOUR

/** Receivers that failed together are not tried together again: up to a tenth of the wait is added. */
const JITTER = 0.1

/**
 * How long to wait after so many tries that failed; `undefined` when that was the last. What a receiver asked for
 * (`Retry-After`) is the least. `random` is from 0 to 1.
 */
export function waitAfter(attempts: number, retryAfterMs = 0, random = Math.random()): number | undefined {
  const wait = WAITS[attempts - 1]
  if (wait === undefined) return undefined
  return Math.round(Math.max(wait * (1 + JITTER * random), Math.min(retryAfterMs, LONGEST_WAIT_MS)))
}
