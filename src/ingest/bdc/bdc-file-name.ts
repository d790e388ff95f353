/** What the name of an availability file, and the folders it lies in, tell about it. */
export interface BdcFileName {
  /** Two digits; absent where the name does not tell. */
  readonly stateFips?: string | undefined
  /** Set for a file that holds one provider alone. */
  readonly providerId?: number | undefined
  /** ISO 8601: the day that the filings describe. */
  readonly asOfDate?: string | undefined
  /** ISO 8601: the day that the FCC published this revision. */
  readonly revision?: string | undefined
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Reads the name of an FCC availability file.
 *
 * Knows the current form (`bdc_23_Cable_fixed_broadband_J23_05mar2024.zip`), the first release's, which tells no
 * revision (`…_063022.zip`), and that of one provider (`bdc_23_130235_Cable_…`). Where the name is silent, a date in it
 * or in a folder above counts: `2022-06`, `2022-06-30`, `rev2023-03-31`, the nearest folder first.
 */
export function parseBdcFileName(path: string): BdcFileName {
  const parts = path.split(/[/\\]/).toReversed()
  const name = parts[0] ?? ''
  const scope = /^bdc_(\d\d)_(?:(\d{6})_)?/i.exec(name)
  const first = <T>(read: (part: string) => T | undefined): T | undefined => parts.map(read).find(Boolean)
  return {
    stateFips: scope?.[1],
    providerId: scope?.[2] === undefined ? undefined : Number(scope[2]),
    asOfDate: first(readAsOfDate),
    revision: first(readRevision),
  }
}

function readAsOfDate(part: string): string | undefined {
  const filing = /_([JD])(\d\d)(?:_|\.|$)/i.exec(part)
  if (filing) return `20${filing[2]}-${filing[1]?.toUpperCase() === 'J' ? '06-30' : '12-31'}`
  const firstRelease = /_(06|12)(30|31)(\d\d)(?:\.|$)/.exec(part)
  if (firstRelease) return `20${firstRelease[3]}-${firstRelease[1]}-${firstRelease[2]}`
  const written = /(?<!rev|\d)(20\d\d)-(06|12)(?:-3[01])?(?!\d|-)/.exec(part)
  return written ? `${written[1]}-${written[2] === '06' ? '06-30' : '12-31'}` : undefined
}

function readRevision(part: string): string | undefined {
  const published = /_(\d\d)([a-z]{3})(20\d\d)(?:_|\.|$)/i.exec(part)
  const month = MONTHS.indexOf(published?.[2]?.toLowerCase() ?? '') + 1
  if (published && month > 0) return `${published[3]}-${String(month).padStart(2, '0')}-${published[1]}`
  return /rev(20\d\d-\d\d-\d\d)/i.exec(part)?.[1]
}
