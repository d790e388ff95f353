import type Database from 'better-sqlite3'
import type { Plan, PlanSource } from './plan.ts'

/** Plans of broadband labels, each as JSON; and the rows of the labels that are no plans, with the reason. */
const TABLES = `
  CREATE TABLE plan (
    upi TEXT PRIMARY KEY, provider_id INTEGER NOT NULL, source_id INTEGER NOT NULL, stated TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX plan_by_provider ON plan (provider_id);
  CREATE TABLE label_rejection (
    source_id INTEGER NOT NULL, sheet TEXT NOT NULL, row INTEGER NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (source_id, sheet, row)
  ) WITHOUT ROWID;
`

export interface PlanWriter {
  /** Answers false, and leaves what is there, when the identifier is taken. */
  addPlan(plan: Plan): boolean
  addRejection(source: PlanSource, reason: string): void
}

/** Creates the tables of plans, also where nothing will be added. */
export function createPlanWriter(db: Database.Database): PlanWriter {
  db.exec(TABLES)
  const insertPlan = db.prepare('INSERT OR IGNORE INTO plan VALUES (?, ?, ?, ?)')
  const insertRejection = db.prepare('INSERT INTO label_rejection VALUES (?, ?, ?, ?)')
  return {
    addPlan: (plan) =>
      insertPlan.run(plan.upi, plan.providerId, plan.source.sourceId, JSON.stringify(plan)).changes === 1,
    addRejection: ({ sourceId, sheet, row }, reason) => void insertRejection.run(sourceId, sheet ?? '', row, reason),
  }
}
