import type Database from 'better-sqlite3'
import type { DataSet } from '../data-set.ts'

/** What one agent does on purpose at one test address of the sandbox, so that waiting and failing can be tried. */
export interface SandboxBehaviour {
  readonly agent: 'geocoding' | 'internet'
  readonly behaviour: 'slow' | 'fail'
  /** How long a slow agent takes before it answers as usual. */
  readonly seconds: number
}

/** Writes the sandbox's behaviours; a real data set has no such table. `deliveryLine` is the USPS form: `4100 SLOWPOKE LN`. */
export function writeSandboxBehaviours(
  db: Database.Database,
  behaviours: readonly (SandboxBehaviour & { readonly deliveryLine: string })[],
): void {
  db.exec(`CREATE TABLE sandbox_behaviour (
    delivery_line TEXT PRIMARY KEY, agent TEXT NOT NULL, behaviour TEXT NOT NULL, seconds INTEGER NOT NULL
  ) WITHOUT ROWID`)
  const insert = db.prepare('INSERT INTO sandbox_behaviour VALUES (@deliveryLine, @agent, @behaviour, @seconds)')
  for (const behaviour of behaviours) insert.run(behaviour)
}

/** Finds what is set for a delivery line; always `undefined` outside of the sandbox. */
export type FindSandboxBehaviour = (deliveryLine: string) => SandboxBehaviour | undefined

/** The sandbox's behaviours as a look-up by delivery line, of which a real data set has none. */
export function openSandboxBehaviours({ db, isSandbox }: DataSet): FindSandboxBehaviour {
  if (!isSandbox) return () => undefined
  const rows = db
    .prepare<[], SandboxBehaviour & { deliveryLine: string }>(
      'SELECT delivery_line AS deliveryLine, agent, behaviour, seconds FROM sandbox_behaviour',
    )
    .all()
  const behaviours = new Map(rows.map((row) => [row.deliveryLine, row]))
  return (deliveryLine) => behaviours.get(deliveryLine)
}
