import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance } from './edit-distance.ts'
import { allowedEdits, deletionHashes } from './street-name-deletions.ts'

const key = fc.string({ unit: fc.constantFrom('A', 'B', 'C', 'D', 'E'), minLength: 6, maxLength: 16 })
const edit = fc.record({
  kind: fc.constantFrom('leave out', 'put in', 'change', 'swap'),
  at: fc.nat({ max: 15 }),
  letter: fc.constantFrom('A', 'B', 'C', 'X'),
})

function applyEdit(text: string, { kind, at, letter }: { kind: string; at: number; letter: string }): string {
  const here = Math.min(at, text.length - 1)
  const [before, behind] = [text.slice(0, here), text.slice(here + 1)]
  if (kind === 'leave out') return before + behind
  if (kind === 'put in') return before + letter + text.slice(here)
  if (kind === 'change') return before + letter + behind
  return before + behind.charAt(0) + text.charAt(here) + behind.slice(1)
}

describe('editDistance', () => {
  it.each([
    ['TIFFANY', 'TIFFANY', 0],
    ['TIFFANY', 'TIFAFNY', 1],
    ['TIFFANY', 'TIFANY', 1],
    ['TIFFANY', 'TIFFANEY', 1],
    ['TIFFANY', 'TIFFANI', 1],
    ['TIFFANY', 'TFIFAYN', 2],
    ['TIFFANY', 'TYPHOON', 3],
    ['', 'AB', 2],
  ])('counts the errors between %s and %s', (one, other, errors) => {
    expect(editDistance(one, other, 2)).toBe(errors)
    expect(editDistance(other, one, 2)).toBe(errors)
  })

  it('never counts more errors than were made in different places', () => {
    fc.assert(
      fc.property(key, key, edit, edit, (start, end, first, second) => {
        const misspelt = applyEdit(start, first) + applyEdit(end, second)
        expect(editDistance(start + end, misspelt, 2)).toBeLessThanOrEqual(2)
      }),
      { numRuns: 2000 },
    )
  })

  it('counts a letter left out between two that are then swapped as three errors', () => {
    expect(editDistance('ACB', 'BA', 2)).toBe(3)
  })
})

describe('deletionHashes', () => {
  it('lets a name be found with as many errors as its length allows, wherever they are', () => {
    fc.assert(
      fc.property(key, fc.array(edit, { minLength: 1, maxLength: 2 }), (text, edits) => {
        const misspelt = edits.reduce(applyEdit, text)
        const allowed = Math.min(allowedEdits(text), allowedEdits(misspelt)) as 0 | 1 | 2
        if (editDistance(text, misspelt, 2) > allowed) return
        const known = new Set(deletionHashes(text, allowedEdits(text)))
        expect(deletionHashes(misspelt, allowed).some((hash) => known.has(hash))).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('allows no error in a number or in a name of two letters', () => {
    expect(['1300', '5', 'AB', 'OAK', 'MAPLE', 'WILLOW'].map(allowedEdits)).toEqual([0, 0, 0, 1, 1, 2])
  })
})
