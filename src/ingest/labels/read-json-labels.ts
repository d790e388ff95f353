import { countFields } from './label-field.ts'
import type { HeaderReader } from './label-field.ts'
import type { LabelTable } from './label-table.ts'
import { mapColumns } from './map-columns.ts'
import { parsePlanIdentifier } from './plan-identifier.ts'

/** Fewer members that look like a label's are a coincidence. */
const MIN_FIELDS = 4
const MOST_LEVELS = 8

type Item = Readonly<Record<string, unknown>>

/**
 * Reads labels from JSON: every list of objects, wherever it lies, whose members hold price and identifier of a label;
 * an object whose keys are identifiers; or a single label. Members of members become columns under both names
 * (`speeds.download` → `speeds download`), lists are numbered, and what stands beside a list (the provider, its FRN)
 * counts for each of its labels. Where there are several lists, a table's sheet is the way to it.
 *
 * @returns nothing where nothing looks like labels.
 */
export function readJsonLabels(value: unknown, readHeader: HeaderReader): LabelTable[] {
  const around = { readHeader, way: [], beside: new Map<string, string>() }
  const tables = findLists(value, around)
  if (tables.length > 1) return tables
  const [only] = tables.length > 0 ? tables : isItem(value) ? toTables([value], around) : []
  return only ? [{ ...only, sheet: undefined }] : []
}

interface Surroundings {
  readonly readHeader: HeaderReader
  readonly way: readonly string[]
  /** Cells that hold for everything below. */
  readonly beside: ReadonlyMap<string, string>
}

/** The innermost lists that are labels: a list of providers around them would look like one, too. */
function findLists(value: unknown, around: Surroundings): LabelTable[] {
  if (around.way.length > MOST_LEVELS) return []
  const keyed = isItem(value) ? underIdentifiers(value) : undefined
  if (keyed) return toTables(keyed, around)
  const items = Array.isArray(value) ? value.filter(isItem) : isItem(value) ? [value] : []
  const below = items.flatMap((item) => {
    const beside = new Map([...around.beside, ...scalarsOf(item)])
    return Object.entries(item).flatMap(([key, member]) =>
      findLists(member, { ...around, way: [...around.way, key], beside }),
    )
  })
  return below.length === 0 && Array.isArray(value) ? toTables(items, around) : below
}

function underIdentifiers(item: Item): Item[] | undefined {
  const members = Object.entries(item)
  if (members.length === 0 || !members.every(([key, member]) => parsePlanIdentifier(key) && isItem(member)))
    return undefined
  return members.map(([key, member]) => ({ upi: key, ...(isItem(member) ? member : {}) }))
}

/** One table or none. An identifier that stands beside a list is none of its labels'. */
function toTables(items: readonly Item[], { readHeader, way, beside }: Surroundings): LabelTable[] {
  const own = items.map((item) => flatten(item))
  const ownHeaders = own.flatMap((row) => [...row.keys()])
  const named = new Map([...beside].filter(([header]) => readHeader(header) !== 'upi'))
  const rows = own.map((row) => new Map([...named, ...row]))
  const headers = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  const table = {
    sheet: way.join(' '),
    headers,
    rows: rows.map((row, at) => ({ row: at + 1, cells: headers.map((header) => row.get(header) ?? '') })),
  }
  const hasPrice = ownHeaders.some((header) => ['price', 'introPrice'].includes(readHeader(header) ?? ''))
  const isLabels = hasPrice && countFields(ownHeaders, readHeader) >= MIN_FIELDS
  return isLabels && typeof mapColumns(table, readHeader) !== 'string' ? [table] : []
}

function scalarsOf(item: Item): [string, string][] {
  return Object.entries(item).flatMap(([key, member]): [string, string][] =>
    typeof member === 'object' ? [] : [[key, scalarText(member)]],
  )
}

function flatten(item: Item, prefix = '', cells = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(item)) {
    const header = prefix === '' ? key : `${prefix} ${key}`
    if (Array.isArray(value) && value.every((entry) => !isItem(entry))) {
      cells.set(header, value.length === 0 ? 'None' : value.map(scalarText).join('; '))
    } else if (Array.isArray(value)) {
      value.filter(isItem).forEach((entry, at) => flatten(entry, `${header} ${at + 1}`, cells))
    } else if (isItem(value)) {
      const measure = measureText(value)
      if (measure === undefined) flatten(value, header, cells)
      else cells.set(header, measure)
    } else cells.set(header, scalarText(value))
  }
  return cells
}

/** `{"value": 1, "unit": "year"}` and `{"amount": 59.99, "currency": "USD"}` are one cell, since neither means a thing alone. */
function measureText(item: Item): string | undefined {
  const keys = Object.keys(item)
  const figure = keys.find((key) => /^(value|amount|quantity|speed|length)$/i.test(key))
  const unit = keys.find((key) => /^(units?|currency)$/i.test(key))
  if (figure === undefined || unit === undefined || keys.length > 2) return undefined
  return `${scalarText(item[figure])} ${scalarText(item[unit])}`.trim()
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return typeof value === 'number' ? String(value) : ''
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
