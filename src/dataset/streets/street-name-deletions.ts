/** Letters of a name that the deletions are taken from; an error further on is found by comparing the whole name. */
const PREFIX_LENGTH = 10

/**
 * How many letters of a name may be wrong before it is another name: none where it is a number or has two letters, one
 * up to five letters, else two.
 */
export function allowedEdits(key: string): 0 | 1 | 2 {
  if (key.length < 3 || /^\d+$/.test(key)) return 0
  return key.length < 6 ? 1 : 2
}

/**
 * The deletion neighbourhood of a name: hashes of the name with up to `edits` letters left out.
 *
 * Two names that differ by that many letters (one left out, put in, changed, or two neighbours swapped count as one
 * each) share a hash, wherever in the name the error is; names that share one must still be compared. The hashes are
 * signed 32-bit numbers, each once.
 */
export function deletionHashes(key: string, edits: 0 | 1 | 2): number[] {
  const length = Math.min(key.length, PREFIX_LENGTH)
  const hashes = new Set<number>()
  hashes.add(hashWithout(key, length, -1, -1))
  if (edits >= 1) for (let first = 0; first < length; first++) hashes.add(hashWithout(key, length, first, -1))
  if (edits >= 2) {
    for (let first = 0; first < length; first++) {
      for (let second = first + 1; second < length; second++) hashes.add(hashWithout(key, length, first, second))
    }
  }
  return [...hashes]
}

/** FNV-1a over the letters, two of them left out. */
function hashWithout(key: string, length: number, first: number, second: number): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < length; index++) {
    if (index !== first && index !== second) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  }
  return hash | 0
}
