import { openDataSet } from '../dataset/data-set.ts'
import type { DataSet } from '../dataset/data-set.ts'
import { resolveDataSetFile } from '../dataset/data-set-file.ts'
import { ensureSandboxDataSet } from './sandbox-data-set.ts'

/**
 * Opens the data set that a setting names: a file, or the newest in a folder; the sandbox's when there is no setting.
 *
 * @throws AppError `data_set_missing` or `data_set_invalid`, which say what to do.
 */
export async function openDataSetAt(path: string | undefined): Promise<DataSet> {
  return openDataSet(path === undefined ? await ensureSandboxDataSet() : resolveDataSetFile(path))
}
