const VOWELS = 'AEIOU'

/** A word as a hurried hand writes it: behind the first letter one left out, doubled, or swapped with its neighbour. */
export function misspell(word: string): string[] {
  return Array.from({ length: word.length }, (_, i) => {
    const before = word.slice(0, i)
    const [letter = '', next = ''] = word.slice(i, i + 2)
    const behind = word.slice(i + 1)
    return i === 0 ? [] : [before + behind, before + letter + letter + behind, before + next + letter + behind.slice(1)]
  }).flat()
}

/** A word as it is spelled by ear: a vowel within it is another one, "Michagan". */
export function mishear(word: string): string[] {
  return Array.from(word.slice(1, -1), (letter, i) =>
    VOWELS.includes(letter)
      ? Array.from(VOWELS.replace(letter, ''), (other) => word.slice(0, i + 1) + other + word.slice(i + 2))
      : [],
  ).flat()
}
