import type Database from 'better-sqlite3'
import type { SourceEntry } from '../dataset/manifest.ts'
import { writeStreetMap } from '../dataset/street-map-writer.ts'
import { createStreetWriter } from '../dataset/street-writer.ts'
import type { StreetWriter } from '../dataset/street-writer.ts'
import type { FoundSources, SetAside } from './find-sources.ts'
import { ingestPointFiles } from './points/ingest-point-files.ts'
import type { NameableField } from './points/point-columns.ts'
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
}

export interface WrittenStreets {
  readonly entries: readonly SourceEntry[]
  readonly setAside: readonly SetAside[]
}

/** Reads ZIPs first, since they tell the state of points that do not, then ranges and points, and sorts them. */
export async function writeStreets(
  db: Database.Database,
  sources: StreetSources,
  { pointColumns, pointState }: StreetSettings,
  { nextSourceId, report }: StreetNeeds,
): Promise<WrittenStreets> {
  const streets = createStreetWriter(db)
  // Each insert outside of a transaction costs a write.
  db.exec('BEGIN')
  const { zips, stateOfZip } = await writeZips(streets, sources, nextSourceId)
  const tiger = await ingestTiger(sources.tiger, { nextSourceId, report, addRange: (range) => streets.addRange(range) })
  const points = await ingestPointFiles(sources.points, {
    nextSourceId,
    report,
    columns: pointColumns,
    state: pointState,
    findStateOfZip: (zip) => stateOfZip.get(zip),
    addPoint: (point) => streets.addPoint(point),
  })
  db.exec('COMMIT')
  report('Sorting streets')
  streets.finish()
  writeStreetMap(db)
  return {
    entries: [...zips, ...tiger.entries, ...points.entries],
    setAside: [...tiger.setAside, ...points.setAside],
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
