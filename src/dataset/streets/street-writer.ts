import type Database from 'better-sqlite3'
import { writeAddressPoints } from './address-point-writer.ts'
import { cityKey } from './city-key.ts'
import {
  GATHERED,
  gatherFrom,
  NAMES,
  NUMBER_STREETS,
  POINTS,
  SIDES,
  WRITE_RANGES,
  WRITE_STREETS,
} from './gathered-streets.ts'
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

const CACHE = 'cache_size = -32768'

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
    addZipPlace: ({ zip, city, borough, state, coordinates, sourceId }) => {
      const name = city.trim().toUpperCase()
      const id = findCity(name)
      for (const called of borough === undefined ? [name] : [name, borough]) {
        insertZipCity.run(cityKey(called), areaId(state, zip), id)
      }
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
