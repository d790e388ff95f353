import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { AppError } from '../lib/errors.ts'
import { MIGRATIONS } from './migrations.ts'
import { connectSqlite } from './sqlite-connection.ts'

/**
 * Opens the state file, made if it is not there, and brings its schema up to date.
 *
 * @throws AppError `state_unavailable` when the file cannot be opened, or was written by a newer Hum.
 */
export function openSqliteState(file: string): Database.Database {
  let db: Database.Database | undefined
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
    db = connectSqlite(file)
    migrate(db)
    return db
  } catch (error) {
    db?.close()
    if (error instanceof AppError) throw error
    throw new AppError(
      'state_unavailable',
      'The state file cannot be opened. Set HUM_STATE to a file in a folder that Hum may write to.',
      { cause: error },
    )
  }
}

/** The number of steps done stands in `user_version`; a lock on the file keeps a second process out meanwhile. */
function migrate(db: Database.Database): void {
  db.transaction(() => {
    const done = Number(db.pragma('user_version', { simple: true }))
    if (done > MIGRATIONS.length) {
      throw new AppError('state_unavailable', 'The state file was written by a newer Hum. Update Hum.')
    }
    for (const { statements } of MIGRATIONS.slice(done)) for (const statement of statements) db.exec(statement)
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  }).immediate()
}
