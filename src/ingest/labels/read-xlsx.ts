import { text as readText } from 'node:stream/consumers'
import { listZipMembers, openZipMember } from '../files/zip-member.ts'

/** The cells of one sheet as text, row by row; rows and cells that the file leaves out are empty. */
export interface Sheet {
  readonly name: string
  readonly cells: readonly (readonly string[])[]
}

/** Excel's own limits; a cell that lies beyond is damage. */
const MAX_ROWS = 1_048_576
const MAX_COLUMNS = 16_384

/**
 * Reads the sheets of an Excel workbook (ECMA-376, SpreadsheetML): shared and inline text, numbers, booleans and the
 * stored results of formulas. Formats are not applied, so that a price is the number as typed.
 *
 * @throws AppError `source_unreadable` when the archive is damaged.
 */
export async function readXlsx(path: string): Promise<Sheet[]> {
  const members = new Set((await listZipMembers(path)).map(({ member }) => member))
  const read = async (member: string): Promise<string> =>
    members.has(member) ? readText(await openZipMember(path, member)) : ''
  const workbook = await read('xl/workbook.xml')
  const targets = new Map(
    [...elements(await read('xl/_rels/workbook.xml.rels'), 'Relationship')].map(({ attributes }) => [
      attribute(attributes, 'Id'),
      attribute(attributes, 'Target'),
    ]),
  )
  const shared = [...elements(await read('xl/sharedStrings.xml'), 'si')].map(({ content }) => textOf(content))
  const sheets: Sheet[] = []
  for (const { attributes } of elements(workbook, 'sheet')) {
    const target = targets.get(attribute(attributes, 'r:id') ?? attribute(attributes, 'id'))
    if (target === undefined) continue
    const member = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    sheets.push({ name: attribute(attributes, 'name') ?? '', cells: readCells(await read(member), shared) })
  }
  return sheets
}

function readCells(xml: string, shared: readonly string[]): string[][] {
  const cells: string[][] = []
  for (const { attributes, content } of elements(xml, 'row')) {
    const at = Number(attribute(attributes, 'r') ?? cells.length + 1) - 1
    if (!(at >= cells.length && at < MAX_ROWS)) continue
    while (cells.length < at) cells.push([])
    const row: string[] = []
    for (const cell of elements(content, 'c')) {
      const column = columnOf(attribute(cell.attributes, 'r')) ?? row.length
      if (column < row.length || column >= MAX_COLUMNS) continue
      while (row.length < column) row.push('')
      row.push(cellText(attribute(cell.attributes, 't'), cell.content, shared))
    }
    cells.push(row)
  }
  return cells
}

function cellText(type: string | undefined, content: string, shared: readonly string[]): string {
  if (type === 'inlineStr') return textOf(content)
  const [value] = elements(content, 'v')
  const text = decode(value?.content ?? '')
  if (type === 's') return shared[Number(text)] ?? ''
  if (type === 'b') return text === '1' ? 'Yes' : 'No'
  return type === 'e' ? '' : text
}

/** All runs of a text; a phonetic reading is none of it. */
function textOf(content: string): string {
  const spoken = content.replace(/<(?:\w+:)?rPh\b[^]*?<\/(?:\w+:)?rPh>/g, '')
  return [...elements(spoken, 't')].map((run) => decode(run.content)).join('')
}

/** `AB12` is column 27, counted from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return undefined
  let column = 0
  for (let at = 0; at < letters.length; at++) column = column * 26 + letters.charCodeAt(at) - 64
  return column - 1
}

interface XmlElement {
  readonly attributes: string
  readonly content: string
}

/** The elements of a name, with any namespace prefix. In SpreadsheetML none of those read here contains itself. */
function* elements(xml: string, name: string): Generator<XmlElement> {
  const pattern = new RegExp(
    `<((?:\\w+:)?)${name}(\\s(?:[^>"']|"[^"]*"|'[^']*')*?)?(?:/>|>([^]*?)</\\1${name}\\s*>)`,
    'g',
  )
  for (const [, , attributes = '', content = ''] of xml.matchAll(pattern)) yield { attributes, content }
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  return value ? decode(value[1] ?? value[2] ?? '') : undefined
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(text: string): string {
  return text
    .replace(/^<!\[CDATA\[([^]*)\]\]>$/, '$1')
    .replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : ''
    })
    .replace(/_x([\dA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
