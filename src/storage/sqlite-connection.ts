import Database from 'better-sqlite3'

/** How long another connection that writes to the same file is waited for. */
const BUSY_TIMEOUT_MS = 5000

/** Pages of 4 kB in the write-ahead log before it is brought into the file: seldom enough not to slow writes down. */
const CHECKPOINT_PAGES = 16_384

/**
 * Connects to a state file. What is committed survives the death of the process; of what was committed in the moments
 * before a power cut the last may be gone, never the file's integrity. Waiting for the disk each time instead would
 * make every answer wait for it, for sessions that live half an hour.
 */
export function connectSqlite(file: string): Database.Database {
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS })
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = normal')
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  db.pragma('cache_size = -32768')
  db.pragma('temp_store = memory')
  return db
}
