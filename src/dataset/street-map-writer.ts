import type Database from 'better-sqlite3'
import { cellsAround } from './map-cell.ts'
import { decodeLine } from './street-line.ts'
import { POINT_SCALE } from './street-tables.ts'

/** Stands for the address points of a street that has no edges. */
export const POINTS_TLID = 0

/**
 * Writes down which edges of which streets lie in each cell of the map grid, and which streets known by their address
 * points alone, so that what lies around a place is found without looking at others. Call it when streets, points and
 * edges are complete.
 */
export function writeStreetMap(db: Database.Database): void {
  db.exec(`
    CREATE TABLE edge_cell (cell INTEGER NOT NULL, street_id INTEGER NOT NULL, tlid INTEGER NOT NULL,
      PRIMARY KEY (cell, street_id, tlid)) WITHOUT ROWID;
    CREATE TEMP TABLE staged_edge_cell (cell INTEGER NOT NULL, street_id INTEGER NOT NULL, tlid INTEGER NOT NULL);
  `)
  const insert = db.prepare<[number, number, number]>('INSERT INTO temp.staged_edge_cell VALUES (?, ?, ?)')
  const lineOf = db.prepare<[number], Buffer>('SELECT line FROM edge WHERE tlid = ?').pluck()
  const edges = db.prepare<[number], { streetId: number; tlid: number }>(
    'SELECT DISTINCT street_id AS streetId, tlid FROM address_range WHERE street_id = ?',
  )
  const streetIds = db.prepare<[], number>('SELECT street_id FROM street WHERE ranges > 0').pluck().all()
  const pointsOf = db.prepare<[number], { latitude: number; longitude: number }>(
    'SELECT latitude, longitude FROM address_point WHERE street_id = ?',
  )
  const pointStreetIds = db
    .prepare<[], number>('SELECT street_id FROM street WHERE ranges = 0 AND points > 0')
    .pluck()
    .all()
  db.exec('BEGIN')
  for (const streetId of streetIds) {
    for (const { tlid } of edges.all(streetId)) {
      const bytes = lineOf.get(tlid)
      if (bytes === undefined) continue
      for (const cell of cellsAround(decodeLine(bytes), 0)) insert.run(cell, streetId, tlid)
    }
  }
  for (const streetId of pointStreetIds) {
    const cells = pointsOf
      .all(streetId)
      .flatMap((point) =>
        cellsAround([{ latitude: point.latitude / POINT_SCALE, longitude: point.longitude / POINT_SCALE }], 0),
      )
    for (const cell of new Set(cells)) insert.run(cell, streetId, POINTS_TLID)
  }
  db.exec(`
    INSERT INTO edge_cell SELECT DISTINCT cell, street_id, tlid FROM temp.staged_edge_cell ORDER BY 1, 2, 3;
    DROP TABLE temp.staged_edge_cell;
    COMMIT;
  `)
}
