import type { AddressParts, ParsedAddress, Span, SpannedPart, StandardizedParts } from './address.ts'
import { cutStreet } from './cut-street.ts'
import { cutUnits } from './cut-units.ts'
import { formatDeliveryLine, formatLastLine } from './format-address.ts'
import { findState } from './states.ts'
import { tagAddress } from './tag-address.ts'
import { TAG, type Tag } from './tags.ts'
import { tokenize, type Tokens } from './tokenize.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Words of the text that carry a tag, as the first run of them. */
function findRun(tags: readonly Tag[], tag: Tag): [from: number, end: number] | undefined {
  const from = tags.indexOf(tag)
  if (from < 0) return undefined
  let end = from + 1
  while (end < tags.length && tags[end] === tag) end++
  return [from, end]
}

function joinKeys({ keys, hyphens }: Tokens, from: number, end: number): string {
  let text = ''
  for (let i = from; i < end; i++) text += i === from ? keys[i] : (hyphens[i] ? '-' : ' ') + (keys[i] ?? '')
  return text
}

/** Collects raw parts, their spans and their standardized forms. */
class Collector {
  readonly raw: Mutable<AddressParts> = {}
  readonly spans: Partial<Record<SpannedPart, Span>> = {}
  readonly standardized: Mutable<StandardizedParts> = {}
  readonly #text: string
  readonly #tokens: Tokens

  constructor(text: string, tokens: Tokens) {
    this.#text = text
    this.#tokens = tokens
  }

  put(part: SpannedPart, from: number, end: number, standard: string): void {
    if (end <= from) return
    const start = this.#tokens.starts[from] ?? 0
    const stop = this.#tokens.ends[end - 1] ?? 0
    this.raw[part] = this.#text.slice(start, stop)
    this.spans[part] = [start, stop]
    this.standardized[part === 'number' ? 'primaryNumber' : part] = standard
  }
}

const NUMBERS: Readonly<Record<string, string>> = {
  ONE: '1',
  TWO: '2',
  THREE: '3',
  FOUR: '4',
  FIVE: '5',
  SIX: '6',
  SEVEN: '7',
  EIGHT: '8',
  NINE: '9',
  TEN: '10',
}

function collect(text: string): { collector: Collector; tokens: Tokens; tags: Tag[] } {
  const tokens = tokenize(text)
  const { keys, hyphens } = tokens
  const tags = tagAddress(tokens)
  const collector = new Collector(text, tokens)

  const number = findRun(tags, TAG.number)
  if (number) {
    const standard = joinKeys(tokens, ...number)
    collector.put('number', ...number, NUMBERS[standard] ?? standard)
  }
  const street = findRun(tags, TAG.street)
  if (street) {
    const [from, end] = street
    const cut = cutStreet(keys, hyphens, from, end)
    collector.put('predirectional', from, cut.predirectionalEnd, cut.predirectional)
    collector.put('pretype', cut.predirectionalEnd, cut.pretypeEnd, cut.pretype)
    collector.put('streetName', cut.pretypeEnd, cut.nameEnd, cut.streetName)
    collector.put('suffix', cut.nameEnd, cut.suffixEnd, cut.suffix)
    collector.put('postdirectional', cut.suffixEnd, end, cut.postdirectional)
  }
  const unit = findRun(tags, TAG.unit)
  if (unit) putUnits(collector, keys, hyphens, unit)
  for (const [part, tag] of [
    ['recipient', TAG.other],
    ['crossStreet', TAG.crossStreet],
    ['ruralRoute', TAG.ruralRoute],
    ['military', TAG.military],
    ['city', TAG.city],
    ['urbanization', TAG.urbanization],
    ['generalDelivery', TAG.generalDelivery],
    ['plus4', TAG.plus4],
  ] as const) {
    const run = findRun(tags, tag)
    if (run) collector.put(part, ...run, joinKeys(tokens, ...run))
  }
  const state = findRun(tags, TAG.state)
  if (state) {
    const standard = joinKeys(tokens, ...state)
    collector.put('state', ...state, findState(standard)?.code ?? standard)
  }
  const zip = findRun(tags, TAG.zip)
  if (zip) {
    const digits = (keys[zip[0]] ?? '').replaceAll('-', '')
    collector.put('zip', ...zip, digits.slice(0, 5))
    if (digits.length === 9) {
      const start = tokens.starts[zip[0]] ?? 0
      const stop = tokens.ends[zip[0]] ?? 0
      collector.raw.zip = digits.slice(0, 5)
      collector.raw.plus4 = digits.slice(5)
      collector.spans.zip = [start, start + 5]
      collector.spans.plus4 = [stop - 4, stop]
      collector.standardized.plus4 = digits.slice(5)
    }
  }
  const box = findRun(tags, TAG.poBox)
  if (box) {
    let from = box[0]
    while (from < box[1] - 1 && !/\d/u.test(keys[from] ?? '') && (keys[from] ?? '').length > 1) from++
    collector.put('poBox', from, box[1], joinKeys(tokens, from, box[1]))
  }
  return { collector, tokens, tags }
}

function putUnits(
  collector: Collector,
  keys: readonly string[],
  hyphens: readonly boolean[],
  [from, end]: [number, number],
): void {
  const units = cutUnits(keys, hyphens, from, end)
  const inner =
    units.findLast(({ standardDesignator }) => standardDesignator !== 'BLDG' && standardDesignator !== 'FL') ??
    units.at(-1)
  for (const unit of units) {
    if (unit === inner) {
      if (unit.designator >= 0)
        collector.put('unitDesignator', unit.designator, unit.designator + 1, unit.standardDesignator)
      collector.put('unit', unit.identifierFrom, unit.identifierEnd, unit.standardIdentifier)
    } else if (unit.designator >= 0) {
      const part = unit.standardDesignator === 'FL' ? 'floor' : 'building'
      const start = Math.min(unit.designator, unit.identifierFrom)
      collector.put(
        part,
        start,
        Math.max(unit.designator + 1, unit.identifierEnd),
        `${unit.standardDesignator} ${unit.standardIdentifier}`.trim(),
      )
    }
  }
}

function finished({ raw, spans, standardized }: Collector): ParsedAddress {
  const { number, zip, city } = raw
  const confidence = (number ? 0.5 : 0.2) + (raw.streetName ? 0.2 : 0) + (zip ? 0.15 : 0) + (city ? 0.15 : 0)
  return {
    ...raw,
    deliveryLine: formatDeliveryLine(standardized),
    lastLine: formatLastLine(standardized),
    confidence: Math.min(1, confidence),
    spans,
    standardized,
  }
}

/**
 * Takes a US address in one line (or several) apart.
 *
 * Never throws: a text that is no address has few parts, an empty delivery line and a low confidence.
 */
export function parseAddress(text: string): ParsedAddress {
  return finished(collect(text).collector)
}

/** An address given in the fields of a form. */
export interface AddressFields {
  /** The street line; may hold the unit, or the whole address. */
  readonly street1: string
  /** The secondary unit, with or without its designator. */
  readonly street2?: string | undefined
  readonly city?: string | undefined
  readonly state?: string | undefined
  readonly zip?: string | undefined
}

/**
 * Takes an address given in fields apart. City, state and ZIP of their own fields win over what `street1` says of them.
 */
export function parseAddressFields({ street1, street2, city, state, zip }: AddressFields): ParsedAddress {
  const second = street2?.trim() ?? ''
  const needsSign = second !== '' && /^[\dA-Za-z]{1,5}$/u.test(second) && /\d|^.$/u.test(second)
  const whole = [street1, needsSign ? `# ${second}` : second, city, [state, zip].filter(Boolean).join(' ')]
  const parsed = collect(whole.filter(Boolean).join(', ')).collector
  const { raw, standardized } = parsed
  if (city?.trim()) {
    raw.city = city.trim()
    standardized.city = tokenize(city).keys.join(' ')
  }
  const knownState = state?.trim() ? findState(state) : undefined
  if (knownState) {
    raw.state = state?.trim()
    standardized.state = knownState.code
  }
  const digits = zip?.replaceAll(/\D/gu, '') ?? ''
  if (digits.length === 5 || digits.length === 9) {
    raw.zip = standardized.zip = digits.slice(0, 5)
    raw.plus4 = standardized.plus4 = digits.slice(5) || undefined
  }
  return { ...finished(parsed), spans: {} }
}
