import type { Word } from './lexicon.ts'

/**
 * The words of a text with their places in it.
 *
 * `keys` are upper case, without accents, periods and apostrophes: `N.W.` is `NW`, `Wilkes-Barre` is two words. A sign
 * that means something alone (`#`, `&`, `@`) is a word. `breaks` marks the words before which the text has a comma,
 * a line end or the like; `hyphens` those that a hyphen joins to the word before.
 */
export interface Tokens {
  readonly keys: string[]
  readonly starts: number[]
  readonly ends: number[]
  readonly breaks: boolean[]
  readonly hyphens: boolean[]
  /** What the word lists know of each. */
  readonly words: Word[]
}

/** The keys of the words `from` to `end` (exclusive) in one text, with the hyphens that stood between them. */
export function joinKeys({ keys, hyphens }: Tokens, from: number, end: number): string {
  let text = keys[from] ?? ''
  for (let i = from + 1; i < end; i++) text += (hyphens[i] ? '-' : ' ') + (keys[i] ?? '')
  return text
}
