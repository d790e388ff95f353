/** The thread that writes to the state file, so that no request waits for the disk but its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { connectSqlite } from './sqlite-connection.ts'
import { createRunStatement, writeBatch } from './write-batch.ts'
import type { Write } from './write-batch.ts'

const db = connectSqlite((workerData as { readonly file: string }).file)
const run = createRunStatement(db)

parentPort?.on('message', (batch: readonly Write[]) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(writeBatch(db, run, batch))
})
