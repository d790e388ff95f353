import type { Clock } from '../../lib/clock.ts'
import type { Sleep } from './retry.ts'

/** Waits until the next call may be made. */
export type Pacer = () => Promise<void>

/** Lets at most so many calls begin in any window of time, in the order in which they asked. */
export function createPacer({
  calls,
  windowMs,
  clock,
  sleep,
}: {
  readonly calls: number
  readonly windowMs: number
  readonly clock: Clock
  readonly sleep: Sleep
}): Pacer {
  const begun: number[] = []
  let queue: Promise<void> = Promise.resolve()

  async function waitForTurn(): Promise<void> {
    const oldest = begun.length < calls ? undefined : begun.shift()
    if (oldest !== undefined) {
      const waitMs = oldest + windowMs - clock()
      if (waitMs > 0) await sleep(waitMs)
    }
    begun.push(clock())
  }

  return () => {
    queue = queue.then(waitForTurn)
    return queue
  }
}
