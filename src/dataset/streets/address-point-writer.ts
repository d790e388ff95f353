import type Database from 'better-sqlite3'
import { createPointBlockFinder } from './point-block.ts'
import type { BlockedRange } from './point-block.ts'
import { decodeLine } from './street-line.ts'
import { areaState, POINT_SCALE } from './street-tables.ts'

interface PointRow {
  readonly street_id: number
  readonly name_id: number
  readonly area_id: number
  readonly variant_id: number
  readonly prefix: string
  readonly value: number
  readonly suffix: string
  readonly unit: string
  readonly latitude: number
  readonly longitude: number
  readonly block: number | null
  readonly city_id: number | null
  readonly source_id: number
}

type BlockFinder = (point: PointRow) => number | null

/**
 * Writes address points, those without a block of their own with that of the nearest range of their street. Call it when
 * ranges and edges are written.
 *
 * `points` is SQL that gives the columns of `address_point` with those of its street, in the order of both; `streets`
 * is a table of all streets with an index by name and area. Statements read while others write, for which the database
 * has to be in unsafe mode.
 */
export function writeAddressPoints(db: Database.Database, points: string, streets: string): void {
  const insert = db.prepare('INSERT OR IGNORE INTO address_point VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const findBlocks = openBlockFinders(db, streets)
  let group: { readonly nameId: number; readonly state: string; readonly blockOf: BlockFinder } | undefined
  for (const row of db.prepare<[], PointRow>(points).iterate()) {
    const state = areaState(row.area_id)
    if (group?.nameId !== row.name_id || group.state !== state) {
      group = { nameId: row.name_id, state, blockOf: findBlocks(row) }
    }
    const {
      street_id: street,
      prefix,
      value,
      suffix,
      unit,
      latitude,
      longitude,
      city_id: city,
      source_id: source,
    } = row
    const block = row.block ?? group.blockOf(row)
    insert.run(street, prefix, value, suffix, unit, latitude, longitude, block, city, source)
  }
}

/** Finds blocks by the ranges of all streets that have a point's name in its state. */
function openBlockFinders(db: Database.Database, streets: string): (first: PointRow) => BlockFinder {
  if (db.prepare('SELECT 1 FROM address_range WHERE block IS NOT NULL LIMIT 1').get() === undefined) {
    return () => () => null
  }
  const lineOf = db.prepare<[number], Buffer>('SELECT line FROM edge WHERE tlid = ?').pluck()
  const rangesOf = db.prepare<[number, number, number], BlockedRange>(
    `SELECT variant_id AS variantId, area_id AS areaId, prefix, low, high, flags, tlid, block
      FROM ${streets} CROSS JOIN address_range USING (street_id)
      WHERE name_id = ? AND area_id BETWEEN ? AND ? AND block IS NOT NULL`,
  )
  return ({ name_id: nameId, area_id: areaId }) => {
    const stateStart = areaId - (areaId % 100_000)
    const findBlock = createPointBlockFinder(rangesOf.all(nameId, stateStart, stateStart + 99_999), (tlid) => {
      const line = lineOf.get(tlid)
      return line && decodeLine(line)
    })
    return ({ variant_id: variantId, area_id: area, prefix, value, latitude, longitude }) => {
      const coordinates = { latitude: latitude / POINT_SCALE, longitude: longitude / POINT_SCALE }
      return findBlock({ variantId, areaId: area, prefix, value, coordinates }) ?? null
    }
  }
}
