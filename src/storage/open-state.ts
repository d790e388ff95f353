import type { ApiTokenStore } from '../access/api-token-store.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import { postgresApiTokenStore } from './postgres-api-token-store.ts'
import { postgresSessionStore } from './postgres-session-store.ts'
import { openPostgresState } from './postgres-state.ts'
import { sqliteApiTokenStore } from './sqlite-api-token-store.ts'
import { SESSION_WRITES, sqliteSessionStore } from './sqlite-session-store.ts'
import { openSqliteState } from './sqlite-state.ts'
import { openSqliteWriter } from './sqlite-writer.ts'

/** Everything that outlives a process. */
export interface State {
  readonly sessions: SessionStore
  readonly tokens: ApiTokenStore
  /** Whether other processes may work on it at the same time. */
  readonly isShared: boolean
  close(): Promise<void>
}

/**
 * Opens the state at a place: a file, `:memory:`, or a PostgreSQL database.
 *
 * @throws AppError `state_unavailable` when it cannot be opened; the message says what to do.
 */
export async function openState(
  location: { engine: 'sqlite'; file: string } | { engine: 'postgres'; url: string },
): Promise<State> {
  if (location.engine === 'postgres') {
    const db = await openPostgresState(location.url)
    return {
      sessions: postgresSessionStore(db),
      tokens: postgresApiTokenStore(db),
      isShared: true,
      close: () => db.close(),
    }
  }
  const db = openSqliteState(location.file)
  const writer = openSqliteWriter(db, SESSION_WRITES)
  return {
    sessions: sqliteSessionStore(db, writer),
    tokens: sqliteApiTokenStore(db),
    isShared: false,
    close: async () => {
      await writer.close()
      db.close()
    },
  }
}
