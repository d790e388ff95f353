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

let state = ''
for (const line of readFileSync(new URL('data/places.txt', import.meta.url), 'utf8').split('\n')) {
  if (line.startsWith('=')) {
    state = line.slice(1)
    continue
  }
  const tab = line.indexOf('\t')
  if (tab < 0) continue
  const place = placeKey(line.slice(0, tab))
  add(codesOfPlace, place, state)
  let zip = 0
  for (const step of line.slice(tab + 1).split(' ')) {
    zip += Number(step)
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
