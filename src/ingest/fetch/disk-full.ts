import { AppError, codeOf } from '../../lib/errors.ts'

/** The error to throw on: a full disk told in words, any other as it is. */
export function asDiskFull(error: unknown): unknown {
  if (codeOf(error) !== 'ENOSPC') return error
  return new AppError('data_set_unwritable', 'The disk is full. Make room and run the command again: it goes on.', {
    cause: error,
  })
}
