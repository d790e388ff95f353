import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLookUps } from '../../src/sessions/open-look-ups.ts'
import { openDataSet } from '../../src/dataset/data-set.ts'
import type { DataSet } from '../../src/dataset/data-set.ts'
import { buildDataSet } from '../../src/ingest/build-data-set.ts'
import { systemClock } from '../../src/lib/clock.ts'
import type { LookUps } from '../../src/sessions/look-ups.ts'

const root = resolve(import.meta.dirname, '../..')

/** Address → its geocoding outcome, and `provider technology share verdict` of each offering, in order. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  '29090 Tiffany Drive E, Southfield, MI 48034': [
    'matched point none block_and_hexagon',
    'Motor City Fiber 50 9/9 available',
    'Great Lakes Cable 40 9/9 available',
    'Huron Wireless 70 9/9 available',
    'SkyArc Satellite 61 9/9 available',
  ],
  '29001 Tiffany Drive E, Southfield, MI 48034': [
    'matched range none block_and_hexagon',
    'Great Lakes Cable 40 5/5 available',
    'Heritage DSL 10 5/5 available',
    'SkyArc Satellite 61 5/5 available',
  ],
  '29050 Tiffany Drive W, Southfield, MI 48034': [
    'matched range none block_and_hexagon',
    'Great Lakes Cable 40 8/8 available',
    'Heritage DSL 10 8/8 available',
    'SkyArc Satellite 61 8/8 available',
  ],
  '29091 Tiffany Drive, Southfield, MI 48034': ['multiple postdirectional', '29091 TIFFANY DR E', '29091 TIFFANY DR W'],
  '150 Marigold, Southfield, MI 48034': ['multiple suffix', '150 MARIGOLD CT', '150 MARIGOLD ST'],
  '101 Marigold Street, Southfield, MI 48034': [
    'matched range none block_and_hexagon',
    'Great Lakes Cable 40 13/13 available',
    'Motor City Fiber 50 12/13 likely',
    'SkyArc Satellite 61 13/13 available',
  ],
  '105 Marigold Street, Southfield, MI 48034': [
    'matched point none location',
    'Great Lakes Cable 40 1/1 available',
    'SkyArc Satellite 61 1/1 available',
  ],
  '150 Marigold Street, Southfield, MI 48034': [
    'matched point none block_and_hexagon',
    'Heritage DSL 10 10/10 available',
    'Motor City Fiber 50 1/10 possible',
    'SkyArc Satellite 61 10/10 available',
  ],
  '150 Marigold Court, Southfield, MI 48034': [
    'matched range none block_and_hexagon',
    'Heritage DSL 10 8/8 available',
    'SkyArc Satellite 61 8/8 available',
  ],
  '24520 Lodestar Road Apt 2B, Southfield, MI 48034': ['matched point known block_and_hexagon'],
  '24520 Lodestar Road, Southfield, MI 48034': ['matched point needed block_and_hexagon'],
  '24520 Lodestar Road Apt 99, Southfield, MI 48034': ['matched point unknown block_and_hexagon'],
  '24521 Lodestar Road, Southfield, MI 48034': [
    'matched range none block_and_hexagon',
    'SkyArc Satellite 61 9/9 available',
  ],
  '500 Quarry Road, Holly, MI 48442': ['matched range none block', 'SkyArc Satellite 61 4/4 available'],
  '10 Silent Pines Trail, Holly, MI 48442': ['matched range none nobody_filed'],
  '7 Orchard Way, Holly, MI 48442': [
    'matched point none hexagon',
    'Great Lakes Cable 40 1/1 available',
    'Huron Wireless 70 1/1 available',
    'SkyArc Satellite 61 1/1 available',
  ],
  '1 Nowhere Boulevard, Southfield, MI 48034': ['failed street_unknown'],
  '99999 Tiffany Drive E, Southfield, MI 48034': ['failed number_not_in_range', '29000-29199 TIFFANY DR E'],
  'PO Box 123, Southfield, MI 48034': ['failed post_office_box'],
  '1201 Lantern Street NW, Washington, DC 20005': ['matched range none block_and_hexagon'],
  '1201 Lantern Street, Washington, DC': ['multiple postdirectional', '1201 LANTERN ST NW', '1201 LANTERN ST SE'],
  '12 Harbor Row, Boston, MA 02108': ['matched range none block_and_hexagon'],
  '112-10 Beacon Terrace, Forest Hills, NY 11375': [
    'matched range none block_and_hexagon',
    'Great Lakes Cable 40 15/15 available',
    'Motor City Fiber 50 9/15 possible',
    'SkyArc Satellite 61 15/15 available',
  ],
  '4100 Slowpoke Lane, Southfield, MI 48034': ['matched range none block_and_hexagon'],
  '4200 Slowpoke Lane, Southfield, MI 48034': ['matched range none block_and_hexagon'],
  '4300 Broken Lane, Southfield, MI 48034': ['matched range none block_and_hexagon'],
  '4400 Broken Lane, Southfield, MI 48034': ['matched range none block_and_hexagon'],
}

let folder: string
let dataSet: DataSet
let lookUps: LookUps

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hum-sandbox-'))
  const { path } = await buildDataSet(
    { mixed: [join(root, 'data/sandbox')], out: folder, isSandbox: true },
    { clock: systemClock, report: () => {} },
  )
  dataSet = openDataSet(path)
  lookUps = openLookUps(dataSet)
})

afterAll(() => {
  dataSet.close()
  rmSync(folder, { recursive: true })
})

const deliveryLine = (serviceAddress: string): string => serviceAddress.split(',')[0] ?? ''

function summarize(address: string): string[] {
  const geocoding = lookUps.geocode({ street1: address })
  switch (geocoding.outcome) {
    case 'multiple':
      return [
        `multiple ${geocoding.differIn[0]}`,
        ...geocoding.candidates.map(({ place }) => deliveryLine(place.serviceAddress)).toSorted(),
      ]
    case 'failed':
      return [
        `failed ${geocoding.reason}`,
        ...geocoding.suggestions.map(({ lowNumber, highNumber, street }) => `${lowNumber}-${highNumber} ${street}`),
      ]
    case 'matched': {
      const { place } = geocoding.candidate
      const internet = lookUps.findInternet(place)
      if (internet.outcome === 'failed') return [`matched ${place.precision} ${place.unit} ${internet.reason}`]
      return [
        `matched ${place.precision} ${place.unit} ${internet.area.precision}`,
        ...internet.providers.flatMap(({ displayName, offerings }) =>
          offerings.map(
            ({ technologyCode, locations, verdict }) =>
              `${displayName} ${technologyCode} ${locations}/${internet.area.locations} ${verdict}`,
          ),
        ),
      ]
    }
  }
}

describe('the test addresses of the sandbox', () => {
  it('are those of docs/test-addresses.md', () => {
    const page = readFileSync(join(root, 'docs/test-addresses.md'), 'utf8')
    const documented = [...page.matchAll(/^\| (?!Address)([^|]*[A-Z]{2}(?: \d{5})?) \|/gm)].map(
      ([, address]) => address,
    )
    expect(documented).toEqual(Object.keys(EXPECTED))
  })

  it.each(Object.entries(EXPECTED))('%s answers as documented', (address, expected) => {
    const [outcome, ...rest] = summarize(address)
    expect(outcome).toBe(expected[0])
    if (expected.length > 1) expect(rest).toEqual(expected.slice(1))
  })
})
