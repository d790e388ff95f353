import Database from 'better-sqlite3'
import { SCHEMA_VERSION } from './data-set.ts'
import type { Source } from './source.ts'

const CORE_TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE source (
    source_id INTEGER PRIMARY KEY, kind TEXT NOT NULL, file TEXT NOT NULL, vintage TEXT, revision TEXT,
    licence TEXT NOT NULL, attribution TEXT NOT NULL, retrieved_on TEXT, sha256 TEXT NOT NULL,
    rows_read INTEGER NOT NULL, rows_kept INTEGER NOT NULL, rejected TEXT NOT NULL
  );
`

/** A data set being built. Not safe against a crash by itself: build under another name and rename when whole. */
export interface DataSetWriter {
  readonly db: Database.Database
  /** Writes a source's row once its counts are known. */
  writeSource(source: Source): void
  /** Writes the version and closes the file; it is a data set from then on. */
  finish(meta: { readonly version: string; readonly isSandbox: boolean }): void
}

/** Creates an empty data set file, with durability off: a file that is not finished is thrown away. */
export function createDataSet(file: string): DataSetWriter {
  const db = new Database(file)
  db.pragma('page_size = 8192')
  db.pragma('journal_mode = off')
  db.pragma('synchronous = off')
  db.pragma('cache_size = -16384')
  db.pragma('temp_store = file')
  db.exec(CORE_TABLES)
  const insertSource = db.prepare(
    `INSERT INTO source VALUES (@sourceId, @kind, @file, @vintage, @revision, @licence, @attribution, @retrievedOn,
      @sha256, @rowsRead, @rowsKept, @rejected)`,
  )
  const insertMeta = db.prepare('INSERT INTO meta VALUES (?, ?)')
  return {
    db,
    writeSource: (source) => {
      insertSource.run({
        ...source,
        vintage: source.vintage ?? null,
        revision: source.revision ?? null,
        retrievedOn: source.retrievedOn ?? null,
        rejected: JSON.stringify(source.rejected),
      })
    },
    finish: ({ version, isSandbox }) => {
      insertMeta.run('schema_version', String(SCHEMA_VERSION))
      insertMeta.run('version', version)
      insertMeta.run('sandbox', isSandbox ? '1' : '0')
      db.exec('ANALYZE')
      db.close()
    },
  }
}
