/** How many rows a file holds for one state, technology and provider. */
export interface FilingGroup {
  readonly file: number
  readonly stateFips: string
  readonly technologyCode: number
  readonly providerId: number
  readonly rows: number
}

/** When a file's filings hold and when they were published; an unknown date counts as older than any. */
export interface FileVintage {
  readonly asOfDate?: string | undefined
  readonly revision?: string | undefined
  /** Set for a file that holds one provider alone, and so says nothing about others. */
  readonly providerId?: number | undefined
}

/**
 * Finds the filings that a newer file replaces: for each state and technology the newest as-of date wins, and within
 * it the newest revision.
 *
 * A whole file replaces every older row of its state and technology, also those of providers that it no longer holds:
 * they withdrew. A file of one provider replaces that provider's rows alone. Files of the same vintage stand together.
 */
export function findSuperseded(groups: readonly FilingGroup[], files: readonly FileVintage[]): FilingGroup[] {
  const newest = new Map<string, string>()
  const scopeOf = ({ stateFips, technologyCode }: FilingGroup) => `${stateFips} ${technologyCode}`
  const raise = (key: string, rank: string) => {
    if (rank > (newest.get(key) ?? '')) newest.set(key, rank)
  }
  for (const group of groups) {
    const file = files[group.file]
    if (!file) continue
    const scope = scopeOf(group)
    raise(file.providerId === undefined ? scope : `${scope} ${group.providerId}`, rankOf(file))
  }
  return groups.filter((group) => {
    const scope = scopeOf(group)
    const rank = rankOf(files[group.file] ?? {})
    return (newest.get(scope) ?? '') > rank || (newest.get(`${scope} ${group.providerId}`) ?? '') > rank
  })
}

const rankOf = ({ asOfDate = '', revision = '' }: FileVintage): string => `${asOfDate.padEnd(10)} ${revision}`
