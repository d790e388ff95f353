import type { CoverageChange } from './diff-coverage.ts'

/** Blocks by what became of a provider's filings there. */
export type ChangeCounts = Readonly<Record<CoverageChange['kind'], number>>

/** What changed between two data sets, counted by block, provider and technology. */
export interface DiffSummary {
  readonly total: ChangeCounts
  /** Provider id → its own counts; only providers of which something changed, the most changed first. */
  readonly providers: ReadonlyMap<number, ChangeCounts>
}

const NOTHING: ChangeCounts = {
  added: 0,
  gone: 0,
  faster: 0,
  slower: 0,
  more_locations: 0,
  fewer_locations: 0,
  unchanged: 0,
}

/** Counts changes as they stream by; `onChange` sees each that is one. */
export function summarizeDiff(
  changes: Iterable<CoverageChange>,
  onChange: (change: CoverageChange) => void = () => {},
): DiffSummary {
  const total: Record<CoverageChange['kind'], number> = { ...NOTHING }
  const providers = new Map<number, Record<CoverageChange['kind'], number>>()
  for (const change of changes) {
    total[change.kind]++
    const counts = providers.get(change.providerId) ?? { ...NOTHING }
    counts[change.kind]++
    providers.set(change.providerId, counts)
    if (change.kind !== 'unchanged') onChange(change)
  }
  const changed = [...providers].filter(([, counts]) => countChanged(counts) > 0)
  return { total, providers: new Map(changed.sort(([a, x], [b, y]) => countChanged(y) - countChanged(x) || a - b)) }
}

function countChanged({ unchanged: _unchanged, ...changed }: ChangeCounts): number {
  return Object.values(changed).reduce((sum, count) => sum + count, 0)
}
