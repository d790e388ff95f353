/** Tells the time as milliseconds since 1970 (UTC). Handed in everywhere, so that tests can set it. */
export type Clock = () => number

/** The machine's own clock. */
export const systemClock: Clock = () => Date.now()
