/** The hash of a word is built letter by letter, while it is read. */
export function hashNext(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0
}

export function hashOf(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = hashNext(hash, text.charCodeAt(i))
  return hash
}

const SLOTS = 1 << 17

const slotOf = (hash: number) => (hash ^ (hash >>> 15)) & (SLOTS - 1)

/**
 * A dictionary that finds a word inside a longer text, without cutting the word out of it first: what takes a `Map`
 * most of its time is to make and hash the little strings.
 */
export class WordTable<T extends { readonly text: string }> {
  readonly #slots = new Int32Array(SLOTS)
  /** Index 0 stands for none. */
  readonly #words: (T | undefined)[] = [undefined]

  /** Adds a word that is not in the table yet. */
  add(word: T): void {
    let slot = slotOf(hashOf(word.text))
    while (this.#slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1)
    this.#slots[slot] = this.#words.push(word) - 1
  }

  /** The word that stands at `from` to `end` of the text; `hash` is that of the word. */
  find(text: string, from: number, end: number, hash: number): T | undefined {
    for (let slot = slotOf(hash); ; slot = (slot + 1) & (SLOTS - 1)) {
      const word = this.#words[this.#slots[slot]!]
      if (word === undefined) return undefined
      if (stands(word.text, text, from, end)) return word
    }
  }
}

function stands(word: string, text: string, from: number, end: number): boolean {
  const length = word.length
  if (length !== end - from) return false
  for (let i = 0; i < length; i++) if (word.charCodeAt(i) !== text.charCodeAt(from + i)) return false
  return true
}
