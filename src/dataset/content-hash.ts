import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'

const ROWS_PER_UPDATE = 1000
/** Computed from other tables, and longer than them. */
const DERIVED: readonly string[] = ['street_name_deletion', 'edge_cell']

/** What a data set holds, as one figure and table by table. */
export interface Content {
  readonly hash: string
  /** Table → rows. */
  readonly rows: Readonly<Record<string, number>>
}

/**
 * Counts the rows of a data set and takes the SHA-256 over every fact of a data set: two data sets with the same hash answer every request alike.
 *
 * Taken over the rows of all tables in the order of their keys, so that it depends neither on the layout of pages nor on
 * the version of SQLite. Left out are the tables of SQLite itself, what is derived, `meta` (the version is the day of the build) and the
 * day a source was fetched.
 */
export function hashContent(db: Database.Database): Content {
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  const tables = db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'meta'
       AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`,
    )
    .all()
  for (const { name } of tables) {
    const columns = db
      .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?) ORDER BY cid')
      .all(name)
      .map((column) => column.name)
      .filter((column) => !(name === 'source' && column === 'retrieved_on'))
    hash.update(`\n${name}(${columns.join(',')})\n`)
    const row = columns.map((column) => `quote("${column}")`).join(` || ',' || `)
    const rows = db.prepare<[], string>(`SELECT ${row} FROM "${name}" NOT INDEXED`).pluck()
    if (DERIVED.includes(name)) {
      counts[name] = db.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get() ?? 0
      continue
    }
    let waiting: string[] = []
    let count = 0
    for (const text of rows.iterate()) {
      waiting.push(text)
      count++
      if (waiting.length < ROWS_PER_UPDATE) continue
      hash.update(`${waiting.join('\n')}\n`)
      waiting = []
    }
    hash.update(waiting.join('\n'))
    counts[name] = count
  }
  return { hash: hash.digest('hex'), rows: counts }
}
