/** How many rows of a file were read, and what became of them. */
export interface RowCounts {
  readonly rowsRead: number
  readonly rowsKept: number
  /** Reason → rows, in the order of the reasons' names. */
  readonly rejected: Readonly<Record<string, number>>
}

/** Counts rows as they are read, so that none is dropped in silence: each is either kept or rejected for a reason. */
export interface RowTally {
  keep(): void
  reject(reason: string): void
  counts(): RowCounts
}

export function createRowTally(): RowTally {
  let rowsKept = 0
  const rejected = new Map<string, number>()
  return {
    keep: () => void rowsKept++,
    reject: (reason) => void rejected.set(reason, (rejected.get(reason) ?? 0) + 1),
    counts: () => {
      const reasons = [...rejected].sort(([a], [b]) => (a < b ? -1 : 1))
      return {
        rowsRead: rowsKept + reasons.reduce((sum, [, rows]) => sum + rows, 0),
        rowsKept,
        rejected: Object.fromEntries(reasons),
      }
    },
  }
}
