import { basename } from 'node:path'
import { findState, findStateByFips, standardizeStreet } from '../../address/index.ts'
import type { SourceEntry } from '../../dataset/manifest.ts'
import type { AddressPointRecord } from '../../dataset/street-records.ts'
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
  /** False where the data set cannot hold the point. */
  readonly addPoint: (record: AddressPointRecord) => boolean
  readonly report: (line: string) => void
}

/**
 * Reads address files one after the other.
 *
 * @throws AppError `source_unreadable` when files are given and none of them has the columns of addresses.
 */
export async function ingestPointFiles(
  files: readonly SourceFile[],
  { nextSourceId, findStateOfZip, columns, state, addPoint, report }: PointFilesIngest,
): Promise<{ entries: SourceEntry[]; setAside: SetAside[] }> {
  const entries: SourceEntry[] = []
  const setAside: SetAside[] = []
  for (const file of files) {
    const opened = /-(parcels|buildings|centerlines)-/.test(file.name)
      ? 'not addresses'
      : await openPointFile(file, pointColumns(columns))
    if (typeof opened === 'string') {
      setAside.push({ file: file.name, reason: opened })
      continue
    }
    report(`Address points of ${file.name}`)
    const sourceId = nextSourceId()
    const counts = await ingestPoints(opened, {
      sourceId,
      findState: (text) => (findState(text) ?? findStateByFips(text))?.code,
      findStateOfZip,
      stateOfFile: findStateOfFile(file) ?? state,
      standardizeStreet,
      standardizeUnit,
      addPoint,
    })
    entries.push({
      sourceId,
      kind: 'address_points',
      file: file.name,
      ...termsOf(file),
      sha256: await sha256File(file.path),
      ...counts,
    })
  }
  if (files.length > 0 && entries.length === 0) {
    const [{ file, reason } = { file: '', reason: '' }] = setAside
    throw new AppError(
      'source_unreadable',
      `No file of address points can be read: ${file} has ${reason}. Name its columns with --point-columns.`,
    )
  }
  return { entries, setAside }
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
