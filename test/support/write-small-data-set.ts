import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { hashContent } from '../../src/dataset/content-hash.ts'
import { dataSetFileName } from '../../src/dataset/data-set-file.ts'
import { createDataSet } from '../../src/dataset/data-set-writer.ts'
import { SCHEMA_VERSION } from '../../src/dataset/data-set.ts'
import { manifestFile } from '../../src/dataset/manifest.ts'
import type { Manifest } from '../../src/dataset/manifest.ts'
import { sha256File } from '../../src/lib/sha256-file.ts'

/** Writes a data set with its manifest into a folder, as a build leaves them; `fill` puts in what it holds. */
export async function writeSmallDataSet(
  folder: string,
  version: string,
  fill: (db: Database.Database) => void = fillPadding,
): Promise<string> {
  const file = join(folder, dataSetFileName(version))
  const writer = createDataSet(file)
  const source = {
    sourceId: 1,
    kind: 'zip_places',
    file: 'US.txt',
    retrievedOn: '2026-10-01',
    licence: 'CC BY 4.0',
    attribution: 'GeoNames (geonames.org)',
    sha256: '0'.repeat(64),
    rowsRead: 3,
    rowsKept: 2,
    rejected: { zip_repeated: 1 },
  } as const
  fill(writer.db)
  writer.writeSource(source)
  const content = hashContent(writer.db)
  writer.finish({ version, isSandbox: false })
  const manifest: Manifest = {
    version,
    schemaVersion: SCHEMA_VERSION,
    isSandbox: false,
    builtAt: '2026-10-02T03:04:05.000Z',
    contentHash: content.hash,
    file: { name: dataSetFileName(version), sizeBytes: statSync(file).size, sha256: await sha256File(file) },
    rows: content.rows,
    sources: [source],
    setAside: [],
  }
  writeFileSync(manifestFile(file), `${JSON.stringify(manifest, undefined, 2)}\n`)
  return file
}

/** Some pages of text that do not compress to nothing. */
function fillPadding(db: Database.Database): void {
  db.exec('CREATE TABLE padding (text TEXT NOT NULL)')
  const insert = db.prepare('INSERT INTO padding VALUES (?)')
  for (let row = 0; row < 3_000; row++) insert.run(String(Math.imul(row, 2_654_435_761) >>> 0).repeat(5))
}
