import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { dataSetFileName, listDataSetVersions } from '../dataset/data-set-file.ts'
import { findManifest } from '../dataset/manifest.ts'
import type { SourceEntry } from '../dataset/manifest.ts'
import { verifyDataSet } from '../dataset/verify-data-set.ts'
import type { SourceFile } from './files/source-file.ts'
import type { SetAside } from './find-sources.ts'
import { identify } from './recipe.ts'
import type { ChecksumOf } from './recipe.ts'
import type { StreetSettings } from './write-streets.ts'

/** Parts of a data set that are built from sources of their own. */
export type PartName = 'streets' | 'filings'

/** A part of an earlier data set that can be taken over, since it was built from the same sources by the same code. */
export interface KeptPart {
  readonly file: string
  readonly version: string
  readonly tables: readonly string[]
  readonly entries: readonly SourceEntry[]
  readonly setAside: readonly SetAside[]
}

/**
 * What a part would be built from, as one figure: the files with their SHA-256, the settings, and the code that reads
 * them. Equal figures make equal parts.
 */
export async function recipeOf(
  files: readonly SourceFile[],
  { code, checksumOf, ...settings }: { readonly code: string; readonly checksumOf: ChecksumOf } & StreetSettings,
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([code, settings]))
  for (const file of files) hash.update(JSON.stringify([file.path, await identify(file, checksumOf)]))
  return hash.digest('hex')
}

/**
 * Finds the parts of the newest data set of a folder that have these recipes.
 *
 * None where its file is not, byte for byte, what its manifest says: a damaged part is built anew.
 */
export async function findKeptParts(
  folder: string,
  recipes: Readonly<Record<PartName, string>>,
): Promise<Partial<Record<PartName, KeptPart>>> {
  const version = listDataSetVersions(folder).at(-1)
  if (version === undefined) return {}
  const file = join(folder, dataSetFileName(version))
  const kept: Partial<Record<PartName, KeptPart>> = {}
  try {
    const manifest = findManifest(file)
    for (const name of ['streets', 'filings'] as const) {
      const part = manifest?.parts?.[name]
      if (!manifest || part?.recipe !== recipes[name]) continue
      const entries = manifest.sources.filter(({ sourceId }) => part.sourceIds.includes(sourceId))
      kept[name] = { file, version, tables: part.tables, setAside: part.setAside, entries }
    }
    if (Object.keys(kept).length > 0) await verifyDataSet(file)
    return kept
  } catch {
    return {}
  }
}

/**
 * Copies tables with their rows and indexes out of another data set.
 *
 * Indexes come before rows: into an empty table with the same indexes SQLite copies rows and index entries as they
 * lie, without sorting anything again.
 */
export function copyTables(db: Database.Database, file: string, tables: readonly string[]): void {
  db.prepare('ATTACH ? AS earlier').run(file)
  const schemaOf = db
    .prepare<[string], string>(
      `SELECT sql FROM earlier.sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type = 'index', name`,
    )
    .pluck()
  for (const table of tables) {
    for (const sql of schemaOf.all(table)) db.exec(sql)
    db.exec(`INSERT INTO main."${table}" SELECT * FROM earlier."${table}"`)
  }
  db.exec('DETACH earlier')
}

/** The tables of a database, without those of SQLite itself. */
export function listTables(db: Database.Database): string[] {
  return db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .pluck()
    .all()
}

/** The tables of a database file. */
export function listTablesOf(file: string): string[] {
  const db = new Database(file, { readonly: true })
  try {
    return listTables(db)
  } finally {
    db.close()
  }
}
