const DIRECTIONS = new Set(['N', 'S', 'E', 'W', 'NE', 'NW', 'SE', 'SW'])

/**
 * An address line of the USPS in letters that are easier on the eye: `29090 Tiffany Dr E, Southfield, MI 48034`.
 * Directions, the state and words with digits stay as they are.
 */
export function toTitleCase(line: string): string {
  return line
    .split(/(\s+)/)
    .map((word, index, words) => {
      const isState = /^[A-Z]{2}$/.test(word) && (words[index - 2]?.endsWith(',') ?? false)
      if (isState || DIRECTIONS.has(word.replace(/,$/, '')) || /\d/.test(word)) return word
      return (
        word.charAt(0) +
        word
          .slice(1)
          .toLowerCase()
          .replaceAll(/(?<=[-'/&])\p{L}/gu, (letter) => letter.toUpperCase())
      )
    })
    .join('')
}
