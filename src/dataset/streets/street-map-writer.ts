import type Database from 'better-sqlite3'
import { CELL_COLUMNS, sqlCell } from './map-cell.ts'
import { POINT_SCALE } from './street-tables.ts'

/** Stands for the address points of a street that has no edges. */
export const POINTS_TLID = 0

/**
 * Writes down which edges of which streets lie in each cell of the map grid, and which streets known by their address
 * points alone, so that what lies around a place is found without looking at others. Call it when streets and points
 * are complete; `ranges` is SQL that gives `street_id`, `tlid`, `low_cell` and `high_cell` of each side.
 */
export function writeStreetMap(db: Database.Database, ranges: string): void {
  const most = db
    .prepare<[], number | null>(
      `SELECT max(max(high_cell / ${CELL_COLUMNS} - low_cell / ${CELL_COLUMNS},
        high_cell % ${CELL_COLUMNS} - low_cell % ${CELL_COLUMNS})) FROM (${ranges})`,
    )
    .pluck()
    .get()
  db.exec(`
    CREATE TABLE edge_cell (cell INTEGER NOT NULL, street_id INTEGER NOT NULL, tlid INTEGER NOT NULL,
      PRIMARY KEY (cell, street_id, tlid)) WITHOUT ROWID;
    CREATE TEMP TABLE step (n INTEGER PRIMARY KEY);
    WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < ${most ?? 0})
      INSERT INTO temp.step SELECT n FROM counted;
    INSERT OR IGNORE INTO edge_cell
      SELECT low_cell + north.n * ${CELL_COLUMNS} + east.n AS cell, street_id, tlid
      FROM (${ranges})
        CROSS JOIN temp.step AS north ON north.n <= high_cell / ${CELL_COLUMNS} - low_cell / ${CELL_COLUMNS}
        CROSS JOIN temp.step AS east ON east.n <= high_cell % ${CELL_COLUMNS} - low_cell % ${CELL_COLUMNS}
      UNION ALL
      SELECT ${sqlCell(`latitude / ${POINT_SCALE}.0`, `longitude / ${POINT_SCALE}.0`)}, street_id, ${POINTS_TLID}
      FROM street CROSS JOIN address_point USING (street_id) WHERE ranges = 0
      ORDER BY cell, street_id, tlid;
    DROP TABLE temp.step;
  `)
}
