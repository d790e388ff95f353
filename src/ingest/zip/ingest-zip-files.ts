import type { SourceEntry } from '../../dataset/manifest.ts'
import type { ZipPlaceRecord } from '../../dataset/streets/street-records.ts'
import { AppError } from '../../lib/errors.ts'
import { sha256File } from '../../lib/sha256-file.ts'
import type { SourceFile } from '../files/source-file.ts'
import { ingestZipPlaces } from './ingest-zip-places.ts'

/**
 * Reads ZIP tables one after the other; what an earlier one says of a ZIP stays.
 *
 * @throws AppError `source_unreadable` for a file that holds no ZIP at all.
 */
export async function ingestZipFiles(
  files: readonly SourceFile[],
  { nextSourceId, addZipPlace }: { nextSourceId: () => number; addZipPlace: (record: ZipPlaceRecord) => void },
): Promise<SourceEntry[]> {
  const entries: SourceEntry[] = []
  const seen = new Set<string>()
  for (const file of files) {
    const sourceId = nextSourceId()
    const counts = await ingestZipPlaces(file, { sourceId, seen, addZipPlace })
    if (counts.rowsKept === 0) {
      throw new AppError('source_unreadable', `${file.name} is no GeoNames postal file: no ZIP can be read from it.`)
    }
    entries.push({
      sourceId,
      kind: 'zip_places',
      file: file.name,
      licence: 'CC BY 4.0',
      attribution: 'GeoNames (geonames.org)',
      sha256: await sha256File(file.path),
      ...counts,
    })
  }
  return entries
}
