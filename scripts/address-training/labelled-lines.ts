import { readFileSync } from 'node:fs'
import { cutStreet } from '../../src/address/cut-street.ts'
import { LABEL } from '../../src/address/labels.ts'
import { lookUp } from '../../src/address/lexicon.ts'
import { tokenize } from '../../src/address/tokenize.ts'
import type { Tokens } from '../../src/address/tokens.ts'
import { foldOf } from './fold.ts'

/** A text whose words carry the right labels. */
export interface LabelledLine {
  readonly tokens: Tokens
  readonly labels: Uint8Array
}

interface CorpusRecord {
  readonly id: string
  readonly input: string
  readonly expected: Readonly<Record<string, string | number>>
  readonly complete: boolean
  readonly task: string
  readonly quirk?: string
  readonly label_conflict?: boolean
}

const UNKNOWN = 255

/** Label of each component of a record, in the order in which they are looked for in the text. */
const COMPONENTS: readonly (readonly [name: string, label: number, fromEnd: boolean])[] = [
  ['country', LABEL.country, true],
  ['zip4', LABEL.plus4, true],
  ['zip', LABEL.zip, true],
  ['state', LABEL.state, true],
  ['city', LABEL.city, true],
  ['rr_line', LABEL.ruralRoute, false],
  ['po_box', LABEL.box, true],
  ['po_box_type', LABEL.boxDesignator, true],
  ['recipient', LABEL.other, false],
  ['building', LABEL.other, true],
  ['landmark', LABEL.other, false],
  ['not_address', LABEL.other, true],
  ['corner_of', LABEL.other, false],
  ['house_number', LABEL.number, false],
  ['predirectional', LABEL.predirectional, false],
  ['premodifier', LABEL.streetName, false],
  ['pretype', LABEL.pretype, false],
  ['street', LABEL.streetName, false],
  ['suffix', LABEL.suffix, false],
  ['postmodifier', LABEL.streetName, false],
  ['postdirectional', LABEL.postdirectional, false],
  ['intersection_separator', LABEL.separator, false],
  ['predirectional2', LABEL.crossStreet, true],
  ['street2', LABEL.crossStreet, true],
  ['suffix2', LABEL.crossStreet, true],
  ['postdirectional2', LABEL.crossStreet, true],
  ['road2', LABEL.crossStreet, true],
  ['unit_type', LABEL.unitDesignator, false],
  ['unit', LABEL.unit, true],
  ['subaddress_type', LABEL.unitDesignator, false],
  ['subaddress', LABEL.unit, true],
]

function sameWord(key: string, wanted: string): boolean {
  if (key === wanted) return true
  const one = lookUp(key)
  const other = lookUp(wanted)
  return (
    (one.suffix !== undefined && one.suffix === other.suffix) ||
    (one.directional !== undefined && one.directional === other.directional) ||
    (one.unit !== undefined && one.unit === other.unit) ||
    (one.state !== undefined && one.state === other.state)
  )
}

function findWords(keys: readonly string[], labels: Uint8Array, wanted: readonly string[], fromEnd: boolean): number {
  const fits = (at: number) =>
    wanted.every((word, i) => labels[at + i] === UNKNOWN && sameWord(keys[at + i] ?? '', word))
  const last = keys.length - wanted.length
  if (fromEnd) {
    for (let at = last; at >= 0; at--) if (fits(at)) return at
  } else {
    for (let at = 0; at <= last; at++) if (fits(at)) return at
  }
  return -1
}

/** Labels the words of a street that the record does not cut. */
function labelRoad(tokens: Tokens, labels: Uint8Array, from: number, end: number): void {
  const cut = cutStreet(tokens, from, end)
  labels.fill(LABEL.predirectional, from, cut.predirectionalEnd)
  labels.fill(LABEL.pretype, cut.predirectionalEnd, cut.pretypeEnd)
  labels.fill(LABEL.streetName, cut.pretypeEnd, cut.nameEnd)
  labels.fill(LABEL.suffix, cut.nameEnd, cut.suffixEnd)
  labels.fill(LABEL.postdirectional, cut.suffixEnd, end)
}

const startsWithDigit = (key: string | undefined) => key !== undefined && /^\d/u.test(key)

function startsUnit(keys: readonly string[], at: number): boolean {
  const word = lookUp(keys[at] ?? '')
  if (keys[at] === '#') return true
  if (word.unit === undefined)
    return lookUp(keys[at + 1] ?? '').unit === 'FL' && /^(?:\d+(?:ST|ND|RD|TH)|[A-Z]+)$/u.test(keys[at] ?? '')
  return word.suffix === undefined
}

/** Labels a clean delivery line, number to unit; false when it is not of that shape. */
function labelDelivery(tokens: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  const { keys, breaks } = tokens
  let at = from
  if (!startsWithDigit(keys[at]) && !/^[NSEW]\d/u.test(keys[at] ?? '')) return false
  labels[at++] = LABEL.number
  while (at < end && /^\d+\/\d+$/u.test(keys[at] ?? '')) labels[at++] = LABEL.number
  const street = at
  if (at >= end) return false
  at++
  while (at < end && !startsUnit(keys, at) && !(breaks[at] && lookUp(keys[at] ?? '').directional === undefined)) at++
  if (keys.slice(street, at).some((key) => /^(?:&|AND|AT|@)$/u.test(key))) return false
  labelRoad(tokens, labels, street, at)
  labelUnits(keys, labels, at, end)
  return true
}

function labelUnits(keys: readonly string[], labels: Uint8Array, from: number, end: number): void {
  for (let i = from; i < end; i++) {
    const designator = keys[i] === '#' || lookUp(keys[i] ?? '').unit !== undefined
    labels[i] = designator ? LABEL.unitDesignator : LABEL.unit
  }
}

function hasUnitWords(keys: readonly string[]): boolean {
  return keys.some((key) => key === '#' || lookUp(key).unit !== undefined)
}

const BOX_WORDS = new Set('PO P O POST OFFICE BOX DRAWER POB POBOX OBOX #'.split(' '))

/** Puts a record's labels on the words of its text; undefined where they cannot be found in it. */
function labelRecord(record: CorpusRecord): LabelledLine | undefined {
  const tokens = tokenize(record.input)
  const { keys } = tokens
  const labels = new Uint8Array(keys.length).fill(UNKNOWN)
  const { expected } = record
  const cut = 'street' in expected
  for (const [name, label, fromEnd] of COMPONENTS) {
    const value = expected[name]
    if (value === undefined || value === '') continue
    const wanted = tokenize(String(value)).keys
    if (name === 'zip' && findWords(keys, labels, wanted, true) < 0) {
      const at = keys.findLastIndex((key) => key.startsWith(String(value)))
      if (at < 0) return undefined
      labels[at] = label
      continue
    }
    if (name === 'zip4' && findWords(keys, labels, wanted, true) < 0) continue
    const at = findWords(keys, labels, wanted, fromEnd)
    if (at >= 0) {
      labels.fill(label, at, at + wanted.length)
      continue
    }
    // pieces that do not stand together
    for (const word of wanted) {
      const piece = findWords(keys, labels, [word], fromEnd)
      if (piece < 0) return undefined
      labels[piece] = label
    }
  }
  if (!cut && expected['road'] !== undefined) {
    const wanted = tokenize(String(expected['road'])).keys
    const at = findWords(keys, labels, wanted, false)
    if (at < 0) return undefined
    labelRoad(tokens, labels, at, at + wanted.length)
  }
  if (expected['unit_line'] !== undefined) {
    const wanted = tokenize(String(expected['unit_line'])).keys
    const at = findWords(keys, labels, wanted, true)
    if (at < 0) return undefined
    if (hasUnitWords(wanted) || wanted.some((key) => /\d/u.test(key))) labelUnits(keys, labels, at, at + wanted.length)
    else return undefined
  }
  const given = expected['delivery_line_as_given']
  if (given !== undefined) {
    const wanted = tokenize(String(given)).keys
    const at = findWords(keys, labels, wanted, false)
    if (at < 0 || !labelDelivery(tokens, labels, at, at + wanted.length)) return undefined
  }
  if (!cut && expected['road'] === undefined && given === undefined && !record.complete) return undefined
  for (let i = keys.length - 2; i >= 0; i--) {
    const boxed = labels[i + 1] === LABEL.box || labels[i + 1] === LABEL.boxDesignator
    if (boxed && labels[i] === UNKNOWN && BOX_WORDS.has(keys[i] ?? '')) labels[i] = LABEL.boxDesignator
  }
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] === '#' && (labels[i] === LABEL.unit || labels[i] === UNKNOWN)) labels[i] = LABEL.unitDesignator
    if (labels[i] !== UNKNOWN) continue
    const key = keys[i] ?? ''
    if ((key === 'NO' || key === 'NUMBER') && labels[i + 1] === LABEL.unit) labels[i] = LABEL.unitDesignator
    if (labels[i] === UNKNOWN && /^(?:AND|&|AT|@)$/u.test(key) && labels.includes(LABEL.crossStreet))
      labels[i] = LABEL.separator
    if (labels[i] === UNKNOWN && /^(?:USA|US|UNITED|STATES)$/u.test(key) && i > keys.length - 3)
      labels[i] = LABEL.country
    // a unit said twice: "Apt APT 1"
    if (labels[i] === UNKNOWN && lookUp(key).unit !== undefined && (labels[i - 1] ?? UNKNOWN) !== LABEL.other) {
      labels[i] = LABEL.unitDesignator
    }
    if (labels[i] === UNKNOWN && labels[i - 1] === LABEL.unitDesignator && key.length < 3) labels[i] = LABEL.unit
    if (labels[i] === UNKNOWN) {
      if (!record.complete) return undefined
      labels[i] = LABEL.other
    }
  }
  // one designator tag for what the sources give as unit: "Apt 4" in one piece
  for (let i = 0; i < keys.length; i++) {
    const word = lookUp(keys[i] ?? '')
    if (labels[i] === LABEL.unit && word.unit !== undefined && (keys[i] ?? '').length > 2)
      labels[i] = LABEL.unitDesignator
  }
  return { tokens, labels }
}

/** Reads a corpus of JSON lines and labels what can be labelled, leaving quirks and conflicts out. */
export function readLabelledLines(file: string, leftOut: number | undefined): LabelledLine[] {
  const lines: LabelledLine[] = []
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    if (!text) continue
    const record = JSON.parse(text) as CorpusRecord
    if ((record.quirk !== undefined && !record.quirk.startsWith('sub-address')) || record.label_conflict) continue
    if (!['parse', 'geocode', 'intersection', 'normalize'].includes(record.task)) continue
    if (foldOf(record.input) === leftOut) continue
    const line = labelRecord(record)
    if (line && line.tokens.keys.length > 0) lines.push(line)
  }
  return lines
}
