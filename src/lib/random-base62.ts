import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const POOL_BYTES = 4096

let pool = Buffer.alloc(0)
let used = 0

/** Letters and digits from the system's random source, each equally likely: 5.95 bits a character. */
export function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    if (used === pool.length) {
      pool = randomBytes(POOL_BYTES)
      used = 0
    }
    // 64 values on 62 letters would make two of them likelier: the last two are thrown away.
    const index = pool[used++]! & 63
    if (index < ALPHABET.length) text += ALPHABET[index]
  }
  return text
}
