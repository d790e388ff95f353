import type Database from 'better-sqlite3'
import type { DataSet } from '../data-set.ts'

/** What a provider of the sandbox would say of its own service at one test address. */
export interface SandboxConfirmation {
  readonly providerId: number
  readonly technologyCode: number
  readonly result: 'confirmed' | 'refused'
  readonly source: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Writes the sandbox's confirmations; a real data set has no such table. `deliveryLine` is the USPS form. */
export function writeSandboxConfirmations(
  db: Database.Database,
  confirmations: readonly (SandboxConfirmation & { readonly deliveryLine: string })[],
): void {
  db.exec(`CREATE TABLE sandbox_confirmation (
    delivery_line TEXT NOT NULL, provider_id INTEGER NOT NULL, technology INTEGER NOT NULL, result TEXT NOT NULL,
    source TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (delivery_line, provider_id, technology)
  ) WITHOUT ROWID`)
  const insert = db.prepare(
    'INSERT INTO sandbox_confirmation VALUES (@deliveryLine, @providerId, @technologyCode, @result, @source, @at)',
  )
  for (const confirmation of confirmations) insert.run(confirmation)
}

/** Finds what is invented for a service address; always `undefined` outside of the sandbox. */
export type FindSandboxConfirmations = (serviceAddress: string) => readonly SandboxConfirmation[] | undefined

/** The sandbox's confirmations as a look-up, of which a real data set has none. */
export function openSandboxConfirmations({ db, isSandbox }: DataSet): FindSandboxConfirmations {
  if (!isSandbox) return () => undefined
  const rows = db
    .prepare<[], SandboxConfirmation & { deliveryLine: string }>(
      `SELECT delivery_line AS deliveryLine, provider_id AS providerId, technology AS technologyCode, result, source, at
      FROM sandbox_confirmation`,
    )
    .all()
  const confirmations = Map.groupBy(
    rows.map(({ deliveryLine, ...confirmation }) => ({ deliveryLine, confirmation })),
    ({ deliveryLine }) => deliveryLine,
  )
  return (serviceAddress) =>
    confirmations.get(serviceAddress.split(', ', 1)[0] ?? '')?.map(({ confirmation }) => confirmation)
}
