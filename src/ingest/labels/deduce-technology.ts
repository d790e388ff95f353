import type { Plan } from '../../dataset/plans/plan.ts'

type Technology = Pick<Plan, 'technologyCodes' | 'technologyFrom'>

/** FCC codes that words name; more than one where the words leave it open. First match first. */
const WORDS: readonly (readonly [readonly number[], RegExp])[] = [
  [[61], /\b(leo|ngso|low[ -]earth|starlink)\b/i],
  [[60], /\b(gso|geo ?stationary)\b/i],
  [[60, 61], /satellite/i],
  [
    [70, 71, 72],
    /fixed[ -]wireless|\bfwa?\b|\bwisp\b|wireless|\b[45]g\b|\blte\b|\bcbrs\b|internet air|microwave|radio/i,
  ],
  [[50], /fib(er|re)|\bft(th|tp)\b|\bf?gpon\b|\bxgs\b|optical|\bpon\b/i],
  [[40], /\bcable\b|docsis|\bhfc\b|coax/i],
  [[10], /\b[av]?dsl\b|copper|\badsl2?\+?|twisted pair/i],
]
const KNOWN_CODES = new Set([0, 10, 40, 50, 60, 61, 70, 71, 72])

/**
 * The technologies that a label can mean: by its column, else by words in the name of the plan or its tier. The name of
 * the provider tells nothing, since companies called "Fiber" sell copper lines too.
 *
 * @returns nothing where the label leaves it open.
 */
export function deduceTechnology(stated: readonly string[], names: readonly string[]): Technology {
  for (const text of stated) {
    const code = Number(text)
    if (text.trim() !== '' && KNOWN_CODES.has(code)) return { technologyCodes: [code], technologyFrom: 'label' }
    const codes = findWords(text)
    if (codes) return { technologyCodes: codes, technologyFrom: 'label' }
  }
  for (const name of names) {
    const codes = findWords(name)
    if (codes) return { technologyCodes: codes, technologyFrom: 'plan_name' }
  }
  return {}
}

function findWords(text: string): readonly number[] | undefined {
  return WORDS.find(([, pattern]) => pattern.test(text))?.[0]
}
