import { CUE } from './cues.ts'
import { LABEL } from './labels.ts'
import { findPlace } from './place-names.ts'
import { STRETCH } from './stretches.ts'
import type { Tokens } from './tokens.ts'

/** The county beside a city is no part of an address: "Durham, Durham County, NC", "Goshen Orange County NY". */
export function markCounty(tokens: Tokens, labels: Uint8Array): void {
  const { keys, words } = tokens
  for (let i = 1; i < keys.length; i++) {
    if ((words[i]!.cues & CUE.county) === 0 || !closesCounty(tokens, labels, i)) continue
    const from = findCounty(tokens, labels, i)
    if (from === 0) {
      // all that is said of the place, "Orange Co, CA"
      labels[i] = LABEL.city
      return
    }
    labels.fill(LABEL.separator, from, i + 1)
    let city = from - 1
    while (city > 0 && tokens.breaks[city] !== true && labels[city] === LABEL.other) city--
    if (labels[from - 1] === LABEL.other) labels.fill(LABEL.city, city, from)
    return
  }
}

/** Whether the word ends a county: it was taken for a city's, or it is the `CO` before another state. */
function closesCounty({ keys, words, breaks }: Tokens, labels: Uint8Array, at: number): boolean {
  if (keys[at] === 'CO') {
    return labels[at] === LABEL.state && at + 1 < keys.length && labels[at + 1] === LABEL.state && !breaks[at]
  }
  const ends = at + 1 === keys.length || breaks[at + 1] === true || STRETCH[labels[at + 1]!] !== LABEL.city
  return ends && breaks[at] !== true && labels[at] === LABEL.city && words[at]!.suffix === undefined
}

/** First word of the county's name, a city standing before it; 0 where none does. */
function findCounty({ words, breaks }: Tokens, labels: Uint8Array, at: number): number {
  let from = at
  while (from > 0 && breaks[from] !== true && labels[from - 1] === LABEL.city) from--
  if (breaks[from] === true) return labels[from - 1] === LABEL.city || labels[from - 1] === LABEL.other ? from : 0
  for (let cut = at - 1; cut > from; cut--) if (findPlace(words, from, cut) !== 0) return cut
  return 0
}
