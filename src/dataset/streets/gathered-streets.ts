/** Houses on a side of an edge, roughly, for telling much used names of streets from others. */
const ADDRESSES_PER_SIDE = 5
/** What the parts hold, under numbers that all of them share, on a temporary file that vanishes with the database. */
export const GATHERED = `
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
export const gatherFrom = (part: string): readonly string[] => [
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
export const NUMBER_STREETS = `
  CREATE TEMP TABLE street_of (id INTEGER PRIMARY KEY, street_id INTEGER NOT NULL);
  INSERT INTO temp.street_of
    SELECT id, rank FROM (SELECT id, dense_rank() OVER (ORDER BY name_id, area_id, variant_id) AS rank FROM gathered.street)
    ORDER BY id;
  CREATE TEMP TABLE numbered (street_id INTEGER PRIMARY KEY, name_id INTEGER, area_id INTEGER, variant_id INTEGER);
  INSERT OR IGNORE INTO temp.numbered
    SELECT street_id, name_id, area_id, variant_id FROM temp.street_of CROSS JOIN gathered.street USING (id) ORDER BY 1;
  CREATE INDEX temp.numbered_by_name ON numbered (name_id, area_id);
`

/** Once streets are numbered. */
export const WRITE_RANGES = `
  INSERT OR IGNORE INTO edge SELECT tlid, line FROM gathered.edge ORDER BY tlid, rowid;
  INSERT OR IGNORE INTO address_range
    SELECT street_id, prefix, low, high, tlid, flags, block, city_id, source_id
    FROM gathered.range r CROSS JOIN temp.street_of ON id = r.street
    ORDER BY street_id, prefix, low, high, tlid, flags, block, r.rowid;
`

/** Points with the columns of their streets, in the order of both. */
export const POINTS = `
  SELECT street_id, name_id, area_id, variant_id, prefix, value, suffix, unit, latitude, longitude, block, city_id, source_id
  FROM gathered.point p CROSS JOIN temp.street_of ON id = p.street CROSS JOIN temp.numbered USING (street_id)
  ORDER BY street_id, prefix, value, suffix, unit, latitude, longitude, p.rowid`

/** Once points and ranges are written. */
export const WRITE_STREETS = `
  INSERT INTO street_variant SELECT * FROM gathered.variant;
  INSERT INTO street SELECT street_id, name_id, area_id, variant_id,
      (SELECT count(*) FROM address_point p WHERE p.street_id = n.street_id),
      (SELECT count(*) FROM address_range r WHERE r.street_id = n.street_id)
    FROM temp.numbered n ORDER BY street_id;
  INSERT INTO area SELECT area_id, count(*) FROM street GROUP BY area_id;
`

/** For `writeStreetMap`. */
export const SIDES = `
  SELECT street_id, tlid, low_cell, high_cell FROM gathered.range r CROSS JOIN temp.street_of ON id = r.street`

/** For `writeStreetNames`. */
export const NAMES = `
  SELECT name_id, name, coalesce(addresses, 0) AS addresses FROM gathered.name LEFT JOIN (
    SELECT name_id, sum(points) + ${ADDRESSES_PER_SIDE} * sum(ranges) AS addresses FROM street GROUP BY name_id
  ) USING (name_id)`
