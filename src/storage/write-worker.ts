/** The thread that writes to the state file, so that no request waits for the disk but its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { connectSqlite } from './sqlite-connection.ts'
import { writeBatch } from './write-batch.ts'
import type { Write } from './write-batch.ts'

const { file, statements } = workerData as { readonly file: string; readonly statements: readonly string[] }
const db = connectSqlite(file)
const prepared = statements.map((text) => db.prepare(text))

parentPort?.on('message', (batch: readonly Write[]) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(writeBatch(db, prepared, batch))
})
