import { randomFillSync } from 'node:crypto'

/** In the order of their character codes, so that numbers written with them sort as text does. */
const ALPHABET = Buffer.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')

/** Random letters and digits, drawn ahead for many callers. */
const pool = Buffer.alloc(4096)
let drawn = 0
let used = 0

/** Letters and digits from the system's random source, each equally likely: 5.95 bits a character. */
export function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    if (used === drawn) draw()
    const begin = used
    used = Math.min(drawn, begin + length - text.length)
    text += pool.toString('latin1', begin, used)
  }
  return text
}

/** 64 values on 62 letters would make two of them likelier: the last two are thrown away. */
function draw(): void {
  randomFillSync(pool)
  drawn = 0
  used = 0
  for (const byte of pool) {
    const letter = ALPHABET[byte & 63]
    if (letter !== undefined) pool[drawn++] = letter
  }
}

/** The last `length` digits of a whole number that is not negative, in base 62. */
export function toBase62(value: number, length: number): string {
  const digits = Buffer.alloc(length)
  let rest = value
  for (let place = length - 1; place >= 0; place--) {
    digits[place] = ALPHABET[rest % 62]!
    rest = Math.floor(rest / 62)
  }
  return digits.toString('latin1')
}
