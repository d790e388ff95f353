/**
 * Backgrounds on which white text keeps a contrast of at least 4.5 : 1 (WCAG 2.2 AA), of no provider's colours in
 * particular.
 */
export const MONOGRAM_COLORS = [
  '#37474f',
  '#4e342e',
  '#283593',
  '#00695c',
  '#5d4037',
  '#455a64',
  '#6a1b9a',
  '#2e5d34',
  '#7a3e00',
  '#004d73',
] as const

/**
 * A provider's neutral picture as an SVG document of 96 × 96: up to two letters of its name in white on a colour that
 * the name always gets. No trademark is drawn.
 *
 * An operator with licensed logos serves these instead, named `<FCC provider id>.svg` or `.png`.
 */
export function drawMonogram(displayName: string): string {
  const letters = monogramLetters(displayName)
  const color = MONOGRAM_COLORS[hashOf(displayName) % MONOGRAM_COLORS.length]
  const title = escapeXml(displayName.trim() === '' ? 'Internet provider' : displayName.trim())
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<rect width="96" height="96" rx="20" fill="${color}"/>`,
    '<text x="48" y="49" fill="#fff" font-family="system-ui, -apple-system, \'Segoe UI\', Roboto, sans-serif"',
    ` font-size="${letters.length > 1 ? 40 : 48}" font-weight="600" text-anchor="middle" dominant-baseline="central">`,
    `${escapeXml(letters)}</text></svg>`,
  ].join('')
}

/** The initials of the first two words; of a single word its first letter, or as it is up to two letters. */
function monogramLetters(displayName: string): string {
  const words = displayName.match(/[\p{L}\p{N}]+/gu) ?? []
  const [first = '', second] = words
  if (first === '') return '?'
  if (second !== undefined) return `${initial(first)}${initial(second)}`
  return first.length <= 2 ? first.toUpperCase() : initial(first)
}

function initial(word: string): string {
  return String.fromCodePoint(word.codePointAt(0) ?? 63).toUpperCase()
}

function hashOf(text: string): number {
  let hash = 2_166_136_261
  for (const character of text.trim().toLowerCase())
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619)
  return hash >>> 0
}

function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
