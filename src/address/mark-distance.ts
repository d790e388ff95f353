import { CUE } from './cues.ts'
import { LABEL } from './labels.ts'
import { lookUp } from './lexicon.ts'
import { matchRoadType } from './road-types.ts'
import { BEHIND_STREET, findStretchEnd, STRETCH } from './stretches.ts'
import type { Tokens } from './tokens.ts'

/** Words between `MILE` and the number, and behind the number of a kilometre: on the road itself, or off it. */
const POSTS = new Set(['POST', 'MARKER', 'MKR'])
const OFF_ROAD = new Set(['INT', 'INTERIOR'])
/** What a numbered road of Puerto Rico is called besides the types that all states have. */
const ISLAND_ROADS = new Set(['CARR', 'CARRETERA', 'RUTA', 'PR'])

const isNumber = (key: string | undefined) => key !== undefined && /^\d{1,4}(?:\.\d+)?$/u.test(key)

/**
 * A distance along a road stands for the number of the house: "Mile 44 Parks Hwy", "Seward Hwy MP 12.5", "Carr 2 Km 5.4
 * Int". Streets are named by miles too, "1200 Mile 17 Rd", "5 Mile Rd".
 */
export function markDistance(tokens: Tokens, labels: Uint8Array): void {
  const { keys, words } = tokens
  for (let i = 0; i + 1 < keys.length; i++) {
    if ((words[i]!.cues & CUE.distance) === 0) continue
    const number = keys[i] === 'MILE' && POSTS.has(keys[i + 1]!) ? i + 2 : i + 1
    if (!isNumber(keys[number])) continue
    let end = number + 1
    while (end < keys.length && OFF_ROAD.has(keys[end]!)) end++
    if (!putBefore(tokens, labels, i, end) && !putBehind(tokens, labels, i, end)) continue
    labels.fill(LABEL.number, i, end)
    return
  }
}

/** Whether the road stands behind the distance: "Mile 44 Parks Hwy", "Km 6.6 Carr 187". */
function putBefore({ keys, words, breaks }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  const opens = from === 0 || (breaks[from] === true && keys[from] !== 'MI')
  if (!opens || end >= keys.length) return false
  const road = findRoad(keys, end)
  if (road > end) {
    labels.fill(LABEL.streetName, end, road)
    return true
  }
  if (STRETCH[labels[end]!] !== LABEL.predirectional) return false
  const stop = findStretchEnd(labels, end, keys.length)
  let named = 0
  for (let i = end; i < stop; i++) if (words[i]!.directional === undefined) named++
  // "MILE 17 RD" is the name of a road, "PARKS HWY" too
  return named > 1 || words[end]!.suffix === undefined
}

/** Whether the road stands before the distance: "Carr 2 Km 5.4", "Seward Hwy MP 12.5". */
function putBehind({ keys, breaks }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  if (from === 0 || keys[from] === 'MI') return false
  for (let i = from - 2; i >= 0 && i >= from - MOST_WORDS_OF_ROAD; i--) {
    if (findRoad(keys, i) !== from) continue
    labels.fill(LABEL.streetName, i, from)
    return true
  }
  if (STRETCH[labels[from - 1]!] !== LABEL.predirectional || labels.subarray(0, from).includes(LABEL.number))
    return false
  return end === keys.length || breaks[end] === true || BEHIND_STREET.has(labels[end]!)
}

const MOST_WORDS_OF_ROAD = 5

/** The end of a numbered road that begins at `at`; `at` where there is none. */
function findRoad(keys: readonly string[], at: number): number {
  const road = matchRoadType(keys, at, keys.length)
  if (road !== undefined) return at + road.length + 1
  let end = at
  while (end < keys.length && ISLAND_ROADS.has(keys[end]!)) end++
  return end > at && isNumber(keys[end]) ? end + 1 : at
}

/** Whether a primary number is a distance along the road, and so no number that houses are counted by: `MILE 44`. */
export function isDistance(primaryNumber: string): boolean {
  return (lookUp(primaryNumber.slice(0, Math.max(0, primaryNumber.indexOf(' ')))).cues & CUE.distance) !== 0
}
