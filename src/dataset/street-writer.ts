import type Database from 'better-sqlite3'
import type { StreetParts } from '../address/index.ts'
import { cityKey } from './city-key.ts'
import { encodeLine } from './street-line.ts'
import { mergeStreets } from './street-merge.ts'
import { allowedEdits, deletionHashes } from './street-name-deletions.ts'
import { streetNameKey } from './street-name-key.ts'
import { parseStreetNumber } from './street-number.ts'
import type { AddressPointRecord, AddressRangeRecord, ZipPlaceRecord } from './street-records.ts'
import { openStreetStaging } from './street-staging.ts'
import type { StreetStaging } from './street-staging.ts'
import { areaId, POINT_SCALE, RANGE_FLAG, STREET_INDEXES, STREET_TABLES } from './street-tables.ts'

/** Writes streets, numbers and ZIP codes into a data set that is being built. */
export interface StreetWriter {
  /** False, and nothing written, when the street has no name or the ends are no numbers of one kind (`A1`–`B9`). */
  addRange(record: AddressRangeRecord): boolean
  /** False, and nothing written, when the street has no name or the number is none. */
  addPoint(record: AddressPointRecord): boolean
  addZipPlace(record: ZipPlaceRecord): void
  /** Sorts what was added into its tables, gives points their blocks and makes the indexes. To be called once. */
  finish(): void
}

/** Most used names that a beginning of up to four letters is completed with. */
const TOP_NAMES = 24
const TOP_PREFIX_LENGTH = 4

interface Name {
  readonly id: number
  readonly text: string
  readonly key: string
  addresses: number
}

/**
 * Creates the tables of streets and a writer for them.
 *
 * Rows wait in a temporary file (in SQLite's temporary folder) and are sorted there; in memory are the distinct names
 * of streets and cities and the ranges of one name in one state.
 */
export function createStreetWriter(db: Database.Database): StreetWriter {
  db.exec(STREET_TABLES)
  const staging = openStreetStaging()
  const names = new Map<string, Name>()
  const variants = new Map<string, number>()
  const streets = new WeakMap<StreetParts, { readonly name: Name; readonly variantId: number }>()
  const cities = new Map<string, number>()
  const areaCities = new Set<string>()
  const insertVariant = db.prepare('INSERT INTO street_variant VALUES (?, ?, ?, ?, ?)')
  const insertCity = db.prepare('INSERT INTO city VALUES (?, ?, ?)')
  const insertAreaCity = db.prepare('INSERT OR IGNORE INTO area_city VALUES (?, ?, ?)')
  const insertZip = db.prepare('INSERT OR REPLACE INTO zip_place VALUES (?, ?, ?, ?, ?, ?)')
  let hasBlocks = false
  /** Both sides of an edge come one after the other and share its line. */
  let lastTlid: number | undefined

  function findStreet(parts: StreetParts) {
    const known = streets.get(parts)
    if (known || !parts.streetName) return known
    const { predirectional = '', pretype = '', streetName, suffix = '', postdirectional = '' } = parts
    let name = names.get(streetName)
    if (!name) {
      name = { id: names.size + 1, text: streetName, key: streetNameKey(streetName), addresses: 0 }
      names.set(streetName, name)
    }
    const variant = `${predirectional}|${pretype}|${suffix}|${postdirectional}`
    let variantId = variants.get(variant)
    if (variantId === undefined) {
      variantId = variants.size + 1
      variants.set(variant, variantId)
      insertVariant.run(variantId, predirectional, pretype, suffix, postdirectional)
    }
    const street = { name, variantId }
    streets.set(parts, street)
    return street
  }

  function findCity(city: string | undefined, area: number): number | null {
    const text = city?.trim().toUpperCase()
    if (!text) return null
    let id = cities.get(text)
    if (id === undefined) {
      id = cities.size + 1
      cities.set(text, id)
      insertCity.run(id, text, cityKey(text))
    }
    const pair = `${area} ${id}`
    if (!areaCities.has(pair)) {
      areaCities.add(pair)
      insertAreaCity.run(cityKey(text), area, id)
    }
    return id
  }

  return {
    addRange: (record) => {
      const street = findStreet(record.street)
      const from = parseStreetNumber(record.fromNumber)
      const to = parseStreetNumber(record.toNumber)
      if (!street || !from || !to || from.prefix !== to.prefix) return false
      const area = areaId(record.state, record.zip)
      if (record.blockGeoid !== undefined) hasBlocks = true
      if (record.tlid !== lastTlid) staging.addEdge(record.tlid, encodeLine(record.line))
      lastTlid = record.tlid
      staging.addRange({
        name_id: street.name.id,
        area_id: area,
        variant_id: street.variantId,
        prefix: from.prefix,
        low: Math.min(from.value, to.value),
        high: Math.max(from.value, to.value),
        tlid: record.tlid,
        flags:
          (record.side === 'right' ? RANGE_FLAG.right : 0) +
          (from.value > to.value ? RANGE_FLAG.downwards : 0) +
          (record.parity === 'odd' ? RANGE_FLAG.odd : record.parity === 'even' ? RANGE_FLAG.even : 0) +
          (record.imputed ? RANGE_FLAG.imputed : 0),
        block: record.blockGeoid === undefined ? null : Number(record.blockGeoid),
        city_id: findCity(record.city, area),
        source_id: record.sourceId,
      })
      return true
    },
    addPoint: (record) => {
      const street = findStreet(record.street)
      const number = parseStreetNumber(record.number)
      if (!street || !number) return false
      const area = areaId(record.state, record.zip)
      staging.addPoint({
        name_id: street.name.id,
        area_id: area,
        variant_id: street.variantId,
        prefix: number.prefix,
        value: number.value,
        suffix: number.suffix,
        unit: record.unit?.trim().toUpperCase() ?? '',
        latitude: Math.round(record.coordinates.latitude * POINT_SCALE),
        longitude: Math.round(record.coordinates.longitude * POINT_SCALE),
        block: record.blockGeoid === undefined ? null : Number(record.blockGeoid),
        city_id: findCity(record.city, area),
        source_id: record.sourceId,
      })
      return true
    },
    addZipPlace: ({ zip, city, state, coordinates, sourceId }) => {
      insertZip.run(
        Number(zip),
        state,
        findCity(city, areaId(state, zip)),
        Math.round(coordinates.latitude * POINT_SCALE),
        Math.round(coordinates.longitude * POINT_SCALE),
        sourceId,
      )
    },
    finish: () => {
      const write = db.transaction(() => {
        writeEdges(db, staging)
        const all = [...names.values()]
        mergeStreets(db, staging, hasBlocks, (nameId, addresses) => {
          const name = all[nameId - 1]
          if (name) name.addresses += addresses
        })
        writeNames(db, staging, all)
        db.exec('INSERT INTO area SELECT area_id, count(*) FROM street GROUP BY area_id')
        db.exec(STREET_INDEXES)
      })
      write()
      staging.close()
    },
  }
}

function writeEdges(db: Database.Database, staging: StreetStaging): void {
  const insert = db.prepare('INSERT OR IGNORE INTO edge VALUES (?, ?)')
  for (const { tlid, line } of staging.edges()) insert.run(tlid, line)
}

function writeNames(db: Database.Database, staging: StreetStaging, names: readonly Name[]): void {
  const insertName = db.prepare('INSERT INTO street_name VALUES (?, ?, ?, ?)')
  for (const { id, text, key, addresses } of names) {
    insertName.run(id, text, key, addresses)
    for (const hash of deletionHashes(key, allowedEdits(key))) staging.addDeletion(hash, id)
  }
  const insertDeletion = db.prepare('INSERT OR IGNORE INTO street_name_deletion VALUES (?, ?)')
  for (const { hash, name_id: nameId } of staging.deletions()) insertDeletion.run(hash, nameId)

  const insertTop = db.prepare('INSERT INTO street_name_top VALUES (?, ?, ?)')
  const taken = new Map<string, number>()
  for (const { id, key } of names.toSorted((a, b) => b.addresses - a.addresses || a.id - b.id)) {
    for (let length = 1; length <= Math.min(TOP_PREFIX_LENGTH, key.length); length++) {
      const prefix = key.slice(0, length)
      const position = (taken.get(prefix) ?? 0) + 1
      if (position > TOP_NAMES) continue
      taken.set(prefix, position)
      insertTop.run(prefix, position, id)
    }
  }
}
