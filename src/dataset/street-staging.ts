import Database from 'better-sqlite3'

const TABLES = `
  CREATE TABLE staged_range (name_id INTEGER, area_id INTEGER, variant_id INTEGER, prefix TEXT, low INTEGER,
    high INTEGER, tlid INTEGER, flags INTEGER, block INTEGER, city_id INTEGER, source_id INTEGER);
  CREATE TABLE staged_point (name_id INTEGER, area_id INTEGER, variant_id INTEGER, prefix TEXT, value INTEGER,
    suffix TEXT, unit TEXT, latitude INTEGER, longitude INTEGER, block INTEGER, city_id INTEGER, source_id INTEGER);
  CREATE TABLE staged_edge (tlid INTEGER, line BLOB);
  CREATE TABLE staged_deletion (hash INTEGER, name_id INTEGER);
`

export interface StagedRange {
  name_id: number
  area_id: number
  variant_id: number
  prefix: string
  low: number
  high: number
  tlid: number
  flags: number
  block: number | null
  city_id: number | null
  source_id: number
}

export interface StagedPoint {
  name_id: number
  area_id: number
  variant_id: number
  prefix: string
  value: number
  suffix: string
  unit: string
  latitude: number
  longitude: number
  block: number | null
  city_id: number | null
  source_id: number
}

/**
 * Rows in the order in which the sources give them, on a temporary file that vanishes with the process, to be read back
 * in the order in which the data set keeps them. Sorting spills to disk, so memory does not grow with the rows.
 */
export interface StreetStaging {
  addRange(row: StagedRange): void
  addPoint(row: StagedPoint): void
  addEdge(tlid: number, line: Buffer): void
  addDeletion(hash: number, nameId: number): void
  /** By street, then number. */
  ranges(): IterableIterator<StagedRange>
  points(): IterableIterator<StagedPoint>
  /** Each edge once, as it came first. */
  edges(): IterableIterator<{ tlid: number; line: Buffer }>
  deletions(): IterableIterator<{ hash: number; name_id: number }>
  close(): void
}

export function openStreetStaging(): StreetStaging {
  const db = new Database('')
  db.pragma('journal_mode = off')
  db.pragma('synchronous = off')
  db.pragma('temp_store = file')
  db.pragma('cache_size = -65536')
  db.exec(TABLES)
  const insertRange = db.prepare('INSERT INTO staged_range VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertPoint = db.prepare('INSERT INTO staged_point VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertEdge = db.prepare('INSERT INTO staged_edge VALUES (?, ?)')
  const insertDeletion = db.prepare('INSERT INTO staged_deletion VALUES (?, ?)')
  db.exec('BEGIN')
  return {
    addRange: (row) =>
      insertRange.run(
        row.name_id,
        row.area_id,
        row.variant_id,
        row.prefix,
        row.low,
        row.high,
        row.tlid,
        row.flags,
        row.block,
        row.city_id,
        row.source_id,
      ),
    addPoint: (row) =>
      insertPoint.run(
        row.name_id,
        row.area_id,
        row.variant_id,
        row.prefix,
        row.value,
        row.suffix,
        row.unit,
        row.latitude,
        row.longitude,
        row.block,
        row.city_id,
        row.source_id,
      ),
    addEdge: (tlid, line) => insertEdge.run(tlid, line),
    addDeletion: (hash, nameId) => insertDeletion.run(hash, nameId),
    ranges: () =>
      db
        .prepare<[], StagedRange>(
          `SELECT * FROM staged_range ORDER BY name_id, area_id, variant_id, prefix, low, high, tlid, flags, block, rowid`,
        )
        .iterate(),
    points: () =>
      db
        .prepare<[], StagedPoint>(
          `SELECT * FROM staged_point ORDER BY name_id, area_id, variant_id, prefix, value, suffix, unit, latitude,
            longitude, rowid`,
        )
        .iterate(),
    edges: () =>
      db
        .prepare<[], { tlid: number; line: Buffer }>('SELECT tlid, line FROM staged_edge ORDER BY tlid, rowid')
        .iterate(),
    deletions: () =>
      db
        .prepare<[], { hash: number; name_id: number }>(
          'SELECT hash, name_id FROM staged_deletion ORDER BY hash, name_id',
        )
        .iterate(),
    close: () => db.close(),
  }
}
