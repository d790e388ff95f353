import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import type { StateLocation } from '../../src/config.ts'
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

  describeOnPostgres(`${name}, on PostgreSQL`, (createDatabase) =>
    describeOn(async () => {
      const url = await createDatabase()
      return [await openState({ engine: 'postgres', url }), await openState({ engine: 'postgres', url })]
    }),
  )
}

/** Describes the same guarantees of server processes; `createPlace` gives a place for a state of its own, as `HUM_STATE` has it. */
export function describeServersOnEachEngine(
  name: string,
  describeOn: (createPlace: () => Promise<string>, engine: StateLocation['engine']) => void,
): void {
  describe(`${name}, on SQLite`, () => {
    const folders: string[] = []

    afterAll(() => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    })

    describeOn(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'hum-state-'))
      folders.push(folder)
      return join(folder, 'state.sqlite')
    }, 'sqlite')
  })

  describeOnPostgres(`${name}, on PostgreSQL`, (createDatabase) => describeOn(createDatabase, 'postgres'))
}

/** Describes what is so on a PostgreSQL server, if there is one; `createDatabase` gives the address of a new database. */
export function describeOnPostgres(name: string, describeOn: (createDatabase: () => Promise<string>) => void): void {
  describe.skipIf(!hasPostgres)(name, () => {
    let server: PostgresServer
    let databases = 0

    beforeAll(async () => {
      server = await startPostgres()
    }, 60_000)

    afterAll(() => server.destroy())

    describeOn(() => server.createDatabase(`hum${++databases}`))
  })
}

/** Closes what `OpenStateTwice` gave. */
export async function closeBoth(states: readonly State[]): Promise<void> {
  for (const state of new Set(states)) await state.close()
}
