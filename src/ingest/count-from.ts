/** Gives the next number at each call. */
export function countFrom(first: number): () => number {
  let next = first
  return () => next++
}
