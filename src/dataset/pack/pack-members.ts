import { dataSetFileName } from '../data-set-file.ts'
import { manifestFile } from '../manifest.ts'

/** The files of a pack by what they are, in their order: small ones first, so that they can be read before the large one. */
export interface PackMembers {
  readonly checksums: string
  readonly licences: string
  readonly manifest: string
  readonly dataSet: string
}

/** What the files of a version's pack are called. */
export function packMembers(version: string): PackMembers {
  const dataSet = dataSetFileName(version)
  return {
    checksums: 'SHA256SUMS',
    licences: dataSet.replace('.sqlite', '.licences.txt'),
    manifest: manifestFile(dataSet),
    dataSet,
  }
}

/** What the pack of a data set is called: `hum-26112301.tar.zst`. */
export const packFileName = (version: string): string => dataSetFileName(version).replace('.sqlite', '.tar.zst')
