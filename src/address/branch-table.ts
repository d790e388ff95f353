const SLOTS = 1 << 17

const slotOf = (key: number) => (Math.imul(key, 0x9e3779b1) >>> 15) & (SLOTS - 1)

/** Whole numbers by whole numbers above 0, for some ten thousands that are asked for all the time. */
export class BranchTable {
  /** Each key with its value behind it. */
  readonly #pairs = new Int32Array(SLOTS * 2)

  /** Adds a key that is not in the table yet. */
  add(key: number, value: number): void {
    let slot = slotOf(key)
    while (this.#pairs[slot * 2] !== 0) slot = (slot + 1) & (SLOTS - 1)
    this.#pairs[slot * 2] = key
    this.#pairs[slot * 2 + 1] = value
  }

  /** The value of the key; 0 for a key that is not there. */
  find(key: number): number {
    const pairs = this.#pairs
    for (let slot = slotOf(key); ; slot = (slot + 1) & (SLOTS - 1)) {
      const found = pairs[slot * 2]!
      if (found === key) return pairs[slot * 2 + 1]!
      if (found === 0) return 0
    }
  }
}
