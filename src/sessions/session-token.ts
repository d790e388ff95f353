import { randomBase62 } from '../lib/random-base62.ts'

const LENGTH = 22

/** A new session token: 22 letters and digits, 131 random bits. */
export function createSessionToken(): string {
  return randomBase62(LENGTH)
}
