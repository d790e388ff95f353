import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../lib/errors.ts'

const DATA_SET_FILE = /^hum-(\d{8})\.sqlite$/

/** What the file of a data set is called: `hum-26112301.sqlite`. */
export const dataSetFileName = (version: string): string => `hum-${version}.sqlite`

/** The versions of the data sets in a folder, oldest first. */
export function listDataSetVersions(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((name) => DATA_SET_FILE.exec(name)?.[1] ?? [])
    .sort()
}

/**
 * The data set file that a setting means: the file itself, or the newest data set in a folder.
 *
 * @throws AppError `data_set_missing` when there is nothing there, or no data set in the folder.
 */
export function resolveDataSetFile(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) {
    throw new AppError(
      'data_set_missing',
      'There is no data set file or folder there. Build one with `hum data build`.',
    )
  }
  if (!stats.isDirectory()) return path
  const newest = listDataSetVersions(path).at(-1)
  if (newest === undefined) {
    throw new AppError(
      'data_set_missing',
      'The folder holds no data set. Build one with `hum data build --out <folder>`.',
    )
  }
  return join(path, dataSetFileName(newest))
}
