import { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import { AppError } from '../lib/errors.ts'
import { createRunStatement, writeBatch } from './write-batch.ts'
import type { Write, Written } from './write-batch.ts'

/** Writes to a state file, many at a time. A promise resolves when what was written is committed. */
export interface SqliteWriter {
  /** Runs a statement and gives how many rows it changed. */
  change(...write: Write): Promise<number>
  /** Runs a statement that returns rows. */
  fetch<Row>(...write: Write): Promise<readonly Row[]>
  /** Waits for what is under way. */
  close(): Promise<void>
}

const WORKER = new URL('write-worker.ts', import.meta.url)

/** What SQLite says when the disk or another process is in the way, and not the statement. */
const UNAVAILABLE = /^SQLITE_(?:FULL|IOERR|BUSY|READONLY|CANTOPEN|CORRUPT|NOTADB)/

/**
 * Opens a writer.
 *
 * A file is written by a thread of its own: while one batch is committed, the next comes together. It starts
 * with the first write. A database in memory has no second connection and is written at the end of each turn.
 */
export function openSqliteWriter(db: Database.Database): SqliteWriter {
  const executor = db.memory ? inThisThread(db) : inThreadOfItsOwn(db.name)
  let queue: Queued[] = []
  let underWay: Promise<void> | undefined

  async function flush(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue
      queue = []
      try {
        const results = await executor.execute(batch.map(({ write }) => write))
        for (const [index, { resolve, reject }] of batch.entries()) settle(results[index], resolve, reject)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    underWay = undefined
  }

  function run(write: Write): Promise<number | readonly unknown[]> {
    return new Promise((resolve, reject) => {
      queue.push({ write, resolve, reject })
      underWay ??= nextTurn().then(flush)
    })
  }

  return {
    change: (...write) => run(write) as Promise<number>,
    fetch: <Row>(...write: Write) => run(write) as Promise<readonly Row[]>,
    close: async () => {
      await underWay
      await executor.close()
    },
  }
}

interface Queued {
  readonly write: Write
  readonly resolve: (result: number | readonly unknown[]) => void
  readonly reject: (error: unknown) => void
}

interface Executor {
  execute(batch: readonly Write[]): Promise<readonly Written[]>
  close(): Promise<void>
}

function inThisThread(db: Database.Database): Executor {
  const run = createRunStatement(db)
  return {
    execute: async (batch) => writeBatch(db, run, batch),
    close: async () => {},
  }
}

/** One batch is under way at a time. A thread that died is replaced with the next batch. */
function inThreadOfItsOwn(file: string): Executor {
  let worker: Worker | undefined
  return {
    execute: (batch) =>
      new Promise((resolve, reject) => {
        const current = (worker ??= new Worker(WORKER, { workerData: { file } }))
        const fail = (error: unknown): void => {
          worker = undefined
          reject(toUnavailable(error))
        }
        const failOnExit = (): void => fail(new Error('The thread that writes ended.'))
        current.ref()
        current.once('error', fail)
        current.once('exit', failOnExit)
        current.once('message', (results: readonly Written[]) => {
          current.off('error', fail).off('exit', failOnExit)
          // Between batches it does not keep the process alive.
          current.unref()
          resolve(results)
        })
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        current.postMessage(batch)
      }),
    close: async () => {
      await worker?.terminate()
      worker = undefined
    },
  }
}

function settle(written: Written | undefined, resolve: Queued['resolve'], reject: Queued['reject']): void {
  if (typeof written === 'number' || Array.isArray(written)) {
    resolve(written as number | readonly unknown[])
    return
  }
  const { code, message } = written as { code: string; message: string }
  const error = Object.assign(new Error(message), { code })
  reject(UNAVAILABLE.test(code) ? toUnavailable(error) : error)
}

function toUnavailable(error: unknown): AppError {
  return new AppError(
    'state_unavailable',
    'Sessions cannot be stored at the moment. Try again shortly; the operator can check the disk that HUM_STATE lies on.',
    { cause: error },
  )
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
