import type Database from 'better-sqlite3'
import { writeAddressPoints } from './address-point-writer.ts'
import { cityKey } from './city-key.ts'
import { writeStreetMap } from './street-map-writer.ts'
import { writeStreetNames } from './street-name-writer.ts'
import { createStreetPart } from './street-part.ts'
import type { StreetPart } from './street-part.ts'
import type { ZipPlaceRecord } from './street-records.ts'
import { areaId, POINT_SCALE, STREET_INDEXES, STREET_TABLES } from './street-tables.ts'

/** Puts together the streets, numbers and ZIP codes of a data set that is being built. */
export interface StreetWriter extends StreetPart {
  /** Adds a database file that `createStreetPart` filled; the ids of sources in it count from `firstSourceId`. */
  addPart(file: string, firstSourceId: number): void
  addZipPlace(record: ZipPlaceRecord): void
  /** Sorts what was added into its tables, gives points their blocks, and makes map and indexes. To be called once. */
  finish(): void
}

/** Houses on a side of an edge, roughly, for telling much used names of streets from others. */
const ADDRESSES_PER_SIDE = 5
const CACHE = 'cache_size = -49152'

/** What the parts hold, under numbers that all of them share, on a temporary file that vanishes with the database. */
const GATHERED = `
  CREATE TABLE gathered.name (name_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE gathered.variant (variant_id INTEGER PRIMARY KEY, predirectional TEXT NOT NULL, pretype TEXT NOT NULL,
    suffix TEXT NOT NULL, postdirectional TEXT NOT NULL,
    UNIQUE (predirectional, pretype, suffix, postdirectional));
  CREATE TABLE gathered.street (id INTEGER PRIMARY KEY, name_id INTEGER, area_id INTEGER, variant_id INTEGER);
  CREATE TABLE gathered.edge (tlid INTEGER, line BLOB);
  CREATE TABLE gathered.range (street INTEGER, prefix TEXT, low INTEGER, high INTEGER, tlid INTEGER, flags INTEGER,
    block INTEGER, city_id INTEGER, source_id INTEGER, low_cell INTEGER, high_cell INTEGER);
  CREATE TABLE gathered.point (street INTEGER, prefix TEXT, value INTEGER, suffix TEXT, unit TEXT, latitude INTEGER,
    longitude INTEGER, block INTEGER, city_id INTEGER, source_id INTEGER);
`

/** Takes over the rows of the part in a schema; a street gets the number after those of the parts before. */
const gatherFrom = (part: string): readonly string[] => [
  `INSERT OR IGNORE INTO gathered.name (name) SELECT name FROM ${part}.part_street ORDER BY id`,
  `INSERT OR IGNORE INTO gathered.variant (predirectional, pretype, suffix, postdirectional)
    SELECT predirectional, pretype, suffix, postdirectional FROM ${part}.part_street ORDER BY id`,
  `INSERT INTO gathered.street
    SELECT @street + s.id, name_id, area_id, variant_id FROM ${part}.part_street s
      CROSS JOIN gathered.name USING (name)
      CROSS JOIN gathered.variant USING (predirectional, pretype, suffix, postdirectional)
    ORDER BY s.id`,
  `INSERT OR IGNORE INTO area_city
    SELECT city_key, area_id, city_id
    FROM ${part}.part_area_city CROSS JOIN temp.part_city_id USING (city) CROSS JOIN city USING (city_id)
    ORDER BY area_id, city`,
  `INSERT INTO gathered.edge SELECT tlid, line FROM ${part}.part_edge ORDER BY rowid`,
  `INSERT INTO gathered.range
    SELECT @street + street, prefix, low, high, tlid, flags, block, city_id, @source + source_id, low_cell, high_cell
    FROM ${part}.part_range r LEFT JOIN temp.part_city_id USING (city) ORDER BY r.rowid`,
  `INSERT INTO gathered.point
    SELECT @street + street, prefix, value, suffix, unit, latitude, longitude, block, city_id, @source + source_id
    FROM ${part}.part_point p LEFT JOIN temp.part_city_id USING (city) ORDER BY p.rowid`,
]

/** Streets are numbered in the order of their names, so that those of one name lie together. */
const NUMBER_STREETS = `
  CREATE TEMP TABLE street_of (id INTEGER PRIMARY KEY, street_id INTEGER NOT NULL);
  INSERT INTO temp.street_of
    SELECT id, rank FROM (SELECT id, dense_rank() OVER (ORDER BY name_id, area_id, variant_id) AS rank FROM gathered.street)
    ORDER BY id;
  CREATE TEMP TABLE numbered (street_id INTEGER PRIMARY KEY, name_id INTEGER, area_id INTEGER, variant_id INTEGER);
  INSERT OR IGNORE INTO temp.numbered
    SELECT street_id, name_id, area_id, variant_id FROM temp.street_of CROSS JOIN gathered.street USING (id) ORDER BY 1;
  CREATE INDEX temp.numbered_by_name ON numbered (name_id, area_id);
`

const WRITE_RANGES = `
  INSERT OR IGNORE INTO edge SELECT tlid, line FROM gathered.edge ORDER BY tlid, rowid;
  INSERT OR IGNORE INTO address_range
    SELECT street_id, prefix, low, high, tlid, flags, block, city_id, source_id
    FROM gathered.range r CROSS JOIN temp.street_of ON id = r.street
    ORDER BY street_id, prefix, low, high, tlid, flags, block, r.rowid;
`

const POINTS = `
  SELECT street_id, name_id, area_id, variant_id, prefix, value, suffix, unit, latitude, longitude, block, city_id, source_id
  FROM gathered.point p CROSS JOIN temp.street_of ON id = p.street CROSS JOIN temp.numbered USING (street_id)
  ORDER BY street_id, prefix, value, suffix, unit, latitude, longitude, p.rowid`

const WRITE_STREETS = `
  INSERT INTO street_variant SELECT * FROM gathered.variant;
  INSERT INTO street SELECT street_id, name_id, area_id, variant_id,
      (SELECT count(*) FROM address_point p WHERE p.street_id = n.street_id),
      (SELECT count(*) FROM address_range r WHERE r.street_id = n.street_id)
    FROM temp.numbered n ORDER BY street_id;
  INSERT INTO area SELECT area_id, count(*) FROM street GROUP BY area_id;
`

const SIDES = `
  SELECT street_id, tlid, low_cell, high_cell FROM gathered.range r CROSS JOIN temp.street_of ON id = r.street`

const NAMES = `
  SELECT name_id, name, coalesce(addresses, 0) AS addresses FROM gathered.name LEFT JOIN (
    SELECT name_id, sum(points) + ${ADDRESSES_PER_SIDE} * sum(ranges) AS addresses FROM street GROUP BY name_id
  ) USING (name_id)`

/**
 * Creates the tables of streets and a writer for them.
 *
 * Rows wait in a temporary file (in SQLite's temporary folder) and are sorted there; in memory are the names of cities,
 * and the ranges of one name in one state where points need their blocks.
 */
export function createStreetWriter(db: Database.Database): StreetWriter {
  db.exec(STREET_TABLES)
  db.exec(`ATTACH '' AS gathered; PRAGMA gathered.${CACHE}; PRAGMA gathered.journal_mode = off; ${GATHERED}`)
  db.exec(`ATTACH '' AS own; CREATE TEMP TABLE part_city_id (city INTEGER PRIMARY KEY, city_id INTEGER NOT NULL)`)
  const own = createStreetPart(db, 'own')
  const cities = new Map<string, number>()
  const insertCity = db.prepare('INSERT INTO city VALUES (?, ?, ?)')
  const insertZipCity = db.prepare('INSERT OR IGNORE INTO area_city VALUES (?, ?, ?)')
  const insertZip = db.prepare('INSERT OR REPLACE INTO zip_place VALUES (?, ?, ?, ?, ?, ?)')
  const insertPartCity = db.prepare('INSERT INTO temp.part_city_id VALUES (?, ?)')
  const lastStreet = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM gathered.street').pluck()

  function findCity(text: string): number {
    let id = cities.get(text)
    if (id === undefined) {
      id = cities.size + 1
      cities.set(text, id)
      insertCity.run(id, text, cityKey(text))
    }
    return id
  }

  function gather(part: string, firstSourceId: number): void {
    db.exec('DELETE FROM temp.part_city_id')
    const names = db.prepare<[], { id: number; name: string }>(`SELECT id, name FROM ${part}.part_city ORDER BY id`)
    for (const { id, name } of names.all()) insertPartCity.run(id, findCity(name))
    const offsets = { street: lastStreet.get() ?? 0, source: firstSourceId }
    for (const sql of gatherFrom(part)) {
      if (sql.includes('@')) db.prepare(sql).run(offsets)
      else db.exec(sql)
    }
  }

  return {
    ...own,
    addPart: (file, firstSourceId) => {
      db.prepare('ATTACH ? AS part').run(file)
      db.transaction(gather)('part', firstSourceId)
      db.exec('DETACH part')
    },
    addZipPlace: ({ zip, city, state, coordinates, sourceId }) => {
      const name = city.trim().toUpperCase()
      const id = findCity(name)
      insertZipCity.run(cityKey(name), areaId(state, zip), id)
      const { latitude, longitude } = coordinates
      insertZip.run(
        Number(zip),
        state,
        id,
        Math.round(latitude * POINT_SCALE),
        Math.round(longitude * POINT_SCALE),
        sourceId,
      )
    },
    finish: () => {
      db.unsafeMode(true)
      db.transaction(() => {
        gather('own', 0)
        db.exec(NUMBER_STREETS + WRITE_RANGES)
        writeAddressPoints(db, POINTS, 'temp.numbered')
        db.exec(WRITE_STREETS)
        writeStreetNames(db, NAMES)
        writeStreetMap(db, SIDES)
        db.exec(STREET_INDEXES)
      })()
      db.exec('DROP TABLE temp.street_of; DROP TABLE temp.numbered; DROP TABLE temp.part_city_id')
      db.exec('DETACH gathered; DETACH own')
      db.unsafeMode(false)
    },
  }
}
