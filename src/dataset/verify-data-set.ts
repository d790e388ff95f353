import { statSync } from 'node:fs'
import { AppError } from '../lib/errors.ts'
import { sha256File } from '../lib/sha256-file.ts'
import { openDataSet } from './data-set.ts'
import { findManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'

/**
 * Makes sure that a data set may serve: this Hum reads its schema, and it is whole, byte for byte, by the size and the
 * checksum in its manifest; where none lies beside it, by SQLite's own check of its pages.
 *
 * Reads the whole file.
 *
 * @throws AppError `data_set_invalid` or `data_set_missing` with what is wrong and what to do.
 */
export async function verifyDataSet(file: string): Promise<void> {
  const manifest = findManifest(file)
  if (manifest) checkSize(file, manifest)
  const dataSet = openDataSet(file)
  try {
    if (!manifest) {
      const verdict = dataSet.db.pragma('quick_check(1)', { simple: true })
      if (verdict !== 'ok') throw damaged()
      return
    }
    if (manifest.version !== dataSet.version) {
      throw new AppError('data_set_invalid', 'The manifest beside the data set is that of another one.')
    }
    if ((await sha256File(file)) !== manifest.file.sha256) throw damaged()
  } catch (error) {
    throw error instanceof AppError ? error : damaged(error)
  } finally {
    dataSet.close()
  }
}

/**
 * Makes sure that a data set file is as long as its manifest says; one that is still being copied is not.
 *
 * @throws AppError `data_set_invalid`
 */
export function checkSize(file: string, manifest: Manifest): void {
  const { size } = statSync(file)
  if (size === manifest.file.sizeBytes) return
  throw new AppError(
    'data_set_invalid',
    `The data set file has ${size} bytes where its manifest says ${manifest.file.sizeBytes}. Copy or build it again.`,
  )
}

const damaged = (cause?: unknown): AppError =>
  new AppError('data_set_invalid', 'The data set file is damaged. Copy or build it again.', { cause })
