import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { stopWhenTold } from '../lib/stop-thread.ts'
import { CHECKPOINT, MAX_LOG_PAGES } from './checkpoint-aside.ts'

// Brings the write-ahead log of a state file into the file each time that it is told to, and says when it has.
const db = new Database(workerData as string, { fileMustExist: true, timeout: 1000 })
db.pragma('synchronous = normal')

stopWhenTold()
parentPort?.on('message', (message) => {
  if (message !== CHECKPOINT) return
  try {
    const [{ log } = { log: 0 }] = db.pragma('wal_checkpoint(PASSIVE)') as { log: number }[]
    // Nobody may write while the log begins anew; nearly all of it is in the file by now.
    if (log > MAX_LOG_PAGES) db.pragma('wal_checkpoint(RESTART)')
  } catch {
    // A full disk or a locked file: whoever writes meets the same, and tells.
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage('done')
})
// It waits to be told, and does not end between.
parentPort?.ref()
