import { basename } from 'node:path'
import { findState, findStateByFips, standardizeStreet } from '../../address/index.ts'
import type { SourceEntry } from '../../dataset/manifest.ts'
import type { AddressPointRecord } from '../../dataset/streets/street-records.ts'
import { AppError } from '../../lib/errors.ts'
import { sha256File } from '../../lib/sha256-file.ts'
import type { SourceFile } from '../files/source-file.ts'
import type { SetAside } from '../find-sources.ts'
import { ingestPoints } from './ingest-points.ts'
import { pointColumns } from './point-columns.ts'
import type { NameableField } from './point-columns.ts'
import { openPointFile } from './read-point-rows.ts'
import { standardizeUnit } from './standardize-unit.ts'

export interface PointFilesIngest {
  readonly nextSourceId: () => number
  readonly findStateOfZip: (zip: string) => string | undefined
  /** The operator's names of columns that are not known. */
  readonly columns?: Readonly<Partial<Record<NameableField, string>>> | undefined
  /** The state of rows that neither name one nor have a ZIP that tells it, in two letters. */
  readonly state?: string | undefined
  /** Reads a file, or takes what was read of the same file before; its points wait until they are added. */
  readonly readFile: (
    file: SourceFile,
    state: string | undefined,
    read: (addPoint: (record: AddressPointRecord) => boolean) => Promise<PointFacts>,
  ) => Promise<{ readonly facts: PointFacts; readonly addPoints: (sourceId: number) => void }>
  readonly report: (line: string) => void
}

/** What is to be known of an address file besides its points: that it is none, or the file as a source. */
export type PointFacts = { readonly setAside: string } | { readonly entry: Omit<SourceEntry, 'sourceId'> }

/**
 * Reads address files one after the other.
 *
 * @throws AppError `source_unreadable` when files are given and none of them has the columns of addresses.
 */
export async function ingestPointFiles(
  files: readonly SourceFile[],
  { nextSourceId, readFile, report, ...needs }: PointFilesIngest,
): Promise<{ entries: SourceEntry[]; setAside: SetAside[] }> {
  const entries: SourceEntry[] = []
  const setAside: SetAside[] = []
  for (const file of files) {
    report(`Address points of ${file.name}`)
    const state = findStateOfFile(file) ?? needs.state
    const { facts, addPoints } = await readFile(file, state, (addPoint) =>
      readPoints(file, addPoint, { ...needs, state }),
    )
    if ('setAside' in facts) {
      setAside.push({ file: file.name, reason: facts.setAside })
      continue
    }
    const sourceId = nextSourceId()
    entries.push({ ...facts.entry, sourceId })
    addPoints(sourceId)
  }
  if (files.length > 0 && entries.length === 0) {
    const [{ file, reason } = { file: '', reason: '' }] = setAside
    throw new AppError(
      'source_unreadable',
      `No file of address points can be read (${file}: ${reason}). Where columns have other names, give them with --point-columns.`,
    )
  }
  return { entries, setAside }
}

async function readPoints(
  file: SourceFile,
  addPoint: (record: AddressPointRecord) => boolean,
  { findStateOfZip, columns, state }: Pick<PointFilesIngest, 'findStateOfZip' | 'columns' | 'state'>,
): Promise<PointFacts> {
  if (/-(parcels|buildings|centerlines)-/.test(file.name)) return { setAside: 'not addresses' }
  const opened = await openPointFile(file, pointColumns(columns))
  if (typeof opened === 'string') return { setAside: opened }
  const counts = await ingestPoints(opened, {
    sourceId: 0,
    findState: (text) => (findState(text) ?? findStateByFips(text))?.code,
    findStateOfZip,
    stateOfFile: state,
    standardizeStreet,
    standardizeUnit,
    addPoint,
  })
  const terms = termsOf(file)
  return {
    entry: { kind: 'address_points', file: file.name, ...terms, sha256: await sha256File(file.path), ...counts },
  }
}

/** OpenAddresses lays files out as `us/me/statewide.geojson`, whose rows often leave the state out. */
function findStateOfFile({ path, member }: SourceFile): string | undefined {
  const folder = /(?:^|\/)us\/([a-z]{2})\//i.exec(`${path}/${member ?? ''}`)?.[1]
  return folder === undefined ? undefined : findState(folder)?.code
}

function termsOf(file: SourceFile): { licence: string; attribution: string; vintage?: string } {
  const nad = /NAD_?(r\d+)/i.exec(`${file.name} ${basename(file.path)}`)?.[1]
  if (nad !== undefined) {
    return {
      licence: 'US government open data; see the disclaimer of the National Address Database',
      attribution: 'U.S. Department of Transportation, National Address Database',
      vintage: nad.toLowerCase(),
    }
  }
  if (/geojson/i.test(file.name)) {
    return { licence: 'Differs by source; see OpenAddresses', attribution: 'OpenAddresses and its sources' }
  }
  return { licence: 'As its publisher states', attribution: `The publisher of ${file.name}` }
}
