import { parentPort } from 'node:worker_threads'
import type { Worker } from 'node:worker_threads'

const STOP = 'stop'

/**
 * Ends a thread that has called `stopWhenTold`, and comes back when it has ended. It ends between two of its tasks.
 *
 * `Worker.terminate`, like the end of the process, may cut a thread off within a native module such as SQLite's, and
 * the module then aborts the whole process.
 */
export async function stopThread(worker: Worker): Promise<void> {
  // The id of a thread that has ended.
  if (worker.threadId === -1) return
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  worker.ref()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage(STOP)
  await ended
}

/** Lets this thread be ended by `stopThread`. It still ends by itself when it has nothing left to do. */
export function stopWhenTold(): void {
  parentPort?.on('message', (message) => {
    // Of the thread alone.
    if (message === STOP) process.exit()
  })
  parentPort?.unref()
}
