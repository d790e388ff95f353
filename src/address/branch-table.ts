const SLOTS = 1 << 17

const slotOf = (key: number) => (Math.imul(key, 0x9e3779b1) >>> 15) & (SLOTS - 1)

/** Whole numbers by whole numbers above 0, for some ten thousands that are asked for all the time. */
export class BranchTable {
  readonly #keys = new Int32Array(SLOTS)
  readonly #values = new Int32Array(SLOTS)

  /** Adds a key that is not in the table yet. */
  add(key: number, value: number): void {
    let slot = slotOf(key)
    while (this.#keys[slot] !== 0) slot = (slot + 1) & (SLOTS - 1)
    this.#keys[slot] = key
    this.#values[slot] = value
  }

  /** The value of the key; 0 for a key that is not there. */
  find(key: number): number {
    for (let slot = slotOf(key); ; slot = (slot + 1) & (SLOTS - 1)) {
      const found = this.#keys[slot]!
      if (found === key) return this.#values[slot]!
      if (found === 0) return 0
    }
  }
}
