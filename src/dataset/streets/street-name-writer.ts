import type Database from 'better-sqlite3'
import { allowedEdits, deletionHashes } from './street-name-deletions.ts'
import { streetNameKey } from './street-name-key.ts'

/** Most used names that a beginning of up to four letters is completed with. */
const TOP_NAMES = 24
const TOP_PREFIX_LENGTH = 4
/** Deletions that are sorted at a time, 32 MB of memory. */
const DELETIONS_AT_A_TIME = 4_000_000
const HASHES = 2 ** 32

interface NameRow {
  readonly name_id: number
  readonly name_key: string
}

/**
 * Writes the names of streets with their keys, the deletions by which a misspelt one is found, and the most used ones of
 * each beginning. `names` is SQL that gives `name_id`, `name` and `addresses`.
 *
 * Statements read while others write, for which the database has to be in unsafe mode.
 */
export function writeStreetNames(db: Database.Database, names: string): void {
  const insertName = db.prepare('INSERT INTO street_name VALUES (?, ?, ?, ?)')
  const read = db.prepare<[], { name_id: number; name: string; addresses: number }>(`${names} ORDER BY name_id`)
  let count = 0
  let deletions = 0
  for (const { name_id: id, name, addresses } of read.iterate()) {
    const key = streetNameKey(name)
    insertName.run(id, name, key, addresses)
    count = id
    deletions += deletionHashes(key, allowedEdits(key)).length
  }
  writeDeletions(db, count + 1, deletions)
  writeTopNames(db)
}

/**
 * The hashes are made anew for each stretch of their range that fits in memory, which is cheaper than to sort them on
 * disk. One number holds hash and name, so that an array of numbers is sorted.
 */
function writeDeletions(db: Database.Database, ids: number, deletions: number): void {
  const insert = db.prepare('INSERT INTO street_name_deletion VALUES (?, ?)')
  const read = db.prepare<[], NameRow>('SELECT name_id, name_key FROM street_name')
  const passes = Math.max(1, Math.ceil(deletions / DELETIONS_AT_A_TIME))
  const stretch = Math.ceil(HASHES / passes)
  for (let from = -HASHES / 2; from < HASHES / 2; from += stretch) {
    const found: number[] = []
    for (const { name_id: id, name_key: key } of read.iterate()) {
      for (const hash of deletionHashes(key, allowedEdits(key))) {
        if (hash >= from && hash < from + stretch) found.push((hash - from) * ids + id)
      }
    }
    for (const pair of Float64Array.from(found).sort()) insert.run(from + Math.floor(pair / ids), pair % ids)
  }
}

function writeTopNames(db: Database.Database): void {
  const insert = db.prepare('INSERT INTO street_name_top VALUES (?, ?, ?)')
  const read = db.prepare<[], NameRow>('SELECT name_id, name_key FROM street_name ORDER BY addresses DESC, name_id')
  const taken = new Map<string, number>()
  for (const { name_id: id, name_key: key } of read.iterate()) {
    for (let length = 1; length <= Math.min(TOP_PREFIX_LENGTH, key.length); length++) {
      const prefix = key.slice(0, length)
      const position = (taken.get(prefix) ?? 0) + 1
      if (position > TOP_NAMES) continue
      taken.set(prefix, position)
      insert.run(prefix, position, id)
    }
  }
}
