/**
 * The sandbox region: invented streets, blocks, providers and filings around real towns, described by hand.
 *
 * `write-sandbox.ts` turns it into files in the layouts of the real sources. Every test address of
 * `docs/test-addresses.md` rests on something here. Street and provider names are invented, except that of the
 * published example of the Hum API (29090 Tiffany Drive E, Southfield, MI 48034).
 */

/** What a provider filed for the locations of one block. */
export interface Filing {
  readonly providerId: number
  readonly technologyCode: number
  readonly downloadMbps: number
  readonly uploadMbps: number
  readonly lowLatency: boolean
  /** B business only, R residential only, X both. */
  readonly code: 'B' | 'R' | 'X'
  /** How many of the block's locations it filed for; all when left out. */
  readonly locations?: number
}

/** One side of a street's line: its numbers and what is filed for the block behind it. */
export interface Side {
  readonly from: string
  readonly to: string
  /** Tract and block, 6 + 4 digits behind the county. */
  readonly block: string
  /** Locations that the filings of the block count along this side. */
  readonly locations: number
  readonly filings: readonly Filing[]
}

/** A straight street; `start` and `end` are metres east and north of the county's origin. */
export interface Street {
  readonly name: string
  readonly zip: string
  readonly start: readonly [east: number, north: number]
  readonly end: readonly [east: number, north: number]
  readonly left?: Side
  readonly right?: Side
}

/** An address point; without `street` of the same name in the county it has no block and stays at hexagon precision. */
export interface Point {
  readonly number: string
  readonly street: string
  readonly units?: readonly string[]
  readonly zip: string
  readonly at: readonly [east: number, north: number]
  /**
   * Stands in the sandbox's list of locations as the n-th location, from 1, along its side of its street, so that its
   * answer is exact.
   */
  readonly location?: number
  /** Filings for the hexagon of a point that no street's side covers. */
  readonly filings?: readonly Filing[]
}

export interface County {
  readonly geoid: string
  readonly state: string
  readonly placeFips: string
  readonly place: string
  readonly origin: { readonly latitude: number; readonly longitude: number }
  readonly streets: readonly Street[]
  readonly points: readonly Point[]
}

/** Invented providers; their ids and FRNs lie outside of those that the FCC has given out. */
export const PROVIDERS = [
  { providerId: 900_001, frn: '0099000001', name: 'Motor City Fiber, LLC', brand: 'Motor City Fiber' },
  { providerId: 900_002, frn: '0099000002', name: 'Great Lakes Cable, Inc.', brand: 'Great Lakes Cable' },
  { providerId: 900_003, frn: '0099000003', name: 'Huron Wireless Cooperative', brand: 'Huron Wireless' },
  { providerId: 900_004, frn: '0099000004', name: 'SkyArc Satellite Corp', brand: 'SkyArc Satellite' },
  { providerId: 900_005, frn: '0099000005', name: 'Heritage Telephone Company', brand: 'Heritage DSL' },
] as const

const fiber = (locations?: number): Filing => ({
  providerId: 900_001,
  technologyCode: 50,
  downloadMbps: 5000,
  uploadMbps: 5000,
  lowLatency: true,
  code: 'X',
  ...(locations !== undefined && { locations }),
})
const cable = (locations?: number): Filing => ({
  providerId: 900_002,
  technologyCode: 40,
  downloadMbps: 1200,
  uploadMbps: 35,
  lowLatency: true,
  code: 'R',
  ...(locations !== undefined && { locations }),
})
const businessCable: Filing = { ...cable(), downloadMbps: 1000, uploadMbps: 100, code: 'B' }
const fixedWireless: Filing = {
  providerId: 900_003,
  technologyCode: 70,
  downloadMbps: 100,
  uploadMbps: 20,
  lowLatency: true,
  code: 'X',
}
const satellite: Filing = {
  providerId: 900_004,
  technologyCode: 61,
  downloadMbps: 220,
  uploadMbps: 20,
  lowLatency: true,
  code: 'X',
}
const copper: Filing = {
  providerId: 900_005,
  technologyCode: 10,
  downloadMbps: 24,
  uploadMbps: 3,
  lowLatency: true,
  code: 'X',
}
/** Filed as 0/0: below the tiers that the FCC asks for, not "no service". */
const slowCopper: Filing = { ...copper, downloadMbps: 0, uploadMbps: 0 }

const everything = [fiber(), cable(), fixedWireless, satellite]

export const COUNTIES: readonly County[] = [
  {
    geoid: '26125',
    state: 'MI',
    placeFips: '74900',
    place: 'Southfield',
    // The coordinates that the Hum API's own example gives for 29090 Tiffany Drive E.
    origin: { latitude: 42.501721339274, longitude: -83.286263465881 },
    streets: [
      {
        name: 'Tiffany Dr E',
        zip: '48034',
        start: [-10, -227.27],
        end: [-10, 272.73],
        left: { from: '29001', to: '29199', block: '1612001002', locations: 10, filings: [cable(), copper, satellite] },
        right: { from: '29000', to: '29198', block: '1612001001', locations: 13, filings: everything },
      },
      {
        name: 'Tiffany Dr W',
        zip: '48034',
        start: [-410, -227.27],
        end: [-410, 272.73],
        left: {
          from: '29001',
          to: '29199',
          block: '1612001003',
          locations: 12,
          filings: [fiber(), cable(), satellite],
        },
        right: {
          from: '29000',
          to: '29198',
          block: '1612001004',
          locations: 12,
          filings: [cable(), copper, satellite],
        },
      },
      {
        name: 'Marigold St',
        zip: '48034',
        start: [100, 500],
        end: [500, 500],
        left: { from: '199', to: '101', block: '1612002001', locations: 13, filings: [fiber(12), cable(), satellite] },
        right: { from: '198', to: '100', block: '1612002002', locations: 10, filings: [fiber(1), copper, satellite] },
      },
      {
        name: 'Marigold Ct',
        zip: '48034',
        start: [100, 900],
        end: [300, 900],
        left: { from: '101', to: '199', block: '1612002003', locations: 8, filings: [cable(), satellite] },
        right: { from: '100', to: '198', block: '1612002004', locations: 8, filings: [slowCopper, satellite] },
      },
      {
        name: 'Lodestar Rd',
        zip: '48034',
        start: [600, 0],
        end: [600, 600],
        left: { from: '24501', to: '24599', block: '1612003001', locations: 9, filings: [businessCable, satellite] },
        right: { from: '24500', to: '24598', block: '1612003002', locations: 6, filings: everything },
      },
      {
        name: 'Slowpoke Ln',
        zip: '48034',
        start: [900, 0],
        end: [900, 300],
        right: { from: '4000', to: '4998', block: '1612004001', locations: 10, filings: everything },
      },
      {
        name: 'Broken Ln',
        zip: '48034',
        start: [1200, 0],
        end: [1200, 300],
        right: { from: '4000', to: '4998', block: '1612004002', locations: 10, filings: everything },
      },
    ],
    points: [
      {
        number: '24520',
        street: 'Lodestar Rd',
        zip: '48034',
        at: [640, 130],
        units: ['1A', '1B', '2A', '2B', '3A', '3B'],
      },
      { number: '29090', street: 'Tiffany Dr E', zip: '48034', at: [0, 0] },
      { number: '150', street: 'Marigold St', zip: '48034', at: [290, 482] },
      // The one location of thirteen that the fibre of the block does not reach.
      { number: '105', street: 'Marigold St', zip: '48034', at: [484.615385, 510], location: 13 },
    ],
  },
  {
    geoid: '26125',
    state: 'MI',
    placeFips: '38780',
    place: 'Holly',
    origin: { latitude: 42.79197, longitude: -83.62773 },
    streets: [
      {
        name: 'Quarry Rd',
        zip: '48442',
        start: [0, 0],
        end: [0, 2000],
        left: { from: '501', to: '1499', block: '1220004001', locations: 5, filings: [satellite] },
        right: { from: '500', to: '1498', block: '1220004002', locations: 4, filings: [satellite] },
      },
      {
        name: 'Silent Pines Trl',
        zip: '48442',
        start: [6000, 6000],
        end: [6000, 6600],
        right: { from: '2', to: '98', block: '1220004003', locations: 0, filings: [] },
      },
    ],
    points: [
      {
        number: '7',
        street: 'Orchard Way',
        zip: '48442',
        at: [4000, -4000],
        filings: [cable(), fixedWireless, satellite],
      },
    ],
  },
  {
    geoid: '11001',
    state: 'DC',
    placeFips: '50000',
    place: 'Washington',
    origin: { latitude: 38.9055, longitude: -77.0315 },
    streets: [
      {
        name: 'Lantern St NW',
        zip: '20005',
        start: [0, 0],
        end: [300, 0],
        left: { from: '1201', to: '1299', block: '0058001001', locations: 7, filings: [fiber(), cable(), satellite] },
        right: { from: '1200', to: '1298', block: '0058001002', locations: 7, filings: everything },
      },
      {
        name: 'Lantern St SE',
        zip: '20003',
        start: [3000, -2000],
        end: [3300, -2000],
        left: { from: '1201', to: '1299', block: '0067001001', locations: 6, filings: [cable(), satellite] },
        right: { from: '1200', to: '1298', block: '0067001002', locations: 6, filings: [cable(), satellite] },
      },
    ],
    points: [],
  },
  {
    geoid: '25025',
    state: 'MA',
    placeFips: '07000',
    place: 'Boston',
    origin: { latitude: 42.3576, longitude: -71.0636 },
    streets: [
      {
        name: 'Harbor Row',
        zip: '02108',
        start: [0, 0],
        end: [150, 100],
        left: { from: '1', to: '49', block: '0303001001', locations: 11, filings: [fiber(), cable()] },
        right: { from: '2', to: '50', block: '0303001002', locations: 12, filings: [fiber(), cable(), satellite] },
      },
    ],
    points: [],
  },
  {
    geoid: '36081',
    state: 'NY',
    placeFips: '51000',
    place: 'New York',
    origin: { latitude: 40.7209, longitude: -73.8448 },
    streets: [
      {
        name: 'Beacon Ter',
        zip: '11375',
        start: [0, 0],
        end: [200, 0],
        left: { from: '112-01', to: '112-99', block: '0737001001', locations: 15, filings: [cable(), satellite] },
        right: {
          from: '112-02',
          to: '112-98',
          block: '0737001002',
          locations: 15,
          filings: [fiber(9), cable(), satellite],
        },
      },
    ],
    points: [],
  },
]

/** GeoNames rows of the region's ZIPs (facts from GeoNames, CC BY 4.0). */
export const ZIP_PLACES = [
  'US\t48034\tSouthfield\tMichigan\tMI\tOakland\t125\t\t\t42.4969\t-83.2911\t4',
  'US\t48442\tHolly\tMichigan\tMI\tOakland\t125\t\t\t42.7952\t-83.6277\t4',
  'US\t20005\tWashington\tDistrict of Columbia\tDC\tDistrict of Columbia\t001\t\t\t38.9067\t-77.0312\t4',
  'US\t20003\tWashington\tDistrict of Columbia\tDC\tDistrict of Columbia\t001\t\t\t38.8829\t-76.9895\t4',
  'US\t02108\tBoston\tMassachusetts\tMA\tSuffolk\t025\t\t\t42.3576\t-71.0684\t4',
  'US\t11375\tForest Hills\tNew York\tNY\tQueens\t081\t\t\t40.7207\t-73.8458\t4',
]

/** Test addresses whose agents misbehave on purpose, so that waiting and failing can be tried. */
export const BEHAVIOURS = [
  { number: '4100', street: 'Slowpoke Ln', zip: '48034', agent: 'internet', behaviour: 'slow', seconds: 4 },
  { number: '4200', street: 'Slowpoke Ln', zip: '48034', agent: 'geocoding', behaviour: 'slow', seconds: 4 },
  { number: '4300', street: 'Broken Ln', zip: '48034', agent: 'internet', behaviour: 'fail', seconds: 0 },
  { number: '4400', street: 'Broken Ln', zip: '48034', agent: 'geocoding', behaviour: 'fail', seconds: 0 },
] as const

/** What providers say of themselves at a test address, as their own qualification services would. */
export const CONFIRMATIONS = [
  { providerId: 900_002, technology: 40, result: 'refused', source: 'Great Lakes Cable, invented' },
  { providerId: 900_005, technology: 10, result: 'confirmed', source: 'Heritage DSL, invented' },
].map(({ providerId, ...said }) => ({
  number: '29050',
  street: 'Tiffany Dr W',
  zip: '48034',
  provider_id: providerId,
  ...said,
  at: '2026-11-01T12:00:00Z',
}))
