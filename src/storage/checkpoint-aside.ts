import { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import { stopThread } from '../lib/stop-thread.ts'

/** Pages of 4 kB in the write-ahead log before it begins anew. */
export const MAX_LOG_PAGES = 8192

/** What the thread is told. */
export const CHECKPOINT = 'checkpoint'

const WRITES_APART = 2000

/** Keeps the write-ahead log of a state file short. */
export interface Checkpoints {
  /** Told of how many writes were committed. */
  onWritten(writes: number): void
  /** Comes back when the file is let go of. */
  close(): Promise<void>
}

/**
 * Brings the write-ahead log into the file on a thread of its own, which is started when there is enough to do: on the
 * thread that answers, each of these checkpoints would hold all requests up for as long as the disk takes.
 */
export function checkpointAside(db: Database.Database): Checkpoints {
  let worker: Worker | undefined
  let writes = 0
  let isAtWork = false

  function start(): Worker {
    const started = new Worker(new URL('checkpoint-worker.ts', import.meta.url), { workerData: db.name })
    started.unref()
    started.on('message', () => {
      isAtWork = false
    })
    // Without the thread the log is brought in by the writes themselves, later.
    started.on('error', () => {})
    return started
  }

  return {
    onWritten: (count) => {
      writes += count
      if (writes < WRITES_APART || isAtWork || db.memory) return
      writes = 0
      isAtWork = true
      worker ??= start()
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      worker.postMessage(CHECKPOINT)
    },
    close: async () => {
      if (worker) await stopThread(worker)
    },
  }
}
