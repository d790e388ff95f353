import { Worker } from 'node:worker_threads'
import { AppError } from '../lib/errors.ts'

/**
 * `verifyDataSet` on a thread of its own: reading many gigabytes leaves the process that serves free to answer.
 *
 * @throws AppError `data_set_invalid` with what `verifyDataSet` found.
 */
export async function verifyInBackground(file: string): Promise<void> {
  const worker = new Worker(new URL('verify-worker.ts', import.meta.url), { workerData: file })
  worker.unref()
  await new Promise<void>((resolve, reject) => {
    // An error comes over from the other thread without its class.
    worker.once('error', (error) => reject(new AppError('data_set_invalid', error.message, { cause: error })))
    worker.once('exit', () => resolve())
  })
}
