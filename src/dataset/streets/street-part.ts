import type Database from 'better-sqlite3'
import type { StreetParts } from '../../address/index.ts'
import { cornerCells } from './map-cell.ts'
import { encodeLine } from './street-line.ts'
import { parseStreetNumber } from './street-number.ts'
import type { AddressPointRecord, AddressRangeRecord } from './street-records.ts'
import { areaId, POINT_SCALE, RANGE_FLAG } from './street-tables.ts'

/**
 * Tables of what one source gives, with numbers of its own for streets and cities. A range carries the corners of the
 * map cells that its line touches, so that nobody has to unpack the line again.
 */
const tablesOf = (schema: string): string => `
  CREATE TABLE ${schema}.part_street (id INTEGER PRIMARY KEY, name TEXT NOT NULL, predirectional TEXT NOT NULL,
    pretype TEXT NOT NULL, suffix TEXT NOT NULL, postdirectional TEXT NOT NULL, area_id INTEGER NOT NULL,
    UNIQUE (name, area_id, suffix, predirectional, pretype, postdirectional));
  CREATE TABLE ${schema}.part_city (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE ${schema}.part_area_city (area_id INTEGER NOT NULL, city INTEGER NOT NULL, PRIMARY KEY (area_id, city))
    WITHOUT ROWID;
  CREATE TABLE ${schema}.part_edge (tlid INTEGER NOT NULL, line BLOB NOT NULL);
  CREATE TABLE ${schema}.part_range (street INTEGER NOT NULL, prefix TEXT NOT NULL, low INTEGER NOT NULL,
    high INTEGER NOT NULL, tlid INTEGER NOT NULL, flags INTEGER NOT NULL, block INTEGER, city INTEGER,
    source_id INTEGER NOT NULL, low_cell INTEGER NOT NULL, high_cell INTEGER NOT NULL);
  CREATE TABLE ${schema}.part_point (street INTEGER NOT NULL, prefix TEXT NOT NULL, value INTEGER NOT NULL,
    suffix TEXT NOT NULL, unit TEXT NOT NULL, latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, block INTEGER,
    city INTEGER, source_id INTEGER NOT NULL);
`

/** Cities of one source that are remembered before the table is asked. */
const MAX_REMEMBERED_CITIES = 50_000

/** Takes in what one source says of streets. */
export interface StreetPart {
  /** False, and nothing written, when the street has no name or the ends are no numbers of one kind (`A1`–`B9`). */
  addRange(record: AddressRangeRecord): boolean
  /** False, and nothing written, when the street has no name or the number is none. */
  addPoint(record: AddressPointRecord): boolean
}

/** Creates the tables of a part in a schema of the database, and what fills them. Nothing of it grows with the rows. */
export function createStreetPart(db: Database.Database, schema = 'main'): StreetPart {
  db.exec(tablesOf(schema))
  const insertStreet = db.prepare(
    `INSERT OR IGNORE INTO ${schema}.part_street (name, area_id, suffix, predirectional, pretype, postdirectional)
      VALUES (?, ?, ?, ?, ?, ?)`,
  )
  const findStreet = db
    .prepare<[string, number, string, string, string, string], number>(
      `SELECT id FROM ${schema}.part_street WHERE name = ? AND area_id = ? AND suffix = ? AND predirectional = ?
        AND pretype = ? AND postdirectional = ?`,
    )
    .pluck()
  const insertCity = db.prepare(`INSERT OR IGNORE INTO ${schema}.part_city (name) VALUES (?)`)
  const findCity = db.prepare<[string], number>(`SELECT id FROM ${schema}.part_city WHERE name = ?`).pluck()
  const insertAreaCity = db.prepare(`INSERT OR IGNORE INTO ${schema}.part_area_city VALUES (?, ?)`)
  const insertEdge = db.prepare(`INSERT INTO ${schema}.part_edge VALUES (?, ?)`)
  const insertRange = db.prepare(`INSERT INTO ${schema}.part_range VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertPoint = db.prepare(`INSERT INTO ${schema}.part_point VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const streetIds = new WeakMap<StreetParts, Map<number, number>>()
  const cityIds = new Map<string, number>()
  /** Both sides of an edge come one after the other and share its line. */
  let edge: { readonly tlid: number; readonly low: number; readonly high: number } | undefined

  function streetIdOf(parts: StreetParts, area: number): number | undefined {
    let ids = streetIds.get(parts)
    const known = ids?.get(area)
    if (known !== undefined || !parts.streetName) return known
    const { predirectional = '', pretype = '', streetName, suffix = '', postdirectional = '' } = parts
    insertStreet.run(streetName, area, suffix, predirectional, pretype, postdirectional)
    const id = findStreet.get(streetName, area, suffix, predirectional, pretype, postdirectional)
    if (id === undefined) return undefined
    if (!ids) streetIds.set(parts, (ids = new Map()))
    ids.set(area, id)
    return id
  }

  function cityIdOf(city: string | undefined, area: number): number | null {
    const text = city?.trim().toUpperCase()
    if (!text) return null
    const key = `${area} ${text}`
    let id = cityIds.get(key)
    if (id !== undefined) return id
    insertCity.run(text)
    id = findCity.get(text) ?? 0
    insertAreaCity.run(area, id)
    if (cityIds.size >= MAX_REMEMBERED_CITIES) cityIds.clear()
    cityIds.set(key, id)
    return id
  }

  return {
    addRange: ({ street: parts, fromNumber, toNumber, state, zip, tlid, line, ...record }) => {
      const from = parseStreetNumber(fromNumber)
      const to = parseStreetNumber(toNumber)
      if (!from || !to || from.prefix !== to.prefix) return false
      const area = areaId(state, zip)
      const street = streetIdOf(parts, area)
      if (street === undefined) return false
      if (edge?.tlid !== tlid) {
        edge = { tlid, ...cornerCells(line) }
        insertEdge.run(tlid, encodeLine(line))
      }
      insertRange.run(
        street,
        from.prefix,
        Math.min(from.value, to.value),
        Math.max(from.value, to.value),
        tlid,
        (record.side === 'right' ? RANGE_FLAG.right : 0) +
          (from.value > to.value ? RANGE_FLAG.downwards : 0) +
          (record.parity === 'odd' ? RANGE_FLAG.odd : record.parity === 'even' ? RANGE_FLAG.even : 0) +
          (record.imputed ? RANGE_FLAG.imputed : 0),
        record.blockGeoid === undefined ? null : Number(record.blockGeoid),
        cityIdOf(record.city, area),
        record.sourceId,
        edge.low,
        edge.high,
      )
      return true
    },
    addPoint: ({ street: parts, number: text, state, zip, coordinates, ...record }) => {
      const number = parseStreetNumber(text)
      if (!number) return false
      const area = areaId(state, zip)
      const street = streetIdOf(parts, area)
      if (street === undefined) return false
      insertPoint.run(
        street,
        number.prefix,
        number.value,
        number.suffix,
        record.unit?.trim().toUpperCase() ?? '',
        Math.round(coordinates.latitude * POINT_SCALE),
        Math.round(coordinates.longitude * POINT_SCALE),
        record.blockGeoid === undefined ? null : Number(record.blockGeoid),
        cityIdOf(record.city, area),
        record.sourceId,
      )
      return true
    },
  }
}
