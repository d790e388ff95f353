import { LABEL } from './labels.ts'

/** Labels that together are one stretch of the text: the parts of a street, a unit with its designator, a box. */
export const STRETCH: readonly number[] = Object.values(LABEL).map((label) => {
  if (label > LABEL.predirectional && label <= LABEL.postdirectional) return LABEL.predirectional
  if (label === LABEL.unit) return LABEL.unitDesignator
  if (label === LABEL.box) return LABEL.boxDesignator
  return label
})

/** Where the stretch that begins at `from` ends, exclusive. */
export function findStretchEnd(labels: Uint8Array, from: number, count: number): number {
  const stretch = STRETCH[labels[from]!]
  let end = from + 1
  while (end < count && STRETCH[labels[end]!] === stretch) end++
  return end
}

/** Labels before which words behind a street's comma are a city. */
export const BEHIND_STREET = new Set<number>([LABEL.city, LABEL.state, LABEL.zip])
