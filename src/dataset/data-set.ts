import Database from 'better-sqlite3'
import { AppError } from '../lib/errors.ts'
import type { Source, SourceKind } from './source.ts'

/** Raised with every change of the tables; a data set of another version is refused. */
export const SCHEMA_VERSION = 2

/** An open, read-only data set: one SQLite file that nothing writes to while it serves. */
export interface DataSet {
  /** `hum_data_set`: digits only, YYMMDDNN, of the day it was built. */
  readonly version: string
  /** The sandbox's invented region, never to be taken for real. */
  readonly isSandbox: boolean
  readonly db: Database.Database
  readonly sources: ReadonlyMap<number, Source>
  close(): void
}

interface SourceRow {
  source_id: number
  kind: SourceKind
  file: string
  vintage: string | null
  revision: string | null
  licence: string
  attribution: string
  retrieved_on: string | null
  sha256: string
  rows_read: number
  rows_kept: number
  rejected: string
}

/**
 * Opens a data set file for reading.
 *
 * @throws AppError `data_set_missing` when there is no such file; `data_set_invalid` when it is not a data set of Hum
 *   or was built by another schema version. The message says what to do.
 */
export function openDataSet(file: string): DataSet {
  let db: Database.Database
  try {
    db = new Database(file, { readonly: true, fileMustExist: true })
  } catch (error) {
    throw new AppError('data_set_missing', 'There is no data set file there. Build one with `hum data build`.', {
      cause: error,
    })
  }
  try {
    const meta = readMeta(db)
    const schema = Number(meta.get('schema_version'))
    if (schema > SCHEMA_VERSION) {
      throw new AppError('data_set_invalid', `The data set has schema ${schema}, newer than this Hum. Update Hum.`)
    }
    if (schema !== SCHEMA_VERSION) {
      throw new AppError('data_set_invalid', `The data set has schema ${schema}, older than this Hum. Build it again.`)
    }
    db.pragma('query_only = true')
    db.pragma('mmap_size = 17179869184')
    db.pragma('cache_size = -65536')
    return {
      version: meta.get('version') ?? '0',
      isSandbox: meta.get('sandbox') === '1',
      db,
      sources: readSources(db),
      close: () => db.close(),
    }
  } catch (error) {
    db.close()
    if (error instanceof AppError) throw error
    throw new AppError('data_set_invalid', 'The file is not a data set of Hum. Build one with `hum data build`.', {
      cause: error,
    })
  }
}

function readMeta(db: Database.Database): Map<string, string> {
  const rows = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM meta').all()
  return new Map(rows.map((row) => [row.key, row.value]))
}

function readSources(db: Database.Database): Map<number, Source> {
  const rows = db.prepare<[], SourceRow>('SELECT * FROM source ORDER BY source_id').all()
  return new Map(
    rows.map((row) => [
      row.source_id,
      {
        sourceId: row.source_id,
        kind: row.kind,
        file: row.file,
        vintage: row.vintage ?? undefined,
        revision: row.revision ?? undefined,
        licence: row.licence,
        attribution: row.attribution,
        retrievedOn: row.retrieved_on ?? undefined,
        sha256: row.sha256,
        rowsRead: row.rows_read,
        rowsKept: row.rows_kept,
        rejected: JSON.parse(row.rejected) as Record<string, number>,
      },
    ]),
  )
}
