import type { DataSet } from '../data-set.ts'
import type { Plan, PlanSource } from './plan.ts'

/** A row of a label file that became no plan. */
export interface LabelRejection extends Omit<PlanSource, 'file'> {
  readonly reason: string
}

export interface PlanIndex {
  /** The plans of a provider's labels in the order of their identifiers; the same array at every call. */
  findPlans(providerId: number): readonly Plan[]
  /** The rows that were left out, in the order of source and row. */
  listRejections(): LabelRejection[]
}

/** Opens the plans of a data set. Plans are read once per provider and kept, since a data set never changes. */
export function openPlans({ db }: Pick<DataSet, 'db'>): PlanIndex {
  const byProvider = db.prepare<[number], string>('SELECT stated FROM plan WHERE provider_id = ? ORDER BY upi').pluck()
  const rejections = db.prepare<[], { source_id: number; sheet: string; row: number; reason: string }>(
    'SELECT source_id, sheet, row, reason FROM label_rejection ORDER BY source_id, sheet, row',
  )
  const known = new Map<number, readonly Plan[]>()
  return {
    findPlans: (providerId) => {
      const kept = known.get(providerId)
      if (kept) return kept
      const plans = byProvider.all(providerId).map((stated) => JSON.parse(stated) as Plan)
      known.set(providerId, plans)
      return plans
    },
    listRejections: () =>
      rejections
        .all()
        .map(({ source_id: sourceId, sheet, row, reason }) => ({ sourceId, sheet: sheet || undefined, row, reason })),
  }
}
