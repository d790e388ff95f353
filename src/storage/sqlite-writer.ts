import type Database from 'better-sqlite3'
import { AppError } from '../lib/errors.ts'
import { createWriteBatch } from './write-batch.ts'
import type { Write, Written } from './write-batch.ts'

/** Writes to a state file, many at a time. A promise resolves when what was written is committed. */
export interface SqliteWriter {
  /** Runs a statement and gives how many rows it changed. */
  change(...write: Write): Promise<number>
  /** Runs a statement that returns rows. */
  fetch<Row>(...write: Write): Promise<readonly Row[]>
  /** Commits what is still queued. */
  close(): void
}

interface Queued {
  readonly write: Write
  readonly resolve: (result: number | readonly unknown[]) => void
  readonly reject: (error: unknown) => void
}

/** What SQLite says when the disk or another process is in the way, and not the statement. */
const UNAVAILABLE = /^SQLITE_(?:FULL|IOERR|BUSY|READONLY|CANTOPEN|CORRUPT|NOTADB)/

/**
 * Opens a writer that commits together what comes in one turn of the event loop; `onWritten` is told of how many.
 */
export function openSqliteWriter(db: Database.Database, onWritten?: (writes: number) => void): SqliteWriter {
  const writeBatch = createWriteBatch(db)
  let queue: Queued[] = []

  function flush(): void {
    const batch = queue
    queue = []
    const results = writeBatch(batch.map(({ write }) => write))
    for (const [index, queued] of batch.entries()) settle(queued, results[index])
    onWritten?.(batch.length)
  }

  function run(write: Write): Promise<number | readonly unknown[]> {
    return new Promise((resolve, reject) => {
      if (queue.length === 0) setImmediate(flush)
      queue.push({ write, resolve, reject })
    })
  }

  return {
    change: (...write) => run(write) as Promise<number>,
    fetch: <Row>(...write: Write) => run(write) as Promise<readonly Row[]>,
    close: flush,
  }
}

function settle({ resolve, reject }: Queued, written: Written | undefined): void {
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
