import type { HeaderReader } from './label-field.ts'
import type { LabelTable } from './label-table.ts'

/** Fewer members that look like a label's are a coincidence. */
const MIN_FIELDS = 4

type Item = Readonly<Record<string, unknown>>

/**
 * Reads labels from JSON: the longest list of objects, wherever it lies, in whose members the columns of a label are
 * recognized. Members of members become columns under both names (`speeds.download` → `speeds download`), lists are
 * numbered.
 *
 * @returns `undefined` where nothing looks like labels.
 */
export function readJsonLabels(value: unknown, readHeader: HeaderReader): LabelTable | undefined {
  let best: LabelTable | undefined
  for (const list of listsOfItems(value)) {
    const rows = list.map((item) => flatten(item))
    const headers = [...new Set(rows.flatMap((row) => [...row.keys()]))]
    const fields = new Set(headers.map(readHeader).filter((field) => field)).size
    if (fields < MIN_FIELDS || (best && best.rows.length >= list.length)) continue
    best = {
      headers,
      rows: rows.map((row, at) => ({ row: at + 1, cells: headers.map((header) => row.get(header) ?? '') })),
    }
  }
  return best
}

/** Lists of objects, and objects that are used as such a list. A single label is a list of one. */
function* listsOfItems(value: unknown, depth = 0): Generator<Item[]> {
  if (depth > 6) return
  if (Array.isArray(value)) {
    const items = value.filter(isItem)
    if (items.length > 0) yield items
    for (const item of items) yield* listsOfItems(item, depth + 1)
    return
  }
  if (!isItem(value)) return
  yield [value]
  const members = Object.entries(value)
  if (members.every(([, member]) => isItem(member)))
    yield members.map(([key, member]) => ({ upi: key, ...toItem(member) }))
  for (const [, member] of members) yield* listsOfItems(member, depth + 1)
}

function flatten(item: Item, prefix = '', cells = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(item)) {
    const header = prefix === '' ? key : `${prefix} ${key}`
    if (Array.isArray(value) && value.every((entry) => !isItem(entry))) {
      cells.set(header, value.length === 0 ? 'None' : value.map(scalarText).join('; '))
    } else if (Array.isArray(value)) {
      value.filter(isItem).forEach((entry, at) => flatten(entry, `${header} ${at + 1}`, cells))
    } else if (isItem(value)) flatten(value, header, cells)
    else cells.set(header, scalarText(value))
  }
  return cells
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return typeof value === 'number' ? String(value) : ''
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function toItem(value: unknown): Item {
  return isItem(value) ? value : {}
}
