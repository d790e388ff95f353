/**
 * The third of the records, 0 to 2, that one belongs to by its text: what is validated on is not trained on. Copies of
 * a text in several sets belong to the same third.
 */
export function foldOf(text: string): number {
  const key = text.toUpperCase().replaceAll(/[^A-Z0-9]+/gu, ' ')
  let hash = 2_166_136_261
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 16_777_619)
  return (hash >>> 8) % 3
}
