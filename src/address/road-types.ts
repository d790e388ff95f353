import { isNumberSign } from './number-sign.ts'
import { STATES } from './states.ts'

/** The type words of a numbered road: how many, with the sign of "Highway No 33", and how Publication 28, appendix F writes them. */
export interface RoadType {
  readonly length: number
  readonly standard: string
}

const ROADS: Readonly<Record<string, readonly string[]>> = {
  HIGHWAY: ['HIGHWAY', 'HWY', 'HIWAY', 'HIGHWY', 'HIWY', 'HWAY', 'HGWY', 'HWYS', 'HIGHWAYS'],
  ROUTE: ['ROUTE', 'RTE', 'RT'],
  ROAD: ['ROAD', 'RD'],
}

const OWNERS: Readonly<Record<string, readonly string[]>> = {
  COUNTY: ['COUNTY', 'CNTY', 'CTY', 'CO', 'COUNTRY'],
  STATE: ['STATE', 'ST'],
  US: ['US', 'U S', 'UNITED STATES'],
  TOWN: ['TOWN'],
  TOWNSHIP: ['TOWNSHIP', 'TWP', 'TWNSHP'],
  RANCH: ['RANCH'],
  FARM: ['FARM'],
  FOREST: ['FOREST', 'FOREST SERVICE', 'USFS', 'FS', 'NATIONAL FOREST'],
  INDIAN: ['INDIAN'],
  PRIVATE: ['PRIVATE', 'PVT'],
  COUNTYTRUNK: ['COUNTY TRUNK', 'CO TRUNK'],
  STATETRUNK: ['STATE TRUNK'],
}

const WHOLE: Readonly<Record<string, string>> = {
  CR: 'COUNTY ROAD',
  CTH: 'COUNTY HIGHWAY',
  STH: 'STATE HIGHWAY',
  SH: 'STATE HIGHWAY',
  US: 'US HIGHWAY',
  'U S': 'US HIGHWAY',
  USHWY: 'US HIGHWAY',
  TSR: 'TOWNSHIP ROAD',
  TR: 'TOWNSHIP ROAD',
  FM: 'FM',
  'FM ROAD': 'FM',
  'FM RD': 'FM',
  'HWY FM': 'FM',
  'HIGHWAY FM': 'FM',
  'FARM TO MARKET': 'FM',
  'FARM TO MARKET ROAD': 'FM',
  'FARM TO MARKET RD': 'FM',
  'FARM-TO-MARKET': 'FM',
  RM: 'RM',
  'RANCH TO MARKET': 'RM',
  'RANCH TO MARKET ROAD': 'RM',
  I: 'INTERSTATE',
  IH: 'INTERSTATE',
  INTERSTATE: 'INTERSTATE',
  'INTERSTATE HWY': 'INTERSTATE',
  'INTERSTATE HIGHWAY': 'INTERSTATE',
  'I HWY': 'INTERSTATE',
  LOOP: 'LOOP',
  'BUSINESS LOOP': 'BUSINESS LOOP',
  'FIRE ROAD': 'FIRE ROAD',
  'FIRE RD': 'FIRE ROAD',
  'FIRE LANE': 'FIRE LANE',
  'FIRE LN': 'FIRE LANE',
  EXPRESSWAY: 'EXPRESSWAY',
  EXPY: 'EXPRESSWAY',
  'STATE SPUR': 'STATE SPUR',
  SPUR: 'SPUR',
}

const STANDARDS = new Map<string, string>(Object.entries(WHOLE))
/** Types that a state's name may stand before: `KY HIGHWAY`, `CA COUNTY ROAD`. */
const statesOwn = new Map<string, string>([['CR', 'COUNTY ROAD']])
for (const [road, roadSpellings] of Object.entries(ROADS)) {
  for (const roadText of roadSpellings) {
    STANDARDS.set(roadText, road)
    statesOwn.set(roadText, road)
    for (const [owner, ownerSpellings] of Object.entries(OWNERS)) {
      const standard = `${owner.replace('TRUNK', ' TRUNK')} ${road}`
      for (const ownerText of ownerSpellings) {
        STANDARDS.set(`${ownerText} ${roadText}`, standard)
        if (owner === 'COUNTY' || owner === 'STATE') statesOwn.set(`${ownerText} ${roadText}`, standard)
      }
    }
  }
}
for (const { code, name } of STATES) {
  for (const stateText of [code, name.toUpperCase()]) {
    for (const [text, standard] of statesOwn) {
      const whole = `${stateText} ${text}`
      if (!STANDARDS.has(whole)) STANDARDS.set(whole, `${code} ${standard}`)
    }
    if (!STANDARDS.has(stateText)) STANDARDS.set(stateText, `${code} HIGHWAY`)
  }
}

/** The types word by word, so that a text is read no further than some type goes on. */
interface TypeWords {
  /** The standard form of the type whose words end here. */
  standard: string | undefined
  readonly next: Map<string, TypeWords>
}

const types: TypeWords = { standard: undefined, next: new Map() }
for (const [text, standard] of STANDARDS) {
  let at = types
  for (const word of text.split(' ')) {
    let next = at.next.get(word)
    if (next === undefined) at.next.set(word, (next = { standard: undefined, next: new Map() }))
    at = next
  }
  at.standard = standard
}

/** Words that "No" may stand behind before the road's number. */
const SIGNED = new Set([...(ROADS['HIGHWAY'] ?? []), ...(ROADS['ROUTE'] ?? [])])

/** The words that some road's type begins with. */
export const ROAD_TYPE_BEGINNINGS: ReadonlySet<string> = new Set(['SR', ...types.next.keys()])

const isDigit = (code: number) => code >= 48 && code <= 57

/** A road's number or letters: `41`, `60E`, `1150EE`, `A1A`, `UV`. Letters alone only behind types that have such roads. */
function isRouteNumber(key: string | undefined, standard: string): boolean {
  if (key === undefined || isNumberSign(key)) return false
  if (isDigit(key.charCodeAt(0))) return !/^\d+(?:ST|ND|RD|TH)$/u.test(key)
  if (/^[A-Z]\d+[A-Z]?$/u.test(key)) return /HIGHWAY|ROUTE|ROAD/u.test(standard)
  if (key.length > 2 || !/^[A-Z]+$/u.test(key)) return false
  return key.length === 1 || key[0] === key[1] || /^(?:COUNTY|STATE)/u.test(standard)
    ? /COUNTY|STATE|HIGHWAY|ROUTE/u.test(standard)
    : false
}

/**
 * The type words that begin at `from`, longest first, if a road's number follows them before `end`.
 *
 * `SR` before letters is a route, before a number a road, as appendix F has it.
 */
export function matchRoadType(keys: readonly string[], from: number, end: number): RoadType | undefined {
  const first = keys[from]
  if (first === undefined || end - from < 2) return undefined
  if (first === 'SR' && isRouteNumber(keys[from + 1], 'STATE')) {
    return { length: 1, standard: isDigit((keys[from + 1] ?? '').charCodeAt(0)) ? 'STATE ROAD' : 'STATE ROUTE' }
  }
  let found: RoadType | undefined
  let at = types.next.get(first)
  for (let length = 1; at !== undefined && from + length < end; length++) {
    const following = keys[from + length]!
    if (at.standard !== undefined) {
      if (isRouteNumber(following, at.standard)) found = { length, standard: at.standard }
      else if (isNumberSign(following) && from + length + 1 < end && SIGNED.has(keys[from + length - 1]!)) {
        if (isRouteNumber(keys[from + length + 1], at.standard)) found = { length: length + 1, standard: at.standard }
      }
    }
    at = at.next.get(following)
  }
  return found
}
