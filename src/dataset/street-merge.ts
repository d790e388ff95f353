import type Database from 'better-sqlite3'
import { createPointBlockFinder } from './point-block.ts'
import type { BlockedRange } from './point-block.ts'
import { decodeLine } from './street-line.ts'
import type { StagedPoint, StagedRange, StreetStaging } from './street-staging.ts'
import { areaState, POINT_SCALE } from './street-tables.ts'

/** Houses on a side of an edge, roughly, for telling much used names of streets from others. */
const ADDRESSES_PER_SIDE = 5

/**
 * Merges the sorted ranges and points street by street into their tables, each row at its table's end. With `hasBlocks`
 * points without a block of their own get that of the nearest range of their street; the edges must be written before.
 */
export function mergeStreets(
  db: Database.Database,
  staging: StreetStaging,
  hasBlocks: boolean,
  countAddresses: (nameId: number, addresses: number) => void,
): void {
  const insertStreet = db.prepare('INSERT INTO street VALUES (?, ?, ?, ?, ?, ?)')
  const insertRange = db.prepare('INSERT OR IGNORE INTO address_range VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertPoint = db.prepare('INSERT OR IGNORE INTO address_point VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const ranges = peekable(staging.ranges())
  const points = peekable(staging.points())
  let streetId = 0
  for (;;) {
    const first = earlier(ranges.peek(), points.peek())
    if (!first) break
    const inGroup = (row: StagedRange | StagedPoint) =>
      row.name_id === first.name_id && areaState(row.area_id) === areaState(first.area_id)
    const groupRanges = [...takeWhile(ranges, inGroup)]
    const blockOf = hasBlocks ? createBlockFinder(db, groupRanges) : () => null
    let at = 0
    for (;;) {
      const point = points.peek()
      const street = earlier(groupRanges[at], point && inGroup(point) ? point : undefined)
      if (!street) break
      streetId++
      const isOfStreet = (row: StagedRange | StagedPoint) =>
        row.name_id === street.name_id && row.area_id === street.area_id && row.variant_id === street.variant_id
      let rangeCount = 0
      let pointCount = 0
      for (let range = groupRanges[at]; range && isOfStreet(range); range = groupRanges[++at]) {
        const { prefix, low, high, tlid, flags, block, city_id: city, source_id: source } = range
        rangeCount += insertRange.run(streetId, prefix, low, high, tlid, flags, block, city, source).changes
      }
      for (const row of takeWhile(points, isOfStreet)) {
        const { prefix, value, suffix, unit, latitude, longitude, city_id: city, source_id: source } = row
        const block = row.block ?? blockOf(row)
        const { changes } = insertPoint.run(
          streetId,
          prefix,
          value,
          suffix,
          unit,
          latitude,
          longitude,
          block,
          city,
          source,
        )
        pointCount += changes
      }
      insertStreet.run(streetId, street.name_id, street.area_id, street.variant_id, pointCount, rangeCount)
      countAddresses(street.name_id, pointCount + ADDRESSES_PER_SIDE * rangeCount)
    }
  }
}

function createBlockFinder(db: Database.Database, rows: readonly StagedRange[]): (point: StagedPoint) => number | null {
  const findLine = db.prepare<[number], { line: Buffer }>('SELECT line FROM edge WHERE tlid = ?')
  const ranges: BlockedRange[] = []
  for (const { variant_id: variantId, area_id: area, prefix, low, high, flags, tlid, block } of rows) {
    if (block !== null) ranges.push({ variantId, areaId: area, prefix, low, high, flags, tlid, block })
  }
  const findBlock = createPointBlockFinder(ranges, (tlid) => {
    const row = findLine.get(tlid)
    return row && decodeLine(row.line)
  })
  return (row) => {
    const coordinates = { latitude: row.latitude / POINT_SCALE, longitude: row.longitude / POINT_SCALE }
    const point = { variantId: row.variant_id, areaId: row.area_id, prefix: row.prefix, value: row.value, coordinates }
    return findBlock(point) ?? null
  }
}

interface Peekable<Row> {
  peek(): Row | undefined
  advance(): void
}

function peekable<Row>(rows: IterableIterator<Row>): Peekable<Row> {
  let next = rows.next()
  return {
    peek: () => (next.done ? undefined : next.value),
    advance: () => {
      next = rows.next()
    },
  }
}

function* takeWhile<Row>(rows: Peekable<Row>, belongs: (row: Row) => boolean): Generator<Row> {
  for (let row = rows.peek(); row !== undefined && belongs(row); row = rows.peek()) {
    yield row
    rows.advance()
  }
}

function earlier(
  range: StagedRange | undefined,
  point: StagedPoint | undefined,
): StagedRange | StagedPoint | undefined {
  if (!range || !point) return range ?? point
  const order = range.name_id - point.name_id || range.area_id - point.area_id || range.variant_id - point.variant_id
  return order <= 0 ? range : point
}
