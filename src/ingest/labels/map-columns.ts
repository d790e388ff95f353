import { normalizeHeader } from './label-field.ts'
import type { HeaderReader, LabelField } from './label-field.ts'
import type { LabelTable } from './label-table.ts'
import { parseMoney } from './parse-money.ts'
import { parsePlanIdentifier } from './plan-identifier.ts'

/** A column of a label table. */
export interface LabelColumn {
  readonly header: string
  readonly at: number
}

/** Where the fields of a label stand in a table, in the order of the columns. */
export type LabelColumns = ReadonlyMap<LabelField, readonly LabelColumn[]>

/**
 * The printed label lists fees by their names under a heading that has no amount itself. What follows such a heading is
 * a fee, until the next thing that a label states.
 */
const SECTIONS: ReadonlyMap<LabelField, LabelField> = new Map([
  ['monthlyFees', 'namedMonthlyFee'],
  ['oneTimeFees', 'namedOneTimeFee'],
])
const NAMED_FEES: ReadonlySet<LabelField> = new Set(SECTIONS.values())

const REGULAR = /\b(regular|standard|list|everyday)\b/

/**
 * Finds what the columns of a table hold: by their headers, and where those say nothing by what stands
 * in them (identifiers are known by their form whatever their header).
 *
 * @returns in words what is lacking, when the table cannot be one of labels: no price, no plan identifier and nothing
 *   to put one together from.
 */
export function mapColumns(table: LabelTable, readHeader: HeaderReader): LabelColumns | string {
  const columns = new Map<LabelField, LabelColumn[]>()
  const add = (field: LabelField, column: LabelColumn) => columns.set(field, [...(columns.get(field) ?? []), column])
  let section: LabelField | undefined
  for (const [at, header] of table.headers.entries()) {
    const field = readHeader(header)
    if (field === 'leftOut') continue
    const fees = field === undefined ? undefined : SECTIONS.get(field)
    if (fees && isEmpty(table, at)) section = fees
    else if (section && (field === undefined || NAMED_FEES.has(field))) {
      if (holdsMoney(table, at)) add(section, { header, at })
    } else section = undefined
    if (section) continue
    if (field) add(field, { header, at })
    else if (holdsIdentifiers(table, at) && !columns.has('upi')) add('upi', { header, at })
  }
  tellRegularPrice(columns)
  if (!columns.has('price') && !columns.has('introPrice')) return 'no column of monthly prices'
  if (!columns.has('upi') && !(columns.has('frn') && columns.has('planCode'))) {
    return 'no column of unique plan identifiers, nor of FRN and plan code'
  }
  return columns
}

/** The headers of columns that hold something and were not understood. */
export function findUnreadColumns(table: LabelTable, columns: LabelColumns, readHeader: HeaderReader): string[] {
  const read = new Set([...columns.values()].flat().map(({ at }) => at))
  return table.headers.filter(
    (header, at) => header !== '' && !read.has(at) && readHeader(header) === undefined && !isEmpty(table, at),
  )
}

/** Beside a monthly price, a regular price is the one after the introductory period. */
function tellRegularPrice(columns: Map<LabelField, LabelColumn[]>): void {
  const prices = columns.get('price') ?? []
  const regular = prices.filter(({ header }) => REGULAR.test(normalizeHeader(header)))
  if (regular.length === 0 || regular.length === prices.length) return
  columns.set(
    'price',
    prices.filter((column) => !regular.includes(column)),
  )
  if (!columns.has('priceAfterIntro')) columns.set('priceAfterIntro', regular)
}

const isEmpty = (table: LabelTable, at: number): boolean => table.rows.every(({ cells }) => (cells[at] ?? '') === '')

function holdsMoney(table: LabelTable, at: number): boolean {
  return table.rows.some(({ cells }) => parseMoney(cells[at] ?? '').kind === 'amount')
}

function holdsIdentifiers(table: LabelTable, at: number): boolean {
  const filled = table.rows.map(({ cells }) => cells[at] ?? '').filter((cell) => cell !== '')
  return filled.length > 0 && filled.filter((cell) => parsePlanIdentifier(cell)).length * 2 > filled.length
}
