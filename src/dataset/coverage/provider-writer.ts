import type Database from 'better-sqlite3'

/** Providers and the FCC registration numbers they file under; a provider has many, each with its filer's legal name. */
const TABLES = `
  CREATE TABLE provider (provider_id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE provider_frn (
    frn TEXT PRIMARY KEY, provider_id INTEGER NOT NULL, filer_name TEXT
  ) WITHOUT ROWID;
  CREATE INDEX provider_frn_by_provider ON provider_frn (provider_id);
`

/** Writes the provider tables. What is added first stays. */
export interface ProviderWriter {
  /** `name` is the holding company or affiliation. */
  addProvider(providerId: number, name: string): void
  /** `frn` has ten digits. Answers false when the number is another provider's already. */
  addFrn(frn: string, providerId: number, filerName?: string): boolean
  /** Many times faster than each addition by itself. */
  inOneTransaction(add: () => void): void
}

/** Creates the provider tables, also where nothing will be added. */
export function createProviderWriter(db: Database.Database): ProviderWriter {
  db.exec(TABLES)
  const insertProvider = db.prepare('INSERT OR IGNORE INTO provider VALUES (?, ?)')
  const insertFrn = db.prepare('INSERT OR IGNORE INTO provider_frn VALUES (?, ?, ?)')
  const findFrn = db.prepare<[string], { provider_id: number }>('SELECT provider_id FROM provider_frn WHERE frn = ?')
  return {
    addProvider: (providerId, name) => void insertProvider.run(providerId, name),
    addFrn: (frn, providerId, filerName) => {
      insertFrn.run(frn, providerId, filerName ?? null)
      return findFrn.get(frn)?.provider_id === providerId
    },
    inOneTransaction: (add) => db.transaction(add)(),
  }
}
