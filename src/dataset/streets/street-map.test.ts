import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import type { DataSet } from '../data-set.ts'
import { cellsAround } from './map-cell.ts'
import type { AddressPointRecord, AddressRangeRecord } from './street-records.ts'
import { openStreetMap } from './street-map.ts'
import { createStreetWriter } from './street-writer.ts'

const AT = { latitude: 42.5, longitude: -83.3 }
const BLOCK = '261251612001001'

const range = (more: Partial<AddressRangeRecord>): AddressRangeRecord => ({
  street: { streetName: 'OAK', suffix: 'ST' },
  fromNumber: '100',
  toNumber: '198',
  parity: 'even',
  side: 'right',
  zip: '48034',
  state: 'MI',
  countyGeoid: '26125',
  tlid: 1,
  line: [AT, { latitude: 42.502, longitude: -83.3 }],
  blockGeoid: BLOCK,
  imputed: false,
  sourceId: 1,
  ...more,
})

const point = (more: Partial<AddressPointRecord>): AddressPointRecord => ({
  street: { streetName: 'ELM', suffix: 'LN' },
  number: '7',
  zip: '48034',
  state: 'MI',
  coordinates: AT,
  sourceId: 2,
  ...more,
})

let dataSet: DataSet | undefined
afterEach(() => dataSet?.db.close())

function openMapOf(ranges: readonly AddressRangeRecord[], points: readonly AddressPointRecord[] = []) {
  const db = new Database(':memory:')
  const writer = createStreetWriter(db)
  for (const record of ranges) writer.addRange(record)
  for (const record of points) writer.addPoint(record)
  writer.finish()
  dataSet = { version: '26010100', isSandbox: true, db, sources: new Map(), close: () => db.close() }
  return openStreetMap(dataSet)
}

describe('what lies around a place', () => {
  it('is each edge once, with its street, and the sides of it that lie in the block', () => {
    const map = openMapOf([
      range({}),
      range({ side: 'left', fromNumber: '101', toNumber: '199', parity: 'odd', blockGeoid: '261251612001002' }),
      range({
        tlid: 2,
        fromNumber: '200',
        toNumber: '298',
        line: [
          { latitude: 42.502, longitude: -83.3 },
          { latitude: 42.504, longitude: -83.3 },
        ],
      }),
    ])
    const { edges } = map.findSurroundings([AT], { radiusMeters: 500, blockGeoid: BLOCK, limit: 100 })
    expect(edges.map(({ street, blockSides }) => [street.streetName, street.suffix, blockSides])).toEqual([
      ['OAK', 'ST', ['right']],
      ['OAK', 'ST', ['right']],
    ])
    expect(edges[0]?.line[0]).toEqual(AT)
  })

  it('leaves out what is far away, and marks no side when no block is asked for', () => {
    const far = { latitude: 43, longitude: -83.3 }
    const map = openMapOf([range({}), range({ tlid: 2, line: [far, { latitude: 43.002, longitude: -83.3 }] })])
    const { edges } = map.findSurroundings([AT], { radiusMeters: 500, limit: 100 })
    expect(edges).toHaveLength(1)
    expect(edges[0]?.blockSides).toEqual([])
  })

  it('is the houses of a street that no edge is known of, each once, within the radius', () => {
    const map = openMapOf(
      [],
      [
        point({}),
        point({ unit: 'APT 1' }),
        point({ number: '9', coordinates: { latitude: 42.5005, longitude: -83.3 } }),
        point({ number: '99', coordinates: { latitude: 42.51, longitude: -83.3 } }),
      ],
    )
    const { edges, houses } = map.findSurroundings([AT], { radiusMeters: 500, limit: 100 })
    expect(edges).toEqual([])
    expect(houses).toHaveLength(1)
    expect(houses[0]?.street.streetName).toBe('ELM')
    expect(houses[0]?.points).toHaveLength(2)
    expect(houses[0]?.points[0]?.latitude).toBeCloseTo(42.5, 6)
  })

  it('is never more than asked for', () => {
    const ranges = Array.from({ length: 30 }, (_, index) =>
      range({ tlid: index + 1, fromNumber: String(100 * index), toNumber: String(100 * index + 98) }),
    )
    const { edges } = openMapOf(ranges).findSurroundings([AT], { radiusMeters: 500, limit: 10 })
    expect(edges).toHaveLength(10)
  })
})

describe('cellsAround', () => {
  it('touches one cell for a point, and every cell that the box around a line with its margin reaches', () => {
    expect(cellsAround([{ latitude: 42.5012, longitude: -83.3012 }], 0)).toHaveLength(1)
    const line = [
      { latitude: 42.5012, longitude: -83.3012 },
      { latitude: 42.5062, longitude: -83.3012 },
    ]
    expect(cellsAround(line, 0)).toHaveLength(2)
    expect(cellsAround(line, 600).length).toBeGreaterThanOrEqual(9)
  })
})
