import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '../lib/errors.ts'
import { MIGRATIONS } from './migrations.ts'

/** How long another connection that writes to the same file is waited for. */
const BUSY_TIMEOUT_MS = 5000

/** Pages of 4 kB in the write-ahead log at which a write brings it into the file itself, should `checkpointAside` not do. */
const CHECKPOINT_PAGES = 65_536

/**
 * Opens the state file, made if it is not there, and brings its schema up to date.
 *
 * @throws AppError `state_unavailable` when the file cannot be opened, or was written by a newer Hum.
 */
export function openSqliteState(file: string): Database.Database {
  let db: Database.Database | undefined
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
    db = connect(file)
    migrate(db)
    return db
  } catch (error) {
    db?.close()
    throw toUnavailable(error)
  }
}

/** How long a server that ends is waited for, which another one is to take over from. */
const TAKE_OVER_TIMEOUT_MS = 2000

/**
 * Holds a state file for a server, which has to be its only one: it keeps open sessions in memory, and so would not see
 * what another writes. Commands that only look or change tokens need no hold. The system lets go of it with the process,
 * however that ends, since it is a lock that SQLite keeps on an empty file beside the state.
 *
 * @returns lets go.
 * @throws AppError `state_unavailable` when another server holds it, or the folder cannot be written.
 */
export function holdStateFile(file: string): () => void {
  if (file === ':memory:') return () => {}
  let lock: Database.Database | undefined
  try {
    mkdirSync(dirname(file), { recursive: true })
    lock = new Database(`${file}-server`, { timeout: TAKE_OVER_TIMEOUT_MS })
    lock.exec('BEGIN EXCLUSIVE')
    const held = lock
    return () => held.close()
  } catch (error) {
    lock?.close()
    if (!(error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY')) throw toUnavailable(error)
    throw new AppError(
      'state_unavailable',
      'Another Hum server serves from this state file. Stop it, or give each its own in HUM_STATE; for several servers that share their sessions, set HUM_STATE to a PostgreSQL database.',
      { cause: error },
    )
  }
}

function toUnavailable(error: unknown): AppError {
  if (error instanceof AppError) return error
  return new AppError(
    'state_unavailable',
    'The state file cannot be opened. Set HUM_STATE to a file in a folder that Hum may write to, on a disk with room left.',
    { cause: error },
  )
}

/**
 * Connects to a state file. What is committed survives the death of the process; of what was committed in the moments
 * before a power cut the last may be gone, never the file's integrity. Waiting for the disk each time instead would
 * make every answer wait for it, for sessions that live half an hour.
 */
function connect(file: string): Database.Database {
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS })
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = normal')
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  db.pragma('cache_size = -32768')
  db.pragma('temp_store = memory')
  return db
}

/** The number of steps done stands in `user_version`; a lock on the file keeps a second process out meanwhile. */
function migrate(db: Database.Database): void {
  db.transaction(() => {
    const done = Number(db.pragma('user_version', { simple: true }))
    if (done > MIGRATIONS.length) {
      throw new AppError('state_unavailable', 'The state file was written by a newer Hum. Update Hum.')
    }
    // Nothing is written to a full disk, from which sessions can still be read.
    if (done === MIGRATIONS.length) return
    for (const { statements } of MIGRATIONS.slice(done)) for (const statement of statements) db.exec(statement)
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  }).immediate()
}
