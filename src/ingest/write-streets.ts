import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { SourceEntry } from '../dataset/manifest.ts'
import { createStreetPart } from '../dataset/streets/street-part.ts'
import type { StreetPart } from '../dataset/streets/street-part.ts'
import { createStreetWriter } from '../dataset/streets/street-writer.ts'
import type { StreetWriter } from '../dataset/streets/street-writer.ts'
import type { SourceFile } from './files/source-file.ts'
import type { FoundSources, SetAside } from './find-sources.ts'
import type { KeptResults } from './kept-results.ts'
import { ingestPointFiles } from './points/ingest-point-files.ts'
import type { NameableField } from './points/point-columns.ts'
import { identify } from './recipe.ts'
import type { ChecksumOf } from './recipe.ts'
import { ingestTiger } from './tiger/ingest-tiger.ts'
import { ingestZipFiles } from './zip/ingest-zip-files.ts'

export interface StreetSettings {
  /** The operator's names of columns that are not known. */
  readonly pointColumns?: Readonly<Partial<Record<NameableField, string>>> | undefined
  /** The state, in two letters, of address points that name none. */
  readonly pointState?: string | undefined
}

/** Files that streets are made of. */
export type StreetSources = Pick<FoundSources, 'tiger' | 'points' | 'zips'>

export interface StreetNeeds {
  readonly nextSourceId: () => number
  readonly report: (line: string) => void
  readonly kept: KeptResults
  /** One figure for the code that builds. */
  readonly code: string
  readonly checksumOf: ChecksumOf
}

export interface WrittenStreets {
  readonly entries: readonly SourceEntry[]
  readonly setAside: readonly SetAside[]
}

const PART = 'streets.sqlite'

/**
 * Reads ZIPs first, since they tell the state of points that do not, then ranges and points, and sorts them. A county or
 * an address file that was read before is not read again.
 */
export async function writeStreets(
  db: Database.Database,
  sources: StreetSources,
  { pointColumns, pointState }: StreetSettings,
  { nextSourceId, report, kept, code, checksumOf }: StreetNeeds,
): Promise<WrittenStreets> {
  const streets = createStreetWriter(db)
  // Each insert outside of a transaction costs a write.
  db.exec('BEGIN')
  const { zips, stateOfZip } = await writeZips(streets, sources, nextSourceId)
  db.exec('COMMIT')

  async function recipeOf(files: readonly SourceFile[], settings: unknown): Promise<unknown> {
    return [code, settings, await Promise.all(files.map((file) => identify(file, checksumOf)))]
  }

  async function readPart<Facts>(recipe: unknown, read: (part: StreetPart) => Promise<Facts>) {
    const { folder, facts } = await kept.take(recipe, (made) => writePart(join(made, PART), read))
    return { facts, add: (sourceId: number) => streets.addPart(join(folder, PART), sourceId) }
  }

  const tiger = await ingestTiger(sources.tiger, {
    nextSourceId,
    report,
    readPlaces: async (files, read) => {
      return (await kept.take(await recipeOf(files, 'places'), read)).facts
    },
    readCounty: async (files, read) => {
      const { facts, add } = await readPart(await recipeOf(files, 'county'), (part) =>
        read((range) => part.addRange(range)),
      )
      return { facts, addRanges: add }
    },
  })
  const statesOfZips = createHash('sha256')
    .update(JSON.stringify([...stateOfZip].map(([zip, state]) => zip + state).sort()))
    .digest('hex')
  const points = await ingestPointFiles(sources.points, {
    nextSourceId,
    report,
    columns: pointColumns,
    state: pointState,
    findStateOfZip: (zip) => stateOfZip.get(zip),
    readFile: async (file, state, read) => {
      const recipe = await recipeOf([file], { pointColumns, state, statesOfZips })
      const { facts, add } = await readPart(recipe, (part) => read((point) => part.addPoint(point)))
      return { facts, addPoints: add }
    },
  })
  report('Sorting streets')
  streets.finish()
  return {
    entries: [...zips, ...tiger.entries, ...points.entries],
    setAside: [...tiger.setAside, ...points.setAside],
  }
}

/** Without a journal: a part that was not finished is thrown away. */
async function writePart<Facts>(file: string, read: (part: StreetPart) => Promise<Facts>): Promise<Facts> {
  const db = new Database(file)
  try {
    db.pragma('journal_mode = off')
    db.pragma('synchronous = off')
    db.exec('BEGIN')
    const facts = await read(createStreetPart(db))
    db.exec('COMMIT')
    return facts
  } finally {
    db.close()
  }
}

async function writeZips(
  streets: StreetWriter,
  sources: StreetSources,
  nextSourceId: () => number,
): Promise<{ zips: SourceEntry[]; stateOfZip: ReadonlyMap<string, string> }> {
  const stateOfZip = new Map<string, string>()
  const zips = await ingestZipFiles(sources.zips, {
    nextSourceId,
    addZipPlace: (place) => {
      stateOfZip.set(place.zip, place.state)
      streets.addZipPlace(place)
    },
  })
  return { zips, stateOfZip }
}
