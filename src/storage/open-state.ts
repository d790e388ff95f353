import type { ApiTokenStore } from '../access/api-token-store.ts'
import { AppError } from '../lib/errors.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import { sqliteApiTokenStore } from './sqlite-api-token-store.ts'
import { sqliteSessionStore } from './sqlite-session-store.ts'
import { openSqliteState } from './sqlite-state.ts'

/** Everything that outlives a process. */
export interface State {
  readonly sessions: SessionStore
  readonly tokens: ApiTokenStore
  close(): Promise<void>
}

/**
 * Opens the state at a place: a file, `:memory:`, or a database server.
 *
 * @throws AppError `state_unavailable` when it cannot be opened; the message says what to do.
 */
export async function openState(
  location: { engine: 'sqlite'; file: string } | { engine: 'postgres'; url: string },
): Promise<State> {
  if (location.engine === 'postgres') {
    throw new AppError('state_unavailable', 'PostgreSQL is not supported yet. Set HUM_STATE to a file.')
  }
  const db = openSqliteState(location.file)
  return {
    sessions: sqliteSessionStore(db),
    tokens: sqliteApiTokenStore(db),
    close: async () => {
      db.close()
    },
  }
}
