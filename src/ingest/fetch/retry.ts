import { AppError } from '../../lib/errors.ts'

/** Waits; handed in so that tests need not. */
export type Sleep = (milliseconds: number) => Promise<void>

/** What retrying takes. */
export interface RetryNeeds {
  readonly sleep: Sleep
  /** In [0, 1). */
  readonly random: () => number
}

/** A failure that may be gone a little later: a broken connection, an overloaded server, a body cut short. */
export class TransientFailure extends Error {
  /** How long the server asks to be left alone. */
  readonly retryAfterMs: number | undefined
  /** The attempt got further than the one before, which counts as a fresh start. */
  readonly progressed: boolean

  constructor(
    message: string,
    { retryAfterMs, progressed = false, cause }: { retryAfterMs?: number; progressed?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.name = 'TransientFailure'
    this.retryAfterMs = retryAfterMs
    this.progressed = progressed
  }
}

const MAX_ATTEMPTS = 6
const FIRST_DELAY_MS = 1_000
const MAX_DELAY_MS = 60_000
/** A server that asks for more is not waited for: the operator runs the command again later. */
const LONGEST_RETRY_AFTER_MS = 15 * 60_000

/**
 * Tries until it works: up to six attempts in a row without progress, with a wait before each that doubles from one
 * second to a minute, shortened by up to half at random so that many downloads do not come back at once. A server's
 * `Retry-After` is waited out instead when it is longer.
 *
 * @throws AppError `source_unreadable` with the last failure's message when it never worked; what is no
 *   `TransientFailure` at once.
 */
export async function withRetries<T>(
  { sleep, random }: RetryNeeds,
  attempt: () => Promise<T>,
  onRetry: (failure: TransientFailure, waitMs: number) => void,
): Promise<T> {
  let failures = 0
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof TransientFailure)) throw error
      failures = error.progressed ? 1 : failures + 1
      const asked = error.retryAfterMs ?? 0
      if (asked > LONGEST_RETRY_AFTER_MS) {
        const minutes = Math.ceil(asked / 60_000)
        throw new AppError('source_unreadable', `${error.message} It asks to come back in ${minutes} minutes.`, {
          cause: error,
        })
      }
      if (failures >= MAX_ATTEMPTS) {
        throw new AppError('source_unreadable', `${error.message} Tried ${MAX_ATTEMPTS} times.`, { cause: error })
      }
      const backOff = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1))
      const waitMs = Math.max(asked, Math.round(backOff * (1 - random() / 2)))
      onRetry(error, waitMs)
      await sleep(waitMs)
    }
  }
}
