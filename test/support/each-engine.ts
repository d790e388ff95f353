import { afterAll, beforeAll, describe } from 'vitest'
import { openState } from '../../src/storage/open-state.ts'
import type { State } from '../../src/storage/open-state.ts'
import { hasPostgres, startPostgres } from './postgres.ts'
import type { PostgresServer } from './postgres.ts'

/** Opens a new, empty state, as two processes have it: on PostgreSQL over connections of their own. */
export type OpenStateTwice = () => Promise<readonly [State, State]>

/** Describes the same guarantees on SQLite and, where there is one, on a PostgreSQL server. */
export function describeOnEachEngine(name: string, describeOn: (open: OpenStateTwice) => void): void {
  describe(`${name}, on SQLite`, () =>
    describeOn(async () => {
      const state = await openState({ engine: 'sqlite', file: ':memory:' })
      return [state, state]
    }))

  describe.skipIf(!hasPostgres)(`${name}, on PostgreSQL`, () => {
    let server: PostgresServer
    let databases = 0

    beforeAll(async () => {
      server = await startPostgres()
    }, 60_000)

    afterAll(() => server.destroy())

    describeOn(async () => {
      const url = await server.createDatabase(`hum${++databases}`)
      return [await openState({ engine: 'postgres', url }), await openState({ engine: 'postgres', url })]
    })
  })
}

/** Closes what `OpenStateTwice` gave. */
export async function closeBoth(states: readonly State[]): Promise<void> {
  for (const state of new Set(states)) await state.close()
}
