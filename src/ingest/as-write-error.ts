import { AppError, codeOf } from '../lib/errors.ts'

/** The error to throw on: a full disk or a folder that cannot be written told in words, any other as it is. */
export function asWriteError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error
  const code = codeOf(error)
  if (isDiskFull(error)) {
    return new AppError('data_set_unwritable', 'The disk is full. Make room or build into a folder on another disk.', {
      cause: error,
    })
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) {
    return new AppError('data_set_unwritable', `The data set cannot be written: ${error.message}.`, { cause: error })
  }
  return error
}

/** Whether an error of the system, of SQLite or of DuckDB says that there is no room left. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  return code === 'ENOSPC' || code === 'SQLITE_FULL' || /no space left|disk.*full|full disk/i.test(error.message)
}
