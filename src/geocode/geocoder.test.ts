import { cellToParent, latLngToCell } from 'h3-js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildGeocoder } from '../../test/support/street-world.ts'
import type { World } from '../../test/support/street-world.ts'
import { parseAddress } from '../address/index.ts'
import { distanceMeters } from '../lib/coordinates.ts'
import type { GeocodeResult } from './geocode-result.ts'

const ZIPS = [
  ['48034', 'Southfield', 'MI', 42.4969, -83.2911],
  ['48075', 'Southfield', 'MI', 42.4638, -83.2279],
  ['48442', 'Holly', 'MI', 42.7952, -83.6277],
  ['49855', 'Marquette', 'MI', 46.5513, -87.4069],
  ['20005', 'Washington', 'DC', 38.9067, -77.0312],
  ['20003', 'Washington', 'DC', 38.8829, -76.9895],
  ['02108', 'Boston', 'MA', 42.3576, -71.0684],
  ['11375', 'Forest Hills', 'NY', 40.7209, -73.8448],
] as const

const LEFT = '261251234001001'
const RIGHT = '261251234001002'
const BOTH_SIDES = { left: ['101', '199'], right: ['100', '198'] } as const

const worldOf = (world: World) => {
  const geocoder = buildGeocoder({ zips: ZIPS, ...world })
  return {
    geocoder,
    ask: (text: string, hint?: { latitude: number; longitude: number }) => geocoder.geocode(parseAddress(text), hint),
  }
}

/** The address of a match; of several, theirs; else the reason. */
function told(result: GeocodeResult): string | string[] {
  if (result.outcome === 'matched') return result.candidate.place.serviceAddress
  if (result.outcome === 'failed') return result.reason
  return result.candidates.map(({ place }) => place.serviceAddress)
}

function placeOf(result: GeocodeResult) {
  if (result.outcome !== 'matched') throw new Error(`not matched: ${JSON.stringify(result)}`)
  return result.candidate.place
}

describe('a number on a range', () => {
  const { ask } = worldOf({
    edges: [
      { street: 'Tiffany Dr E', ...BOTH_SIDES, leftBlock: LEFT, rightBlock: RIGHT, at: [42.5, -83.3] },
      { street: 'Quarry Rd', left: ['399', '301'], right: ['398', '300'], at: [42.52, -83.3] },
      { street: 'Mixed Rd', left: ['1', '20'], parity: 'both', at: [42.53, -83.3] },
      { street: 'Alpha Rd', left: ['LO00', 'LO98'], at: [42.54, -83.3] },
      { street: 'Beacon Ter', left: ['112-01', '112-99'], right: ['112-02', '112-98'], at: [42.55, -83.3] },
      { street: 'Old Mill Rd', left: ['1-401', '1-499'], right: ['1-400', '1-498'], at: [42.56, -83.3] },
      { street: 'Joined Rd', left: ['11201', '11299'], at: [42.57, -83.3] },
    ],
  })

  it('lies at its share of the line, ten metres off to its side, in the block of that side', () => {
    const odd = placeOf(ask('150 Tiffany Dr E, Southfield, MI 48034'))
    expect(odd).toMatchObject({
      precision: 'range',
      blockGeoid: RIGHT,
      serviceAddress: '150 TIFFANY DR E, SOUTHFIELD, MI 48034',
    })
    expect(odd.coordinates.latitude).toBeCloseTo(42.5 + (0.004 * 50) / 98, 6)
    expect(distanceMeters(odd.coordinates, { ...odd.coordinates, longitude: -83.3 })).toBeCloseTo(10, 1)
    expect(odd.coordinates.longitude).toBeGreaterThan(-83.3)
    const even = placeOf(ask('151 Tiffany Dr E, Southfield, MI 48034'))
    expect(even.blockGeoid).toBe(LEFT)
    expect(even.coordinates.longitude).toBeLessThan(-83.3)
  })

  it('runs downwards where the range does', () => {
    expect(placeOf(ask('302 Quarry Rd, Southfield, MI 48034')).coordinates.latitude).toBeGreaterThan(42.5238)
    expect(placeOf(ask('397 Quarry Rd, Southfield, MI 48034')).coordinates.latitude).toBeLessThan(42.5202)
  })

  it('takes both parities where the range does', () => {
    expect(placeOf(ask('7 Mixed Rd, Southfield, MI 48034')).precision).toBe('range')
    expect(placeOf(ask('8 Mixed Rd, Southfield, MI 48034')).precision).toBe('range')
  })

  it('compares prefixes letter by letter', () => {
    expect(told(ask('LO50 Alpha Rd, Southfield, MI 48034'))).toBe('LO50 ALPHA RD, SOUTHFIELD, MI 48034')
    expect(told(ask('50 Alpha Rd, Southfield, MI 48034'))).toBe('number_not_in_range')
    expect(placeOf(ask('1-450 Old Mill Rd, Southfield, MI 48034')).precision).toBe('range')
  })

  it('finds a hyphened number written without its hyphen, and the other way round', () => {
    const hyphened = placeOf(ask('112-10 Beacon Ter, Southfield, MI 48034'))
    const joined = placeOf(ask('11210 Beacon Ter, Southfield, MI 48034'))
    expect(joined.coordinates).toEqual(hyphened.coordinates)
    expect(placeOf(ask('112-11 Joined Rd, Southfield, MI 48034')).precision).toBe('range')
  })

  it.each([
    ['outside every range', '500 Tiffany Dr E, Southfield, MI 48034'],
    ['between the sides of one parity', '21 Mixed Rd, Southfield, MI 48034'],
  ])('has no place %s, and the nearest ranges are suggested', (_, text) => {
    const result = ask(text)
    expect(result).toMatchObject({ outcome: 'failed', reason: 'number_not_in_range' })
    if (result.outcome === 'failed') expect(result.suggestions[0]).toMatchObject({ zip: '48034' })
  })

  it('suggests the numbers of a street that was given without one', () => {
    expect(ask('Quarry Road, Southfield, MI 48034')).toMatchObject({
      reason: 'number_missing',
      suggestions: [{ street: 'QUARRY RD', lowNumber: '300', highNumber: '399' }],
    })
  })

  it('suggests both sides of an edge as one range', () => {
    expect(ask('500 Tiffany Drive East, Southfield, MI 48034')).toMatchObject({
      suggestions: [{ street: 'TIFFANY DR E', lowNumber: '100', highNumber: '199', zip: '48034' }],
    })
  })

  it('has the hexagon that the FCC files a place under: the parent of its resolution-9 cell', () => {
    const { coordinates, h3 } = placeOf(ask('150 Tiffany Dr E, Southfield, MI 48034'))
    expect(h3).toBe(cellToParent(latLngToCell(coordinates.latitude, coordinates.longitude, 9), 8))
  })
})

describe('a number of one parity that only the other side’s range encloses', () => {
  const { ask } = worldOf({ edges: [{ street: 'Even Ln', right: ['100', '198'] }] })

  it('is not placed across the street', () => {
    expect(told(ask('151 Even Ln, Southfield, MI 48034'))).toBe('number_not_in_range')
  })
})

describe('address points', () => {
  const { ask } = worldOf({
    edges: [{ street: 'Lodestar Rd', ...BOTH_SIDES, leftBlock: LEFT, rightBlock: RIGHT, at: [42.5, -83.3] }],
    points: [
      { street: 'Lodestar Road', number: '120', at: [42.5012, -83.2997] },
      { street: 'Lodestar Road', number: '130', unit: 'APT 1A', at: [42.502, -83.2997] },
      { street: 'Lodestar Road', number: '130', unit: 'APT 2B', at: [42.50201, -83.2997] },
      { street: 'Lodestar Road', number: '140A', at: [42.503, -83.2997] },
      { street: 'Lodestar Road', number: '140B', at: [42.503, -83.2998] },
      { street: 'Orchard Way', number: '7', zip: '48442', at: [42.79, -83.62] },
    ],
  })

  it('come before ranges, and bear the block of the nearest range of their street', () => {
    expect(placeOf(ask('120 Lodestar Rd, Southfield, MI 48034'))).toMatchObject({
      precision: 'point',
      coordinates: { latitude: 42.5012, longitude: -83.2997 },
      blockGeoid: RIGHT,
      unit: 'none',
      sourceIds: [3],
    })
  })

  it('leave the ranges to numbers that have no point', () => {
    expect(placeOf(ask('160 Lodestar Rd, Southfield, MI 48034')).precision).toBe('range')
  })

  it('have no block where their street has no range', () => {
    expect(placeOf(ask('7 Orchard Way, Holly, MI 48442')).blockGeoid).toBeUndefined()
  })

  it.each([
    ['130 Lodestar Rd Apt 2B', 'known', 42.50201],
    ['130 Lodestar Rd Unit 2B', 'known', 42.50201],
    ['130 Lodestar Rd #2b', 'known', 42.50201],
    ['130 Lodestar Rd Apt 9', 'unknown', undefined],
    ['130 Lodestar Rd', 'needed', undefined],
    ['120 Lodestar Rd Apt 9', 'unknown', 42.5012],
    ['160 Lodestar Rd Apt 9', 'unknown', undefined],
  ])('tell for %s that its unit is %s', (line, unit, latitude) => {
    const place = placeOf(ask(`${line}, Southfield, MI 48034`))
    expect(place.unit).toBe(unit)
    if (latitude !== undefined) expect(place.coordinates.latitude).toBe(latitude)
  })

  it('keep the unit in the service address', () => {
    expect(told(ask('130 Lodestar Road Apartment 2B, Southfield MI 48034'))).toBe(
      '130 LODESTAR RD APT 2B, SOUTHFIELD, MI 48034',
    )
  })

  it('are not taken for another letter’s', () => {
    expect(placeOf(ask('140B Lodestar Rd, Southfield, MI 48034')).coordinates.longitude).toBe(-83.2998)
    expect(placeOf(ask('140 Lodestar Rd, Southfield, MI 48034')).precision).toBe('range')
  })
})

describe('what was left out, or is wrong', () => {
  const { ask } = worldOf({
    edges: [
      { street: 'Tiffany Dr E', ...BOTH_SIDES },
      { street: 'Tiffany Dr W', ...BOTH_SIDES },
      { street: 'Marigold St', ...BOTH_SIDES },
      { street: 'Marigold Ct', ...BOTH_SIDES },
      { street: 'Hickory Cross Rd', ...BOTH_SIDES },
      { street: 'Long Branch Ct', ...BOTH_SIDES },
      { street: 'Long Ln', ...BOTH_SIDES },
      { street: 'N Front St', ...BOTH_SIDES },
      { street: '4th Ave', ...BOTH_SIDES },
      { street: 'E Bridge St', ...BOTH_SIDES },
      { street: 'Bridge St', ...BOTH_SIDES },
      { street: 'State Hwy 30', ...BOTH_SIDES },
      { street: 'Four Mile Rd', ...BOTH_SIDES },
      { street: 'Nursing Home Rd', ...BOTH_SIDES },
      { street: 'Southport Ct', ...BOTH_SIDES },
      { street: 'Sandy Ln', ...BOTH_SIDES, zip: '48442', at: [42.79, -83.62] },
      { street: 'Sandy Ln', ...BOTH_SIDES, zip: '49855', at: [46.55, -87.4] },
      { street: 'Lantern St NW', ...BOTH_SIDES, zip: '20005', state: 'DC', at: [38.9055, -77.0315] },
      { street: 'Lantern St SE', ...BOTH_SIDES, zip: '20003', state: 'DC', at: [38.8875, -76.9968] },
      { street: 'Harbor Row', ...BOTH_SIDES, zip: '02108', state: 'MA', at: [42.3576, -71.0636] },
    ],
  })

  it.each([
    '150 Hickory Cross Road, Southfield, Michigan 48034',
    '150 hickory cross rd southfield mi 48034',
    '150 Hickory Cross Rd, MI 48034',
    '150 Hickory Cross Rd, 48034',
    '150 Hickory Cross Rd, Southfield, MI',
    '150 Hickory Cross, Southfield, MI 48034',
    '150 Hickory Cross St, Southfield, MI 48034',
    '150 Hickory Cross Raod, Southfield, MI 48034',
    '150 Hickroy Cross Rd, Southfield, MI 48034',
    '150 Hikcory Corss Rd, Southfield, MI 48034',
    '150 Hickorycross Rd, Southfield, MI 48034',
    '150 Hickory Cross Rd, Southfield, MI 48075',
    '150 Hickory Cross Rd, Soutfield, MI 48034',
    '150 Hickory Cross Rd, Southfield, MI 48043',
    '150 N Hickory Cross Rd, Southfield, MI 48034',
    '150 Hickory Cross Rd, Soutfield, MI',
    '150 Hickory Cross Rd, Sothfeild, Michagan',
    '150 Hickory Cross Rd, Oakland County, MI',
    '150 Hickory Cross Rd, Southfield, Oakland County, MI',
    '150 Hickory Cross Michigan',
    'Hickory Cross Rd 150, Southfield, MI 48034',
    '48034 Southfield, 150 Hickory Cross Rd',
    '150 Hickory Cross Rd at Harbor Mall, Southfield, MI 48034',
    '150 Hickory Cross Rd & Marigold St, Southfield, MI 48034',
    'Southfield MI, 150 Hickory Cross Rd',
  ])('is made good in %s', (text) => {
    expect(told(ask(text))).toBe('150 HICKORY CROSS RD, SOUTHFIELD, MI 48034')
  })

  it.each([
    ['150 Long Branch, Southfield, MI 48034', '150 LONG BRANCH CT, SOUTHFIELD, MI 48034'],
    ['150 Front, Southfield, MI 48034', '150 N FRONT ST, SOUTHFIELD, MI 48034'],
    ['150 Fourth Ave, Southfield, MI 48034', '150 4TH AVE, SOUTHFIELD, MI 48034'],
    ['150 East Bridge Street, Southfield, MI 48034', '150 E BRIDGE ST, SOUTHFIELD, MI 48034'],
    ['150 Bridge St, Southfield, MI 48034', '150 BRIDGE ST, SOUTHFIELD, MI 48034'],
    ['150 State Highway 30, Southfield, MI 48034', '150 STATE HIGHWAY 30, SOUTHFIELD, MI 48034'],
    ['150 Four Mile Rd, Southfield, MI 48034', '150 FOUR MILE RD, SOUTHFIELD, MI 48034'],
    ['150 Nursing Home, Southfield, MI 48034', '150 NURSING HOME RD, SOUTHFIELD, MI 48034'],
    ['150 Southport Ct 48034', '150 SOUTHPORT CT, SOUTHFIELD, MI 48034'],
    ['150 Harbor Row, Boston, MA 02108', '150 HARBOR ROW, BOSTON, MA 02108'],
    ['150 & 152 Hickory Cross Rd, Southfield, MI', '150-152 HICKORY CROSS RD, SOUTHFIELD, MI 48034'],
    ['One Hundred Fifty Hickory Cross Rd, 48034', '150 HICKORY CROSS RD, SOUTHFIELD, MI 48034'],
    ['150 Sandy Ln, Marquette, MI', '150 SANDY LN, MARQUETTE, MI 49855'],
  ])('reads %s as %s', (text, address) => {
    expect(told(ask(text))).toBe(address)
  })

  it.each([
    ['a directional', '150 Tiffany Dr, Southfield, MI 48034', ['postdirectional']],
    ['a suffix', '150 Marigold, Southfield, MI 48034', ['suffix']],
    ['a quadrant', '150 Lantern St, Washington, DC', ['postdirectional', 'zip']],
    ['a city', '150 Sandy Ln, MI', ['city', 'zip']],
  ])('gives both places where only %s tells them apart, and says so', (_, text, differIn) => {
    const result = ask(text)
    expect(result).toMatchObject({ outcome: 'multiple', differIn })
    expect(told(result)).toHaveLength(2)
  })

  it('settles between several places by a hint that is much nearer to one', () => {
    const near = { latitude: 46.55, longitude: -87.4 }
    expect(told(ask('150 Sandy Ln, MI', near))).toBe('150 SANDY LN, MARQUETTE, MI 49855')
    expect(told(ask('150 Marigold, Southfield, MI 48034', { latitude: 42.9, longitude: -83.3 }))).toHaveLength(2)
  })

  it('says part by part how the address stands against the match', () => {
    const result = ask('150 Hikcory Cross Road, MI 48034')
    expect(result).toMatchObject({
      candidate: {
        parts: {
          primaryNumber: 'exact',
          streetName: 'corrected',
          suffix: 'abbreviated',
          city: 'missing',
          state: 'exact',
          zip: 'exact',
        },
      },
    })
    expect(ask('150 Hickory Cross Rd, Southfield, MI 48034')).toMatchObject({ candidate: { score: 1 } })
  })

  it.each([
    ['a street of that name only far away', '150 Sandy Ln, Southfield, MI 48034', 'street_unknown'],
    ['no street of that name', '1 Nowhere Blvd, Southfield, MI 48034', 'street_unknown'],
    ['the opposite direction', '900 S Front St, Southfield, MI 48034', 'number_not_in_range'],
    ['another numbered street', '150 5th Ave, Southfield, MI 48034', 'street_unknown'],
    ['another state', '150 Hickory Cross Rd, Austin, TX 78701', 'area_not_loaded'],
    ['a ZIP that is not loaded', '150 Zebra Rd, Detroit, MI 48201', 'area_not_loaded'],
    ['a post office box', 'PO Box 123, Southfield, MI 48034', 'post_office_box'],
    ['a rural route', 'RR 2 Box 18, Holly, MI 48442', 'rural_route'],
    ['a street without a number', 'Hickory Cross Rd, Southfield, MI 48034', 'number_missing'],
    ['a mile along a street', 'Mile 150 Hickory Cross Rd, Southfield, MI 48034', 'number_missing'],
    ['a corner', 'Main St and Oak Ave, Southfield, MI 48034', 'intersection'],
    ['a street without a number that is not known either', 'Nowhere Blvd, Southfield, MI 48034', 'not_an_address'],
    ['no address', 'hello', 'not_an_address'],
    ['nothing', '', 'not_an_address'],
  ])('gives no place for %s', (_, text, reason) => {
    expect(told(ask(text))).toBe(reason)
  })
})

describe('names of one edge', () => {
  const { ask } = worldOf({
    edges: [
      { street: 'Main St', ...BOTH_SIDES, tlid: 900, at: [42.5, -83.3] },
      { street: 'Main Ave', ...BOTH_SIDES, tlid: 900, at: [42.5, -83.3] },
    ],
  })

  it('are one place, not several', () => {
    expect(placeOf(ask('150 Main, Southfield, MI 48034')).precision).toBe('range')
  })
})

describe('the boroughs of New York', () => {
  const zips = [
    ['10003', 'NEW YORK', 'NY', 40.73, -73.99, 'MANHATTAN'],
    ['11215', 'BROOKLYN', 'NY', 40.67, -73.99, 'BROOKLYN'],
    ['11364', 'OAKLAND GARDENS', 'NY', 40.74, -73.76, 'QUEENS'],
  ] as const
  const street = { street: '4th Ave', ...BOTH_SIDES, city: 'NEW YORK', state: 'NY' }
  const { ask } = worldOf({
    zips,
    edges: zips.map(([zip, , , latitude, longitude]) => ({ ...street, zip, at: [latitude, longitude] as const })),
  })

  it.each([
    ['150 4 Ave, Queens, New York, NY, USA', '150 4TH AVE, OAKLAND GARDENS, NY 11364'],
    ['150 4th Ave, Queens, NY', '150 4TH AVE, OAKLAND GARDENS, NY 11364'],
    ['150 4th Ave, Brooklyn, New York, NY', '150 4TH AVE, BROOKLYN, NY 11215'],
    ['150 4th Ave, Manhattan, NY', '150 4TH AVE, NEW YORK, NY 10003'],
  ])('are found by their names: %s', (text, address) => {
    expect(told(ask(text))).toBe(address)
  })
})

describe('ranges without a ZIP', () => {
  const { ask } = worldOf({
    edges: [
      { street: 'Quiet Rd', ...BOTH_SIDES, zip: undefined, city: 'HOLLY', at: [42.79, -83.62] },
      { street: 'Quiet Rd', left: ['301', '399'], zip: '48442', at: [42.794, -83.62] },
    ],
  })

  it('are found by their street, since no equal ZIP is demanded', () => {
    expect(told(ask('150 Quiet Rd, Holly, MI 48442'))).toBe('150 QUIET RD, HOLLY, MI')
    expect(told(ask('150 Quiet Rd, Holly, MI'))).toBe('150 QUIET RD, HOLLY, MI')
  })
})

describe('a candidate', () => {
  const STREETS = ['Oak', 'Elm Grove', 'Maples', 'Mapels', 'Long Branch']
  const SUFFIXES = ['St', 'Ct', 'Ave', 'Ln']
  const DIRECTIONALS = ['', 'N', 'S', 'E']
  const edge = fc.record({
    name: fc.constantFrom(...STREETS),
    suffix: fc.constantFrom(...SUFFIXES),
    directional: fc.constantFrom(...DIRECTIONALS),
    isPost: fc.boolean(),
    zip: fc.constantFrom('48034', '48075', '48442'),
    low: fc.constantFrom(100, 120),
  })
  const question = fc.record({
    name: fc.constantFrom(...STREETS),
    suffix: fc.constantFrom('', '', ...SUFFIXES),
    directional: fc.constantFrom('', ...DIRECTIONALS),
    lastLine: fc.constantFrom('MI', 'Southfield, MI', 'MI 48075', 'Holly, MI 48442', 'Holly, MI 48034'),
    number: fc.integer({ min: 100, max: 225 }),
  })

  it('that is named among several is matched when its address is given in full', () => {
    let severalTimes = 0
    fc.assert(
      fc.property(
        fc.array(edge, { minLength: 12, maxLength: 32, size: 'max' }),
        fc.array(question, { minLength: 8, maxLength: 24, size: 'max' }),
        (edges, questions) => {
          const { ask, geocoder } = worldOf({
            edges: edges.map(({ name, suffix, directional, isPost, zip, low }, index) => ({
              street: (isPost ? [name, suffix, directional] : [directional, name, suffix]).filter(Boolean).join(' '),
              left: [String(low + 1), String(low + 99)],
              right: [String(low), String(low + 98)],
              zip,
              at: [42.4 + index * 0.01, -83.3],
            })),
          })
          for (const { name, suffix, directional, lastLine, number } of questions) {
            const result = ask(`${number} ${[directional, name, suffix].filter(Boolean).join(' ')}, ${lastLine}`)
            if (result.outcome !== 'multiple') continue
            severalTimes++
            for (const { id, place } of result.candidates) {
              const again = ask(place.serviceAddress)
              expect(again).toMatchObject({
                outcome: 'matched',
                candidate: { place: { coordinates: place.coordinates } },
              })
              expect(geocoder.findCandidate(id)).toMatchObject({ id, place })
            }
          }
        },
      ),
      { numRuns: 100 },
    )
    expect(severalTimes).toBeGreaterThan(20)
  })

  it('is not found by an id that no answer gave', () => {
    const { geocoder } = worldOf({ edges: [{ street: 'Oak St', ...BOTH_SIDES }] })
    expect(geocoder.findCandidate('')).toBeUndefined()
    expect(geocoder.findCandidate('AAAAAAAAAAAA')).toBeUndefined()
  })
})

it('answers any text without throwing', () => {
  const { geocoder } = worldOf({ edges: [{ street: 'Oak St', ...BOTH_SIDES }] })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat({ max: 999 }), (text, number) => {
      for (const address of [text, `${number} ${text}`, `${number} Oak ${text}`]) {
        expect(['matched', 'multiple', 'failed']).toContain(geocoder.geocode(parseAddress(address)).outcome)
        expect(geocoder.suggest(address).length).toBeLessThanOrEqual(10)
      }
    }),
  )
})
