import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { dataSetFileName } from './data-set-file.ts'
import { manifestFile } from './manifest.ts'

/**
 * Moves a finished data set and the manifest beside it into a folder of data sets, both safe on disk before the data
 * set can be seen there. Killed at any moment, it leaves the folder without the new data set or with all of it.
 *
 * `file` has to lie on the folder's own file system.
 *
 * @returns the path of the data set.
 */
export function publishDataSet(file: string, version: string, folder: string): string {
  const target = join(folder, dataSetFileName(version))
  syncToDisk(manifestFile(file))
  syncToDisk(file)
  renameSync(manifestFile(file), manifestFile(target))
  syncToDisk(folder)
  renameSync(file, target)
  syncToDisk(folder)
  return target
}

function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
