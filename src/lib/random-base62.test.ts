import { describe, expect, it } from 'vitest'
import { randomBase62 } from './random-base62.ts'

describe('randomBase62', () => {
  it.each([1, 22, 10_000])('gives %i letters and digits', (length) => {
    expect(randomBase62(length)).toMatch(new RegExp(`^[0-9A-Za-z]{${length}}$`))
  })

  it('never repeats a text of 22 characters among 100,000', () => {
    expect(new Set(Array.from({ length: 100_000 }, () => randomBase62(22))).size).toBe(100_000)
  })

  it('draws each character equally often', () => {
    const counts = new Map<string, number>()
    for (const character of randomBase62(620_000)) counts.set(character, (counts.get(character) ?? 0) + 1)
    expect(counts.size).toBe(62)
    // Five standard deviations of a binomial count with mean 10,000.
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(500)
  })
})
