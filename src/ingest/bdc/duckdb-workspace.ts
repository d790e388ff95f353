import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api'
import { AppError } from '../../lib/errors.ts'

/** What DuckDB asks for each thread, so that it can go on by writing to disk. */
const MEMORY_OF_THREAD_MB = 125

export interface WorkspaceOptions {
  /** Where temporary files go; the system's own place when absent. Needs room for one unzipped file and the counting. */
  readonly temporaryFolder?: string | undefined
  /** What DuckDB may hold in memory before it writes to the temporary folder. Default 1024. */
  readonly memoryLimitMb?: number | undefined
  /** Default: as many as there are cores, or as the memory is enough for. */
  readonly threads?: number | undefined
  /** Ends what runs and refuses what would follow. */
  readonly signal?: AbortSignal | undefined
}

/** A DuckDB database in memory that spills into a folder of its own, which no other user can read. */
export interface DuckdbWorkspace {
  readonly folder: string
  run(sql: string): Promise<void>
  /** All rows of a small result. */
  rows<Row>(sql: string): Promise<Row[]>
  /** A large result, piece by piece. */
  chunks(sql: string): AsyncIterable<DuckDBDataChunk>
}

/**
 * Opens a workspace, hands it over, and removes it with everything in it, whatever happens.
 *
 * FCC location ids pass through its files; they are gone when this returns.
 *
 * @throws AppError `data_set_unwritable` when the memory limit is too low for what is asked; the reason of `signal` when
 *   that ends it.
 */
export async function withDuckdbWorkspace<Result>(
  { temporaryFolder = tmpdir(), memoryLimitMb = 1024, threads = threadsFor(memoryLimitMb), signal }: WorkspaceOptions,
  use: (workspace: DuckdbWorkspace) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(temporaryFolder, 'hum-bdc-'))
  try {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: `${memoryLimitMb}MB`,
      threads: String(threads),
      temp_directory: join(folder, 'spill'),
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    })
    try {
      const connection = await instance.connect()
      const interrupt = (): void => connection.interrupt()
      signal?.addEventListener('abort', interrupt)
      try {
        return await use(workspaceOn(connection, folder, signal))
      } finally {
        signal?.removeEventListener('abort', interrupt)
        connection.closeSync()
      }
    } finally {
      instance.closeSync()
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw asMemoryError(error)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const threadsFor = (memoryLimitMb: number): number =>
  Math.max(1, Math.min(availableParallelism(), Math.floor(memoryLimitMb / MEMORY_OF_THREAD_MB)))

function asMemoryError(error: unknown): unknown {
  if (!(error instanceof Error) || !error.message.startsWith('Out of Memory Error')) return error
  const message = 'Counting FCC filings ran out of memory. Free memory, or build from fewer states.'
  return new AppError('data_set_unwritable', message, { cause: error })
}

function workspaceOn(connection: DuckDBConnection, folder: string, signal: AbortSignal | undefined): DuckdbWorkspace {
  return {
    folder,
    run: async (sql) => {
      signal?.throwIfAborted()
      await connection.run(sql)
    },
    rows: async <Row>(sql: string) => {
      signal?.throwIfAborted()
      const reader = await connection.runAndReadAll(sql)
      return reader.getRowObjectsJS() as Row[]
    },
    chunks: async function* (sql) {
      const result = await connection.stream(sql)
      for (;;) {
        signal?.throwIfAborted()
        const chunk = await result.fetchChunk()
        if (!chunk || chunk.rowCount === 0) return
        yield chunk
      }
    },
  }
}

/** A text as a literal of SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
