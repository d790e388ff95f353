/** Tells the time as milliseconds since 1970 (UTC). Handed in everywhere, so that tests can set it. */
export type Clock = () => number

/** The machine's own clock. */
export const systemClock: Clock = () => Date.now()

/** Tells how many milliseconds have passed since some moment. Nobody can set it; it may stand still while a machine sleeps. */
export type SteadyClock = () => number

/** The machine's own steady clock. */
export const systemSteadyClock: SteadyClock = () => performance.now()

/** A clock that gains no more than this on the steady one between two looks was not moved. */
const LEAST_JUMP_MS = 60_000

/**
 * Watches for a clock that is moved: set right by a minute or more, or of a machine that was asleep.
 *
 * @returns how many milliseconds the clock has jumped ahead within the last `rememberMs`, jumps back taken off; 0 for none.
 *   It has to be asked now and then, since it compares what both clocks have counted from one time to the next.
 */
export function watchForJumps({
  clock,
  steadyClock,
  rememberMs,
  onJump,
}: {
  clock: Clock
  steadyClock: SteadyClock
  rememberMs: number
  /** Gets the milliseconds of each jump; negative for one back. */
  onJump: (milliseconds: number) => void
}): () => number {
  let ahead = 0
  let forgetAt = 0
  let [before, steadyBefore] = [clock(), steadyClock()]

  return () => {
    const [now, steadyNow] = [clock(), steadyClock()]
    const jump = now - before - (steadyNow - steadyBefore)
    before = now
    steadyBefore = steadyNow
    if (steadyNow >= forgetAt) ahead = 0
    if (Math.abs(jump) >= LEAST_JUMP_MS) {
      ahead = Math.max(0, ahead + jump)
      forgetAt = steadyNow + rememberMs
      onJump(jump)
    }
    return ahead
  }
}
