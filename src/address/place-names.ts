import { readFileSync } from 'node:fs'

const codesOfPlace = new Map<string, string[]>()
const placesOfZip = new Map<string, string[]>()

function add<K>(map: Map<K, string[]>, key: K, value: string): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}

/** Words that the Postal Service and people write in two ways inside place names. */
const LONG_FORMS: Readonly<Record<string, string>> = {
  ST: 'SAINT',
  STE: 'SAINTE',
  FT: 'FORT',
  MT: 'MOUNT',
  N: 'NORTH',
  S: 'SOUTH',
  E: 'EAST',
  W: 'WEST',
  SPGS: 'SPRINGS',
  SPG: 'SPRING',
  HTS: 'HEIGHTS',
  BCH: 'BEACH',
  BH: 'BEACH',
  CTR: 'CENTER',
  PK: 'PARK',
  VLG: 'VILLAGE',
  CY: 'CITY',
  JCT: 'JUNCTION',
  LK: 'LAKE',
  PT: 'POINT',
  IS: 'ISLAND',
  TWP: 'TOWNSHIP',
  HLS: 'HILLS',
  GRV: 'GROVE',
  VLY: 'VALLEY',
  FLS: 'FALLS',
  MTN: 'MOUNTAIN',
}

/** One word of a place name in the long form under which places are kept: `ST` as `SAINT`. */
export function placeWord(word: string): string {
  return LONG_FORMS[word] ?? word
}

function placeKey(name: string): string {
  return name.split(/[ -]/u).map(placeWord).join(' ')
}

/** Every word of a place name, as written and in long form, and whether some name ends with it. */
export const placeWords = new Map<string, boolean>()
const zips = new Uint8Array(100_000)
const stateOfPrefix: (string | undefined)[] = Array.from({ length: 1000 })

let state = ''
for (const line of readFileSync(new URL('data/places.txt', import.meta.url), 'utf8').split('\n')) {
  if (line.startsWith('=')) {
    state = line.slice(1)
    continue
  }
  if (line === '') continue
  const tab = line.indexOf('\t')
  const place = placeKey(tab < 0 ? line : line.slice(0, tab))
  add(codesOfPlace, place, state)
  const words = place.split(' ')
  for (const [i, word] of words.entries()) {
    const ends = i === words.length - 1
    if (ends || !placeWords.has(word)) placeWords.set(word, ends)
  }
  if (tab < 0) continue
  let zip = 0
  for (const step of line.slice(tab + 1).split(' ')) {
    zip += Number(step)
    zips[zip] = 1
    stateOfPrefix[Math.floor(zip / 100)] ??= state
    add(placesOfZip, String(zip).padStart(5, '0'), place)
  }
}

/** The codes of the states that have a place of this name, given in words of `placeWord` joined by blanks. */
export function findStatesOfPlace(place: string): readonly string[] | undefined {
  return codesOfPlace.get(place)
}

/** The places that share a ZIP code, in words of `placeWord`; mostly one. */
export function findPlacesOfZip(zip: string): readonly string[] | undefined {
  return placesOfZip.get(zip)
}

/** Whether five digits are a ZIP code that a place is known for. */
export function isZip(digits: string): boolean {
  return zips[Number(digits)] === 1
}

/** The state whose places have ZIP codes that begin with the same three digits. */
export function findStateOfZip(zip: string): string | undefined {
  return stateOfPrefix[Number(zip.slice(0, 3))]
}
