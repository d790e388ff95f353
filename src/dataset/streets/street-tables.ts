/**
 * The tables of streets, numbers and ZIP codes.
 *
 * A street is one name with one set of directionals and types (`variant`) in one area; an area is a state with a ZIP
 * code, or a state alone where the source gives none. What belongs to a street lies together, in the order of its
 * numbers, so that an address is found on one or two pages however large the data set is.
 *
 * House numbers are cut into prefix and value (`street-number.ts`). `flags` of a range: 1 right side, 2 runs downwards,
 * 4 odd numbers, 8 even numbers (none of both: either), 16 an end was imputed. Coordinates of points are in units of
 * 1e-7 degrees, lines are packed (`street-line.ts`), blocks are the 15 digits as a number.
 */
export const STREET_TABLES = `
  CREATE TABLE street_name (name_id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL,
    addresses INTEGER NOT NULL);
  CREATE TABLE street_name_deletion (hash INTEGER NOT NULL, name_id INTEGER NOT NULL, PRIMARY KEY (hash, name_id))
    WITHOUT ROWID;
  CREATE TABLE street_name_top (prefix TEXT NOT NULL, position INTEGER NOT NULL, name_id INTEGER NOT NULL,
    PRIMARY KEY (prefix, position)) WITHOUT ROWID;
  CREATE TABLE street_variant (variant_id INTEGER PRIMARY KEY, predirectional TEXT NOT NULL, pretype TEXT NOT NULL,
    suffix TEXT NOT NULL, postdirectional TEXT NOT NULL);
  CREATE TABLE city (city_id INTEGER PRIMARY KEY, name TEXT NOT NULL, city_key TEXT NOT NULL);
  CREATE TABLE area (area_id INTEGER PRIMARY KEY, streets INTEGER NOT NULL);
  CREATE TABLE area_city (city_key TEXT NOT NULL, area_id INTEGER NOT NULL, city_id INTEGER NOT NULL,
    PRIMARY KEY (city_key, area_id)) WITHOUT ROWID;
  CREATE TABLE zip_place (zip INTEGER PRIMARY KEY, state TEXT NOT NULL, city_id INTEGER NOT NULL,
    latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, source_id INTEGER NOT NULL);
  CREATE TABLE street (street_id INTEGER PRIMARY KEY, name_id INTEGER NOT NULL, area_id INTEGER NOT NULL,
    variant_id INTEGER NOT NULL, points INTEGER NOT NULL, ranges INTEGER NOT NULL);
  CREATE TABLE address_range (street_id INTEGER NOT NULL, prefix TEXT NOT NULL, low INTEGER NOT NULL,
    high INTEGER NOT NULL, tlid INTEGER NOT NULL, flags INTEGER NOT NULL, block INTEGER, city_id INTEGER,
    source_id INTEGER NOT NULL, PRIMARY KEY (street_id, prefix, low, high, tlid, flags)) WITHOUT ROWID;
  CREATE TABLE address_point (street_id INTEGER NOT NULL, prefix TEXT NOT NULL, value INTEGER NOT NULL,
    suffix TEXT NOT NULL, unit TEXT NOT NULL, latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, block INTEGER,
    city_id INTEGER, source_id INTEGER NOT NULL,
    PRIMARY KEY (street_id, prefix, value, suffix, unit, latitude, longitude)) WITHOUT ROWID;
  CREATE TABLE edge (tlid INTEGER PRIMARY KEY, line BLOB NOT NULL);
`

/** Made when the rows are in. */
export const STREET_INDEXES = `
  CREATE INDEX street_name_by_key ON street_name (name_key);
  CREATE UNIQUE INDEX street_by_name ON street (name_id, area_id, variant_id);
  CREATE INDEX area_by_zip ON area (area_id % 100000);
  CREATE INDEX city_by_key ON city (city_key);
  CREATE INDEX area_city_by_area ON area_city (area_id, city_id);
`

/** Coordinates of points are stored as whole numbers of this many a degree. */
export const POINT_SCALE = 1e7

export const RANGE_FLAG = { right: 1, downwards: 2, odd: 4, even: 8, imputed: 16 } as const

/**
 * The area of a state (two letters) and a ZIP code: the letters as a number, then five digits. All areas of a state
 * lie together, from `areaId(state, undefined)` to 99,999 more.
 */
export function areaId(state: string, zip: string | undefined): number {
  const letters = (state.charCodeAt(0) - 65) * 26 + (state.charCodeAt(1) - 65)
  return letters * 100_000 + (zip === undefined ? 0 : Number(zip))
}

/** The state of an area, in two letters. */
export function areaState(area: number): string {
  const letters = Math.floor(area / 100_000)
  return String.fromCharCode(65 + Math.floor(letters / 26), 65 + (letters % 26))
}

/** The ZIP code of an area; `undefined` for the part of a state whose ZIP codes the source does not give. */
export function areaZip(area: number): string | undefined {
  const zip = area % 100_000
  return zip === 0 ? undefined : String(zip).padStart(5, '0')
}
