import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCoverageWriter } from '../dataset/coverage/coverage-writer.ts'
import type { FiledService } from '../dataset/coverage/coverage-writer.ts'
import { createDataSet } from '../dataset/data-set-writer.ts'
import type { DataSetWriter } from '../dataset/data-set-writer.ts'
import { createProviderWriter } from '../dataset/coverage/provider-writer.ts'
import type { Source } from '../dataset/source.ts'
import { openInternetFinder } from './find-internet.ts'
import type { InternetFinder } from './find-internet.ts'

const none: FiledService = { locations: 0, maxDownloadMbps: 0, maxUploadMbps: 0, lowLatency: false }
const filed = (locations: number, maxDownloadMbps: number, maxUploadMbps = 10): FiledService => ({
  locations,
  maxDownloadMbps,
  maxUploadMbps,
  lowLatency: true,
})

const source: Source = {
  sourceId: 7,
  kind: 'bdc_availability',
  file: 'bdc_26_Cable_fixed_broadband_D24_01jul2025.zip',
  vintage: '2024-12-31',
  revision: '2025-07-01',
  licence: '',
  attribution: '',
  sha256: '',
  rowsRead: 0,
  rowsKept: 0,
  rejected: {},
}

const BLOCK = '010010201001000'
const NORTH = '882ab2ca03fffff'
const SOUTH = '882ab2ca01fffff'

let writer: DataSetWriter
let finder: InternetFinder

beforeAll(() => {
  writer = createDataSet(':memory:')
  const coverage = createCoverageWriter(writer.db)
  const providers = createProviderWriter(writer.db)
  providers.addProvider(900002, 'Holding Two')
  coverage.addBrand(1, 900001, 'Brand One')
  coverage.addBrand(2, 900002, 'DSL')
  coverage.addBrand(3, 900004, 'SkyArc')
  coverage.addBrand(4, 900001, 'Former Brand One')
  const cell = (cellId: number, block: string, h3: string, locations: number, blockLocations: number) =>
    coverage.addCell({ cellId, blockGeoid: BigInt(block), h3: BigInt(`0x${h3}`), locations, blockLocations })
  const add = (
    cellId: number,
    providerId: number,
    technologyCode: number,
    brandId: number,
    residential: FiledService,
    business = none,
  ) => coverage.addCoverage({ cellId, providerId, technologyCode, residential, business, brandId, sourceId: 7 })
  cell(1, BLOCK, SOUTH, 3, 13)
  add(1, 900001, 40, 4, filed(3, 300, 50))
  cell(2, BLOCK, NORTH, 10, 13)
  add(2, 900001, 40, 1, filed(9, 1000, 35), filed(2, 500))
  add(2, 900001, 50, 1, filed(1, 2000))
  add(2, 900002, 10, 2, filed(7, 0, 0))
  add(2, 900003, 50, 1, none, filed(1, 900))
  add(2, 900004, 61, 3, filed(10, 200))
  cell(3, '010010201001001', NORTH, 5, 5)
  add(3, 900001, 40, 1, filed(5, 100))
  add(-1, 900001, 50, 1, filed(1, 5000))
  coverage.addPoint({ latitude: 42_123456, longitude: -83_654321, locations: 1, profileId: 1 })
  coverage.addPoint({ latitude: 43_000000, longitude: -83_000000, locations: 1, profileId: 0 })
  coverage.finish()
  finder = openInternetFinder({ db: writer.db, sources: new Map([[7, source]]) })
})

afterAll(() => writer.db.close())

function expectMatched(answer: ReturnType<InternetFinder['findInternet']>) {
  if (answer.outcome !== 'matched') throw new Error(`failed: ${answer.reason}`)
  return answer
}

describe('findInternet', () => {
  it('answers for block and hexagon together where filings have the pair', () => {
    const { area, providers } = expectMatched(finder.findInternet({ blockGeoid: BLOCK, h3: NORTH }))
    expect(area).toEqual({
      precision: 'block_and_hexagon',
      blockGeoid: BLOCK,
      h3: NORTH,
      locations: 10,
      blockLocations: 13,
    })
    expect(providers[0]?.offerings[0]).toEqual({
      technologyCode: 40,
      maxDownloadMbps: 1000,
      maxUploadMbps: 35,
      lowLatency: true,
      residential: true,
      business: true,
      locations: 9,
      share: 0.9,
      verdict: 'likely',
      summary: 'Filed for 9 of the 10 locations in this part of the block.',
      sourceId: 7,
      asOfDate: '2024-12-31',
      revision: '2025-07-01',
    })
  })

  it('answers for the whole block where the pair was never filed, with counts added and maxima taken', () => {
    const { area, providers } = expectMatched(finder.findInternet({ blockGeoid: BLOCK, h3: '882ab2ca05fffff' }))
    expect(area).toEqual({ precision: 'block', blockGeoid: BLOCK, h3: undefined, locations: 13, blockLocations: 13 })
    expect(providers[0]?.offerings[0]).toMatchObject({
      technologyCode: 40,
      locations: 12,
      share: 12 / 13,
      maxDownloadMbps: 1000,
      maxUploadMbps: 50,
      summary: 'Filed for 12 of the 13 locations in this block.',
    })
    expect(providers[0]?.brandName).toBe('Brand One')
  })

  it.each([undefined, '010010201001999'])('answers for the hexagon where the block is %s', (blockGeoid) => {
    const { area, providers } = expectMatched(finder.findInternet({ blockGeoid, h3: NORTH }))
    expect(area).toEqual({
      precision: 'hexagon',
      blockGeoid: undefined,
      h3: NORTH,
      locations: 15,
      blockLocations: undefined,
    })
    expect(providers[0]?.offerings[0]).toMatchObject({ locations: 14, share: 14 / 15 })
  })

  it('orders providers terrestrial first, and their offerings by verdict', () => {
    const { providers } = expectMatched(finder.findInternet({ blockGeoid: BLOCK, h3: NORTH }))
    expect(providers.map(({ providerId, offerings }) => [providerId, offerings.map((o) => o.technologyCode)])).toEqual([
      [900001, [40, 50]],
      [900002, [10]],
      [900004, [61]],
    ])
  })

  it('answers for homes unless asked for businesses, with their own counts and speeds', () => {
    const { providers } = expectMatched(finder.findInternet({ blockGeoid: BLOCK, h3: NORTH, customer: 'business' }))
    expect(providers.map(({ providerId, offerings }) => [providerId, offerings.map((o) => o.maxDownloadMbps)])).toEqual(
      [
        [900003, [900]],
        [900001, [500]],
      ],
    )
  })

  it('shows a speed filed as zero', () => {
    const { providers } = expectMatched(finder.findInternet({ blockGeoid: BLOCK, h3: NORTH }))
    expect(providers[1]?.offerings[0]).toMatchObject({ maxDownloadMbps: 0, maxUploadMbps: 0, verdict: 'likely' })
  })

  it('names a provider whose brand is a technology by its company', () => {
    const { providers } = expectMatched(finder.findInternet({ blockGeoid: BLOCK, h3: NORTH }))
    expect(providers.map(({ displayName }) => displayName)).toEqual(['Brand One', 'Holding Two', 'SkyArc'])
  })

  it('finds nobody where nobody filed for that kind of customer', () => {
    const query = { blockGeoid: '010010201001001', h3: NORTH, customer: 'business' } as const
    expect(finder.findInternet(query)).toEqual({ outcome: 'failed', reason: 'nobody_filed' })
  })

  it('tells nobody filed from an area that is not loaded', () => {
    const elsewhere = '8826e3cd8bfffff'
    expect(finder.findInternet({ blockGeoid: '010010201009999', h3: elsewhere })).toMatchObject({
      reason: 'nobody_filed',
    })
    expect(finder.findInternet({ h3: elsewhere, stateFips: '01' })).toMatchObject({ reason: 'nobody_filed' })
    expect(finder.findInternet({ h3: elsewhere, stateFips: '02' })).toMatchObject({ reason: 'area_not_loaded' })
    expect(finder.findInternet({ h3: elsewhere })).toMatchObject({ reason: 'area_not_loaded' })
  })

  it.each(['street', 'zip'] as const)('is no surer than possible about a place that is only a %s', (precision) => {
    const { providers } = expectMatched(finder.findInternet({ blockGeoid: BLOCK, h3: NORTH, precision }))
    expect(new Set(providers.flatMap(({ offerings }) => offerings.map(({ verdict }) => verdict)))).toEqual(
      new Set(['possible']),
    )
  })

  it('gives the same answer again for the same area, and another for other customers', () => {
    const home = finder.findInternet({ blockGeoid: BLOCK, h3: NORTH, precision: 'point' })
    expect(finder.findInternet({ blockGeoid: BLOCK, h3: NORTH, precision: 'range' })).toBe(home)
    expect(finder.findInternet({ blockGeoid: BLOCK, h3: NORTH, precision: 'zip' })).not.toBe(home)
    expect(finder.findInternet({ blockGeoid: BLOCK, h3: NORTH, customer: 'business' })).not.toEqual(home)
  })

  it('answers rightly through more areas than it keeps at hand', () => {
    const query = { blockGeoid: BLOCK, h3: NORTH }
    const first = finder.findInternet(query)
    for (let index = 0; index < 5000; index++) {
      finder.findInternet({ h3: `88${index.toString(16).padStart(8, '0')}fffff`, stateFips: '01' })
    }
    const again = finder.findInternet(query)
    expect(again).not.toBe(first)
    expect(again).toEqual(first)
  })

  it('answers exactly where a licensed list holds the address point', () => {
    const query = {
      blockGeoid: BLOCK,
      h3: NORTH,
      coordinates: { latitude: 42.1234561, longitude: -83.6543209 },
    } as const
    const { area, providers } = expectMatched(finder.findInternet({ ...query, precision: 'point' }))
    expect(area).toMatchObject({ precision: 'location', locations: 1 })
    expect(providers).toMatchObject([
      {
        providerId: 900001,
        offerings: [{ technologyCode: 50, share: 1, verdict: 'available', summary: 'Filed for this very location.' }],
      },
    ])
  })

  it('knows that nobody filed for an exact location', () => {
    const coordinates = { latitude: 43, longitude: -83 }
    expect(finder.findInternet({ blockGeoid: BLOCK, h3: NORTH, coordinates, precision: 'point' })).toEqual({
      outcome: 'failed',
      reason: 'nobody_filed',
    })
  })

  it.each(['range', 'street', 'zip', undefined] as const)('takes no %s for an exact location', (precision) => {
    const coordinates = { latitude: 42.123456, longitude: -83.654321 }
    const { area } = expectMatched(finder.findInternet({ blockGeoid: BLOCK, h3: NORTH, coordinates, precision }))
    expect(area.precision).toBe('block_and_hexagon')
  })
})
