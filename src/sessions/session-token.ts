import { randomBase62, toBase62 } from '../lib/base62.ts'

/** Digits of the time, and what one of them counts: they come round again after 65 hours, when older sessions are gone. */
const TIME_LENGTH = 4
const TIME_UNIT_MS = 16

const RANDOM_LENGTH = 18

let knownUnit = Number.NaN
let time = ''

/**
 * A new session token: 22 letters and digits, of which 18 are random (107 bits). The first four tell when, so that sessions
 * which begin together lie together in the index of a store: at random places of it they would cost twice as much.
 */
export function createSessionToken(now: number): string {
  const unit = Math.floor(now / TIME_UNIT_MS)
  if (unit !== knownUnit) {
    knownUnit = unit
    time = toBase62(unit, TIME_LENGTH)
  }
  return time + randomBase62(RANDOM_LENGTH)
}
