import type Database from 'better-sqlite3'
import type { SqlState } from './sql-state.ts'
import type { SqliteWriter } from './sqlite-writer.ts'
import { createRunStatement } from './write-batch.ts'

/** A state file for stores that are written once for both engines. */
export function sqliteSqlState(db: Database.Database, writer: SqliteWriter): SqlState {
  const run = createRunStatement(db)
  return {
    read: async <Row extends object>(text: string, values: Parameters<SqlState['read']>[1] = []) =>
      run([text, values]) as readonly Row[],
    write: (text, values = []) => writer.change(text, values),
    writeReturning: (text, values = []) => writer.fetch(text, values),
  }
}
