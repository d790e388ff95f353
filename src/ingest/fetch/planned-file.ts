/** Folders that files are sorted into, as `hum data build` knows them. */
export type FetchFolder = 'tiger' | 'bdc' | 'zip' | 'points'

/** A file that is to be fetched. */
export interface PlannedFile {
  readonly folder: FetchFolder
  /** Bare name that the file gets. */
  readonly name: string
  readonly url: string
  /** What the file is about, the same for each later version of it: `addrfeat 23005`. */
  readonly subject: string
  /** A heading that files of one kind share: `TIGER/Line 2025 ADDRFEAT`. */
  readonly group: string
  /** As the publisher's listing tells it or, for FCC files, estimated from the number of rows; absent where unknown. */
  readonly estimatedBytes?: number | undefined
  /** The name tells the version: a file of this name never changes and need not be asked for again. */
  readonly isVersioned: boolean
}
