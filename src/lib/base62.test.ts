import { describe, expect, it } from 'vitest'
import { randomBase62, toBase62 } from './base62.ts'

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

describe('toBase62', () => {
  it.each([
    [0, 4, '0000'],
    [61, 1, 'z'],
    [62, 2, '10'],
    [62 ** 4 - 1, 4, 'zzzz'],
    [62 ** 4 + 5, 4, '0005'],
    [Number.MAX_SAFE_INTEGER, 9, 'fFgnDxSe7'],
  ])('writes %i with %i digits as %s', (value, length, text) => {
    expect(toBase62(value, length)).toBe(text)
  })

  it('sorts as the numbers do', () => {
    const texts = Array.from({ length: 5000 }, (_, index) => toBase62(index * 7, 3))
    expect(texts.toSorted()).toEqual(texts)
  })
})
