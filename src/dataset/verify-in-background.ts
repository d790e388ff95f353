import { Worker } from 'node:worker_threads'
import { AppError } from '../lib/errors.ts'
import { stopThread } from '../lib/stop-thread.ts'

/**
 * `verifyDataSet` on a thread of its own: reading many gigabytes leaves the process that serves free to answer.
 *
 * @param signal ends it early; it then comes back without a verdict.
 * @throws AppError `data_set_invalid` with what `verifyDataSet` found.
 */
export async function verifyInBackground(file: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const worker = new Worker(new URL('verify-worker.ts', import.meta.url), { workerData: file })
  worker.unref()
  const stop = (): void => void stopThread(worker)
  signal.addEventListener('abort', stop, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      // An error comes over from the other thread without its class.
      worker.once('error', (error) => reject(new AppError('data_set_invalid', error.message, { cause: error })))
      worker.once('exit', () => resolve())
    })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
