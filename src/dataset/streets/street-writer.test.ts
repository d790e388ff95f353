import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { buildWorld } from '../../../test/support/street-world.ts'
import { standardizeStreet } from '../../address/index.ts'
import { openStreetIndex } from './street-index.ts'
import { createStreetWriter } from './street-writer.ts'

const EDGE = { left: ['101', '199'], right: ['198', '100'] } as const

function dumpSmallWorld(): unknown[] {
  const db = buildWorld({ edges: [{ street: 'Main St', ...EDGE }], points: [{ street: 'Main St', number: '5' }] })
  return ['street', 'address_range', 'address_point', 'street_name', 'street_name_deletion', 'edge'].map((table) =>
    db.prepare(`SELECT * FROM ${table}`).all(),
  )
}

describe('createStreetWriter', () => {
  it('keeps a street’s numbers in its name, area and variant, whatever order they come in', () => {
    const db = buildWorld({
      edges: [
        { street: 'Main St', ...EDGE },
        { street: 'Oak St', ...EDGE },
        { street: 'Main St', left: ['201', '299'] },
        { street: 'Main Ave', ...EDGE },
        { street: 'Main St', ...EDGE, zip: '48075' },
      ],
    })
    const index = openStreetIndex({ db })
    const [main] = index.findNames('MAIN')
    const streets = index.findStreets(main!, 'MI', 10)
    expect(streets.map(({ suffix, areaId, ranges }) => `${suffix} ${areaId % 100_000} ${ranges}`).toSorted()).toEqual([
      'AVE 48034 2',
      'ST 48034 3',
      'ST 48075 2',
    ])
  })

  it('keeps each edge’s line once, and a side that is given twice once', () => {
    const db = buildWorld({
      edges: [
        { street: 'Main St', ...EDGE, tlid: 7 },
        { street: 'Main St', ...EDGE, tlid: 7 },
        { street: 'Old Rd', ...EDGE, tlid: 7 },
      ],
    })
    expect(db.prepare('SELECT count(*) FROM edge').pluck().get()).toBe(1)
    expect(db.prepare('SELECT count(*) FROM address_range').pluck().get()).toBe(4)
  })

  it.each([
    ['no street name', '', '1', '99'],
    ['an end that is no number', 'Main St', '1', 'X'],
    ['ends of different prefixes', 'Main St', 'A1', 'B9'],
  ])('refuses a range with %s', (_, street, fromNumber, toNumber) => {
    const writer = createStreetWriter(new Database(':memory:'))
    const isKept = writer.addRange({
      street: standardizeStreet(street),
      fromNumber,
      toNumber,
      parity: 'both',
      side: 'left',
      state: 'MI',
      countyGeoid: '26125',
      tlid: 1,
      line: [],
      imputed: false,
      sourceId: 1,
    })
    expect(isKept).toBe(false)
  })

  it('writes the same rows for the same input', () => {
    expect(dumpSmallWorld()).toEqual(dumpSmallWorld())
  })

  it('finds each look-up of an address by an index, never by reading a table through', () => {
    const db = buildWorld({ edges: [{ street: 'Main St', ...EDGE }] })
    const plans = [
      'SELECT * FROM street_name WHERE name_key = ?',
      'SELECT * FROM street WHERE name_id = ? AND area_id = ?',
      'SELECT * FROM address_range WHERE street_id = ? AND prefix = ? AND low <= ? AND high >= ?',
      'SELECT * FROM address_point WHERE street_id = ? AND prefix = ? AND value = ?',
      'SELECT line FROM edge WHERE tlid = ?',
      'SELECT area_id FROM area WHERE area_id % 100000 = ?',
      'SELECT area_id FROM area_city WHERE city_key = ? AND area_id BETWEEN ? AND ?',
      `SELECT name_id FROM street_name WHERE name_id IN (
        SELECT name_id FROM json_each(?) JOIN street_name_deletion ON hash = value)`,
    ].flatMap((sql) =>
      db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...sql.matchAll(/\?/g)),
    )
    const scans = plans.filter(({ detail }) => detail.startsWith('SCAN') && !detail.includes('json_each'))
    expect(scans).toEqual([])
  })
})
