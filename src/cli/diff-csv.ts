import { closeSync, openSync, writeSync } from 'node:fs'
import type { CoverageChange } from '../dataset/coverage/diff-coverage.ts'
import { technologyName } from '../internet/technology.ts'
import { AppError } from '../lib/errors.ts'
import { csvCell } from './csv-cell.ts'

const BUFFERED_CHARACTERS = 1 << 20

const COLUMNS = [
  'block_geoid',
  'provider_id',
  'provider',
  'technology_code',
  'technology',
  'change',
  'locations_before',
  'locations_after',
  'download_mbps_before',
  'download_mbps_after',
  'upload_mbps_before',
  'upload_mbps_after',
]

/** A CSV file of changes that is being written. */
export interface DiffCsv {
  readonly write: (change: CoverageChange) => void
  readonly close: () => void
}

/**
 * Opens a CSV file for changes, one row each; `nameOf` gives the name of a provider.
 *
 * @throws AppError `data_set_unwritable` when the file cannot be written.
 */
export function openDiffCsv(path: string, nameOf: (providerId: number) => string): DiffCsv {
  let descriptor: number
  try {
    descriptor = openSync(path, 'w')
  } catch (error) {
    throw new AppError('data_set_unwritable', `${path} cannot be written.`, { cause: error })
  }
  let waiting = `${COLUMNS.join(',')}\n`
  const flush = (): void => {
    writeSync(descriptor, waiting)
    waiting = ''
  }
  return {
    write: ({ blockGeoid, providerId, technologyCode, kind, before, after }) => {
      const cells = [
        blockGeoid,
        providerId,
        csvCell(nameOf(providerId)),
        technologyCode,
        technologyName(technologyCode),
        kind,
        before?.locations,
        after?.locations,
        before?.maxDownloadMbps,
        after?.maxDownloadMbps,
        before?.maxUploadMbps,
        after?.maxUploadMbps,
      ]
      waiting += `${cells.join(',')}\n`
      if (waiting.length > BUFFERED_CHARACTERS) flush()
    },
    close: () => {
      flush()
      closeSync(descriptor)
    },
  }
}
