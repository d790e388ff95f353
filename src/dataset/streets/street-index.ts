import type { Coordinates } from '../../lib/coordinates.ts'
import type { DataSet } from '../data-set.ts'
import { cityKey } from './city-key.ts'
import { editDistance } from './edit-distance.ts'
import { decodeLine } from './street-line.ts'
import { allowedEdits, deletionHashes } from './street-name-deletions.ts'
import { areaId, areaState, POINT_SCALE } from './street-tables.ts'

/** A name of streets; several streets of one area may share it. */
export interface StreetName {
  readonly nameId: number
  readonly name: string
  readonly key: string
}

/** What distinguishes streets of one name; absent parts are empty. */
export interface StreetVariant {
  readonly predirectional: string
  readonly pretype: string
  readonly suffix: string
  readonly postdirectional: string
}

export interface Street extends StreetName, StreetVariant {
  readonly streetId: number
  readonly areaId: number
  /** How many address points and range sides it has. */
  readonly points: number
  readonly ranges: number
}

/** One side of an edge with its numbers; `flags` as in `RANGE_FLAG`. */
export interface StoredRange {
  readonly prefix: string
  readonly low: number
  readonly high: number
  readonly tlid: number
  readonly flags: number
  readonly block: number | null
  readonly cityId: number | null
  readonly sourceId: number
}

export interface StoredPoint {
  readonly suffix: string
  readonly unit: string
  readonly coordinates: Coordinates
  readonly block: number | null
  readonly cityId: number | null
  readonly sourceId: number
}

export interface ZipPlace {
  readonly state: string
  readonly city: string
  readonly coordinates: Coordinates
}

interface StreetRow {
  street_id: number
  area_id: number
  variant_id: number
  points: number
  ranges: number
}

interface NameRow {
  name_id: number
  name: string
  name_key: string
}

interface PointRow {
  suffix: string
  unit: string
  latitude: number
  longitude: number
  block: number | null
  city_id: number | null
  source_id: number
}

/** Names of one misspelt name that are compared letter by letter; more share its deletions only by chance. */
const MAX_SIMILAR = 2000
/** Entries of the caches of cities and ZIP codes. */
const CACHE_ENTRIES = 20_000

/**
 * Opens the look-ups of streets, numbers and ZIP codes. Each look-up reads along one index; none depends on how much
 * else the data set holds.
 */
export type StreetIndex = ReturnType<typeof openStreetIndex>

export function openStreetIndex({ db }: Pick<DataSet, 'db'>) {
  const variants = new Map<number, StreetVariant>()
  for (const row of db.prepare<[], StreetVariant & { variant_id: number }>('SELECT * FROM street_variant').iterate()) {
    const { predirectional, pretype, suffix, postdirectional } = row
    variants.set(row.variant_id, { predirectional, pretype, suffix, postdirectional })
  }
  const states = new Set(
    db
      .prepare<[], number>('SELECT DISTINCT area_id / 100000 FROM area')
      .pluck()
      .all()
      .map((state) => areaState(state * 100_000)),
  )
  const nameColumns = 'name_id, name, name_key'
  const namesByKey = db.prepare<[string], NameRow>(`SELECT ${nameColumns} FROM street_name WHERE name_key = ?`)
  const nameById = db.prepare<[number], NameRow>(`SELECT ${nameColumns} FROM street_name WHERE name_id = ?`)
  const namesByHashes = db.prepare<[string, number], NameRow>(
    `SELECT ${nameColumns} FROM street_name WHERE name_id IN (
      SELECT name_id FROM json_each(?) JOIN street_name_deletion ON hash = value LIMIT ?)`,
  )
  const namesFrom = db.prepare<[string, string, number], NameRow>(
    `SELECT ${nameColumns} FROM street_name WHERE name_key >= ? AND name_key < ? ORDER BY name_key LIMIT ?`,
  )
  const topNames = db.prepare<[string], NameRow>(
    `SELECT ${nameColumns} FROM street_name_top JOIN street_name USING (name_id) WHERE prefix = ? ORDER BY position`,
  )
  const streetColumns = 'street_id, area_id, variant_id, points, ranges'
  const streetsInArea = db.prepare<[number, number], StreetRow>(
    `SELECT ${streetColumns} FROM street WHERE name_id = ? AND area_id = ?`,
  )
  const streetsBetween = db.prepare<[number, number, number, number], StreetRow>(
    `SELECT ${streetColumns} FROM street WHERE name_id = ? AND area_id BETWEEN ? AND ? LIMIT ?`,
  )
  const streetById = db.prepare<[number], StreetRow & { name_id: number }>(
    `SELECT ${streetColumns}, name_id FROM street WHERE street_id = ?`,
  )
  const rangeColumns =
    'prefix, low, high, tlid, flags, block, city_id AS "cityId", source_id AS "sourceId" FROM address_range'
  const rangesHolding = db.prepare<[number, string, number, number], StoredRange>(
    `SELECT ${rangeColumns} WHERE street_id = ? AND prefix = ? AND low <= ? AND high >= ?`,
  )
  const rangesBetween = db.prepare<[number, string, number, number, number], StoredRange>(
    `SELECT ${rangeColumns} WHERE street_id = ? AND prefix = ? AND low <= ? AND high >= ? LIMIT ?`,
  )
  const rangesOfStreet = db.prepare<[number, number], StoredRange>(`SELECT ${rangeColumns} WHERE street_id = ? LIMIT ?`)
  const pointsAt = db.prepare<[number, string, number], PointRow>(
    `SELECT suffix, unit, latitude, longitude, block, city_id, source_id FROM address_point
      WHERE street_id = ? AND prefix = ? AND value = ?`,
  )
  const pointValues = db
    .prepare<[number, string, number, number, number], number>(
      `SELECT DISTINCT value FROM address_point WHERE street_id = ? AND prefix = ? AND value BETWEEN ? AND ?
        ORDER BY value LIMIT ?`,
    )
    .pluck()
  const pointValuesBelow = db
    .prepare<[number, string, number, number], number>(
      `SELECT DISTINCT value FROM address_point WHERE street_id = ? AND prefix = ? AND value < ?
        ORDER BY value DESC LIMIT ?`,
    )
    .pluck()
  const lineOf = db.prepare<[number], Buffer>('SELECT line FROM edge WHERE tlid = ?').pluck()
  const cityById = db.prepare<[number], string>('SELECT name FROM city WHERE city_id = ?').pluck()
  const zipPlaceOf = db.prepare<[number], { state: string; name: string; latitude: number; longitude: number }>(
    'SELECT state, name, latitude, longitude FROM zip_place JOIN city USING (city_id) WHERE zip = ?',
  )
  const areasOfZip = db.prepare<[number], number>('SELECT area_id FROM area WHERE area_id % 100000 = ?').pluck()
  const areaById = db.prepare<[number], number>('SELECT streets FROM area WHERE area_id = ?').pluck()
  const areasOfCity = db
    .prepare<[string, number, number], number>(
      'SELECT area_id FROM area_city WHERE city_key = ? AND area_id BETWEEN ? AND ? LIMIT 500',
    )
    .pluck()
  const areasOfCityFrom = db
    .prepare<[string, string, number], number>(
      'SELECT area_id FROM area_city WHERE city_key >= ? AND city_key < ? LIMIT ?',
    )
    .pluck()
  const cityKeysOfArea = db.prepare<[number], string>('SELECT city_key FROM area_city WHERE area_id = ?').pluck()
  const cityNameOf = db
    .prepare<[string, number], string>(
      'SELECT name FROM area_city JOIN city USING (city_id) WHERE area_city.city_key = ? AND area_id = ?',
    )
    .pluck()

  const cities = new Map<number, string>()
  const zipPlaces = new Map<string, ZipPlace | null>()
  const zipAreas = new Map<string, readonly number[]>()
  const cityAreas = new Map<string, readonly number[]>()
  const areaCityKeys = new Map<number, readonly string[]>()
  const cityNames = new Map<string, string>()

  const nameOf = (row: NameRow): StreetName => ({ nameId: row.name_id, name: row.name, key: row.name_key })
  const streetOf = ({ nameId, name, key }: StreetName, row: StreetRow): Street => {
    const variant = variants.get(row.variant_id)
    return {
      nameId,
      name,
      key,
      predirectional: variant?.predirectional ?? '',
      pretype: variant?.pretype ?? '',
      suffix: variant?.suffix ?? '',
      postdirectional: variant?.postdirectional ?? '',
      streetId: row.street_id,
      areaId: row.area_id,
      points: row.points,
      ranges: row.ranges,
    }
  }

  return {
    /** Whether any street of the state (two letters) is loaded. */
    hasState: (state: string): boolean => states.has(state),

    /** Whether any street of the area is loaded. */
    hasArea: (area: number): boolean => areaById.get(area) !== undefined,

    findNames: (key: string): StreetName[] => namesByKey.all(key).map(nameOf),

    /**
     * Names that differ from the key by up to `edits` errors, or as few as its length allows; the nearest first, the
     * key itself not among them.
     */
    findSimilarNames: (key: string, edits: 1 | 2): (StreetName & { readonly edits: number })[] => {
      const limit = Math.min(edits, allowedEdits(key)) as 0 | 1 | 2
      if (limit < edits) return []
      const digits = digitsOf(key)
      const similar: (StreetName & { readonly edits: number })[] = []
      for (const row of namesByHashes.all(JSON.stringify(deletionHashes(key, limit)), MAX_SIMILAR)) {
        const allowed = Math.min(limit, allowedEdits(row.name_key))
        const distance = editDistance(key, row.name_key, allowed)
        if (distance > 0 && distance <= allowed && digits === digitsOf(row.name_key)) {
          similar.push({ ...nameOf(row), edits: distance })
        }
      }
      return similar.sort((a, b) => a.edits - b.edits || a.nameId - b.nameId)
    },

    /** Names that begin with the key: the most used ones for up to four letters, else the first in the alphabet. */
    findNamesStarting: (keyStart: string, limit: number): StreetName[] => {
      const rows =
        keyStart.length <= 4 ? topNames.all(keyStart) : namesFrom.all(keyStart, `${keyStart}\u{10ffff}`, limit)
      return rows.slice(0, limit).map(nameOf)
    },

    findStreetsInArea: (name: StreetName, area: number): Street[] =>
      streetsInArea.all(name.nameId, area).map((row) => streetOf(name, row)),

    /** Streets of a name in a state, or in all states; at most `limit`. */
    findStreets: (name: StreetName, state: string | undefined, limit: number): Street[] => {
      const from = state === undefined ? 0 : areaId(state, undefined)
      const to = state === undefined ? Number.MAX_SAFE_INTEGER : from + 99_999
      return streetsBetween.all(name.nameId, from, to, limit).map((row) => streetOf(name, row))
    },

    findStreet: (streetId: number): Street | undefined => {
      const row = streetById.get(streetId)
      const name = row && nameById.get(row.name_id)
      return row && name && streetOf(nameOf(name), row)
    },

    /** Sides whose lowest and highest number enclose the number; parity is not looked at. */
    findRangesHolding: (streetId: number, prefix: string, value: number): StoredRange[] =>
      rangesHolding.all(streetId, prefix, value, value),

    /** Sides that hold any number from `low` to `high`. */
    findRangesBetween: (streetId: number, prefix: string, low: number, high: number, limit: number): StoredRange[] =>
      rangesBetween.all(streetId, prefix, high, low, limit),

    findRanges: (streetId: number, limit: number): StoredRange[] => rangesOfStreet.all(streetId, limit),

    /** All points of a house number: one for each unit, and for each suffix (`10A`). */
    findPoints: (streetId: number, prefix: string, value: number): StoredPoint[] =>
      pointsAt.all(streetId, prefix, value).map((row) => ({
        suffix: row.suffix,
        unit: row.unit,
        coordinates: { latitude: row.latitude / POINT_SCALE, longitude: row.longitude / POINT_SCALE },
        block: row.block,
        cityId: row.city_id,
        sourceId: row.source_id,
      })),

    /** House numbers that have points, from `low` to `high`, rising. */
    findPointValues: (streetId: number, prefix: string, low: number, high: number, limit: number): number[] =>
      pointValues.all(streetId, prefix, low, high, limit),

    /** House numbers that have points, falling from the one before `value`. */
    findPointValuesBelow: (streetId: number, prefix: string, value: number, limit: number): number[] =>
      pointValuesBelow.all(streetId, prefix, value, limit),

    findLine: (tlid: number): Coordinates[] | undefined => {
      const bytes = lineOf.get(tlid)
      return bytes && decodeLine(bytes)
    },

    findCity: (cityId: number): string | undefined => remember(cities, cityId, () => cityById.get(cityId) ?? ''),

    findZipPlace: (zip: string): ZipPlace | undefined =>
      remember(zipPlaces, zip, () => {
        const row = zipPlaceOf.get(Number(zip))
        if (!row) return null
        const coordinates = { latitude: row.latitude / POINT_SCALE, longitude: row.longitude / POINT_SCALE }
        return { state: row.state, city: row.name, coordinates }
      }) ?? undefined,

    /** Areas of a ZIP code that have streets; more than one where it lies in several states. */
    findAreasOfZip: (zip: string): readonly number[] => remember(zipAreas, zip, () => areasOfZip.all(Number(zip))),

    /** Areas of a city by its ZIP codes and by what points and ranges say; some may have no streets. */
    findAreasOfCity: (city: string, state: string | undefined): readonly number[] => {
      const key = cityKey(city)
      return remember(cityAreas, `${key} ${state ?? ''}`, () => {
        const from = state === undefined ? 0 : areaId(state, undefined)
        return areasOfCity.all(key, from, state === undefined ? Number.MAX_SAFE_INTEGER : from + 99_999)
      })
    },

    /** Areas of all cities whose key begins so; some may have no streets. */
    findAreasOfCityStarting: (cityStart: string, limit: number): number[] =>
      areasOfCityFrom.all(cityStart, `${cityStart}\u{10ffff}`, limit),

    /** The name that a city of an area bears in the data, the mail's for a borough; empty for one that is none of its own. */
    findCityName: (area: number, city: string): string => {
      const key = cityKey(city)
      return remember(cityNames, `${key} ${area}`, () => cityNameOf.get(key, area) ?? '')
    },

    /** Keys of the cities that an area is known to belong to. */
    findCityKeys: (area: number): readonly string[] => remember(areaCityKeys, area, () => cityKeysOfArea.all(area)),
  }
}

function digitsOf(key: string): string {
  return key.replaceAll(/\D/g, '')
}

/** Answers from the cache, which forgets everything when it is full. */
function remember<Key, Value>(cache: Map<Key, Value>, key: Key, find: () => Value): Value {
  const known = cache.get(key)
  if (known !== undefined) return known
  const found = find()
  if (cache.size >= CACHE_ENTRIES) cache.clear()
  cache.set(key, found)
  return found
}
