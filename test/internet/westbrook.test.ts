import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDataSet } from '../../src/dataset/data-set.ts'
import type { DataSet } from '../../src/dataset/data-set.ts'
import { createDataSet } from '../../src/dataset/data-set-writer.ts'
import { ingestBdc } from '../../src/ingest/bdc/ingest-bdc.ts'
import { listSourceFiles } from '../../src/ingest/files/source-file.ts'
import { openInternetFinder } from '../../src/internet/find-internet.ts'
import type { InternetFinder } from '../../src/internet/find-internet.ts'
import type { CustomerKind, InternetAnswer } from '../../src/internet/internet-answer.ts'

const shared = resolve(import.meta.dirname, '../../../shared/data')
const filings = join(shared, 'bdc/maine_2022-06_rev2023-03-31')
const addresses = join(shared, 'region-westbrook-me/addresses_with_h3.csv')

type FilingRow = Record<
  | 'provider_id'
  | 'location_id'
  | 'technology'
  | 'max_advertised_download_speed'
  | 'max_advertised_upload_speed'
  | 'business_residential_code'
  | 'block_geoid'
  | 'h3_res8_id',
  string
>

/** Counts by hand what the rows of an area say: one pass over plain text, sharing nothing with the product. */
function countDirectly(rows: readonly FilingRow[], customer: CustomerKind): Record<string, unknown> {
  const codes = customer === 'residential' ? ['R', 'X'] : ['B', 'X']
  const everybody = new Set(rows.map((row) => row.location_id))
  const claims = Map.groupBy(
    rows.filter((row) => codes.includes(row.business_residential_code)),
    (row) => `${row.provider_id} ${row.technology}`,
  )
  return Object.fromEntries(
    [...claims].map(([claim, claimed]) => {
      const locations = new Set(claimed.map((row) => row.location_id)).size
      return [
        claim,
        {
          locations,
          share: locations / everybody.size,
          down: Math.max(...claimed.map((row) => Number(row.max_advertised_download_speed))),
          up: Math.max(...claimed.map((row) => Number(row.max_advertised_upload_speed))),
        },
      ]
    }),
  )
}

function asCounted(answer: InternetAnswer): Record<string, unknown> {
  if (answer.outcome === 'failed') return {}
  return Object.fromEntries(
    answer.providers.flatMap(({ providerId, offerings }) =>
      offerings.map((offering) => [
        `${providerId} ${offering.technologyCode}`,
        {
          locations: offering.locations,
          share: offering.share,
          down: offering.maxDownloadMbps,
          up: offering.maxUploadMbps,
        },
      ]),
    ),
  )
}

/** Every n-th, so that the sample is spread over the list and the same in each run. */
const sample = <T>(list: readonly T[], size: number): T[] =>
  Array.from({ length: size }, (_, index) => list[Math.floor((index * list.length) / size)]).filter(
    (x) => x !== undefined,
  )

describe.skipIf(!existsSync(filings) || !existsSync(addresses))('coverage of Westbrook, Maine', () => {
  let folder: string
  let dataSet: DataSet
  let finder: InternetFinder
  let hexagons: string[]
  let rows: FilingRow[]
  const rowsOfHexagon = (h3: string) => rows.filter((row) => row.h3_res8_id === h3)

  beforeAll(async () => {
    const addressRows = parse<Record<'h3_res8_parent_of_res9', string>>(readFileSync(addresses), { columns: true })
    hexagons = sample(addressRows, 200).map((row) => row.h3_res8_parent_of_res9)
    const wanted = new Set(hexagons)
    const files = await listSourceFiles(filings)
    rows = []
    for (const file of files) {
      const [header = '', ...lines] = (await text(await file.open())).split('\n')
      const kept = lines.filter((line) => wanted.has(line.trimEnd().slice(-15)))
      rows.push(...parse<FilingRow>([header, ...kept].join('\n'), { columns: true, skip_empty_lines: true }))
    }
    folder = await mkdtemp(join(tmpdir(), 'hum-westbrook-'))
    const writer = createDataSet(join(folder, 'data.sqlite'))
    let id = 0
    const { sources } = await ingestBdc({ db: writer.db, files, providerFiles: [], nextSourceId: () => ++id })
    for (const source of sources) writer.writeSource(source)
    writer.finish({ version: '26010101', isSandbox: false })
    dataSet = openDataSet(join(folder, 'data.sqlite'))
    finder = openInternetFinder(dataSet)
  }, 120_000)

  afterAll(async () => {
    dataSet.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.each(['residential', 'business'] as const)(
    'equals a direct count in every %s provider, technology, speed and share at 200 sampled addresses',
    (customer) => {
      let claims = 0
      for (const h3 of hexagons) {
        const answer = finder.findInternet({ h3, customer })
        const counted = countDirectly(rowsOfHexagon(h3), customer)
        claims += Object.keys(counted).length
        expect(asCounted(answer)).toEqual(counted)
        if (answer.outcome === 'matched') expect(answer.area.precision).toBe('hexagon')
      }
      expect(claims).toBeGreaterThan(400)
    },
  )

  it('equals a direct count in 200 sampled pairs of block and hexagon', () => {
    for (const { block_geoid: blockGeoid, h3_res8_id: h3 } of sample(rows, 200)) {
      const answer = finder.findInternet({ blockGeoid, h3 })
      const inPair = rowsOfHexagon(h3).filter((row) => row.block_geoid === blockGeoid)
      expect(asCounted(answer)).toEqual(countDirectly(inPair, 'residential'))
      if (answer.outcome === 'matched')
        expect(answer.area).toMatchObject({ precision: 'block_and_hexagon', blockGeoid, h3 })
    }
  })

  it('answers by the hexagon alone where the block has no filing', () => {
    const [h3 = ''] = hexagons
    const answer = finder.findInternet({ blockGeoid: '230059999999999', h3 })
    expect(answer).toMatchObject({ outcome: 'matched', area: { precision: 'hexagon', blockGeoid: undefined, h3 } })
  })

  it('tells nobody filed from nothing loaded', () => {
    const sea = '882a10d603fffff'
    expect(finder.findInternet({ blockGeoid: '230059999999999', h3: sea })).toMatchObject({ reason: 'nobody_filed' })
    expect(finder.findInternet({ h3: sea, stateFips: '23' })).toMatchObject({ reason: 'nobody_filed' })
    expect(finder.findInternet({ blockGeoid: '260059999999999', h3: sea })).toMatchObject({ reason: 'area_not_loaded' })
  })
})
