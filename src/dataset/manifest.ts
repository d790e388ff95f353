import { existsSync, readFileSync } from 'node:fs'
import { AppError } from '../lib/errors.ts'
import type { Source } from './source.ts'

/** What a data set was built from, in the JSON file beside it. */
export interface Manifest {
  readonly version: string
  readonly schemaVersion: number
  readonly isSandbox: boolean
  /** ISO 8601. */
  readonly builtAt: string
  /** Over the facts alone; the same sources give the same hash on any day and machine. */
  readonly contentHash: string
  readonly file: { readonly name: string; readonly sizeBytes: number; readonly sha256: string }
  /** Table → rows. */
  readonly rows: Readonly<Record<string, number>>
  readonly sources: readonly SourceEntry[]
  /** Files that were given and not read, each with the reason. */
  readonly setAside: readonly { readonly file: string; readonly reason: string }[]
  /** Parts that a later build takes over when their sources are the same. */
  readonly parts?: Readonly<Record<string, ManifestPart>> | undefined
}

/** A part of a data set with what it was built from. */
export interface ManifestPart {
  /** One figure for the sources, the settings and the code that read them. */
  readonly recipe: string
  readonly tables: readonly string[]
  readonly sourceIds: readonly number[]
  readonly setAside: Manifest['setAside']
}

/** A source with further figures of its own kind, such as the sides of edges that TIGER's records hold. */
export interface SourceEntry extends Source {
  readonly details?: Readonly<Record<string, number>> | undefined
}

/** The manifest's place beside its data set. */
export const manifestFile = (dataSetFile: string): string => dataSetFile.replace(/(\.sqlite)?$/, '.json')

/**
 * The manifest beside a data set file; `undefined` where there is none.
 *
 * @throws AppError `data_set_invalid` when it is no JSON.
 */
export function findManifest(dataSetFile: string): Manifest | undefined {
  const file = manifestFile(dataSetFile)
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest
  } catch (error) {
    throw new AppError('data_set_invalid', 'The manifest beside the data set is damaged. Build the data set again.', {
      cause: error,
    })
  }
}
