import type { AddressParts, ParsedAddress, Span, SpannedPart, StandardizedParts } from './address.ts'
import { cutStreet } from './cut-street.ts'
import { cutUnits } from './cut-units.ts'
import { observe } from './features.ts'
import { formatDeliveryLine, formatLastLine } from './format-address.ts'
import { LABEL } from './labels.ts'
import { findBoxNumber, standardizeMilitary, standardizeRuralRoute } from './standardize-route.ts'
import { findState } from './states.ts'
import { readTaggerModel, Tagger } from './tagger.ts'
import { WORD_CLASS } from './word-classes.ts'
import { joinKeys, tokenize, type Tokens } from './tokenize.ts'

const tagger = new Tagger(readTaggerModel())

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Labels that together are one stretch of the text: the parts of a street, a unit with its designator, a box. */
const STRETCH: readonly number[] = Object.values(LABEL).map((label) => {
  if (label > LABEL.predirectional && label <= LABEL.postdirectional) return LABEL.predirectional
  if (label === LABEL.unit) return LABEL.unitDesignator
  if (label === LABEL.box) return LABEL.boxDesignator
  return label
})

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

function collect(text: string): { collector: Collector; margin: number } {
  const tokens = tokenize(text)
  const { labels, margin } = tagger.tag(observe(tokens), tokens.breaks)
  markMilitary(tokens, labels)
  const collector = new Collector(text, tokens)
  const count = labels.length
  for (let from = 0; from < count;) {
    const stretch = STRETCH[labels[from]!]!
    let end = from + 1
    while (end < count && STRETCH[labels[end]!] === stretch) end++
    putStretch(collector, tokens, labels, from, end)
    from = end
  }
  moveIslandNumber(collector)
  return { collector, margin }
}

/** In Puerto Rico the number may stand behind the street, "Calle Luna # 16": there it is the building's, not a unit's. */
function moveIslandNumber({ raw, spans, standardized }: Collector): void {
  const { unit } = standardized
  if (raw.number !== undefined || unit === undefined || standardized.state !== 'PR' || !raw.streetName) return
  if ((standardized.unitDesignator ?? '#') !== '#' || !/\d/u.test(unit)) return
  raw.number = raw.unit
  spans.number = spans.unit
  standardized.primaryNumber = unit
  raw.unit = raw.unitDesignator = standardized.unit = standardized.unitDesignator = undefined
  delete spans.unit
  delete spans.unitDesignator
}

/** Marks overseas mail, whose words leave no doubt: `PSC 3 BOX 402`, `BOX 402 PSC 3`, `UNIT 2050 BOX 12` before `APO`. */
function markMilitary({ keys, words }: Tokens, labels: Uint8Array): void {
  const count = keys.length
  let at = -1
  let box = -1
  let overseas = false
  for (let i = 0; i < count; i++) {
    const { kind } = words[i]!
    if (kind === WORD_CLASS.military) {
      if (keys[i] === 'APO' || keys[i] === 'FPO' || keys[i] === 'DPO') overseas = true
      else at = i
    } else if (keys[i] === 'UNIT' && at < 0) at = i
    else if (kind === WORD_CLASS.box) box = i
  }
  if (at < 0 || box < 0 || (keys[at] === 'UNIT' && !overseas)) return
  const from = Math.min(at, box)
  const end = Math.max(at, box) + 2
  if (end > count || end - from !== 4) return
  labels.fill(LABEL.military, from, end)
}

function putStretch(collector: Collector, tokens: Tokens, labels: Uint8Array, from: number, end: number): void {
  const stretch = STRETCH[labels[from]!]!
  const { keys, words } = tokens
  const { raw } = collector
  switch (stretch) {
    case LABEL.number: {
      if (raw.number !== undefined) return
      let start = keys[from] === '#' && end - from > 1 ? from + 1 : from
      const { directional } = words[start]!
      if (directional !== undefined && end - start > 1) {
        collector.put('predirectional', start, start + 1, directional)
        start++
      }
      const standard = joinKeys(tokens, start, end)
      collector.put('number', start, end, NUMBERS[standard] ?? standard)
      return
    }
    case LABEL.predirectional: {
      if (raw.streetName !== undefined) return
      // "E 3496 YESLER WAY": the directional before the number belongs to the street
      if (end - from === 1 && words[from]!.directional !== undefined && STRETCH[labels[end] ?? 0] === LABEL.number) {
        collector.put('predirectional', from, end, words[from]!.directional ?? '')
        return
      }
      const cut = cutStreet(tokens, from, end)
      if (raw.predirectional === undefined || cut.predirectional) {
        collector.put('predirectional', from, cut.predirectionalEnd, cut.predirectional)
      }
      collector.put('pretype', cut.predirectionalEnd, cut.pretypeEnd, cut.pretype)
      collector.put('streetName', cut.pretypeEnd, cut.nameEnd, cut.streetName)
      collector.put('suffix', cut.nameEnd, cut.suffixEnd, cut.suffix)
      collector.put('postdirectional', cut.suffixEnd, end, cut.postdirectional)
      return
    }
    case LABEL.unitDesignator:
      putUnits(collector, tokens, from, end)
      return
    case LABEL.boxDesignator:
      putBox(collector, tokens, from, end)
      return
    case LABEL.ruralRoute:
      collector.put('ruralRoute', from, end, standardizeRuralRoute(keys, from, end))
      return
    case LABEL.military:
      collector.put('military', from, end, standardizeMilitary(keys, from, end))
      return
    case LABEL.zip:
      putZip(collector, tokens, from, end)
      return
    case LABEL.state: {
      if (raw.state !== undefined) return
      const standard = joinKeys(tokens, from, end)
      collector.put('state', from, end, findState(standard)?.code ?? standard)
      return
    }
    default: {
      const part = PLAIN_PARTS[stretch]
      if (part !== undefined && raw[part] === undefined) collector.put(part, from, end, joinKeys(tokens, from, end))
    }
  }
}

const PLAIN_PARTS: Readonly<Record<number, SpannedPart>> = {
  [LABEL.other]: 'recipient',
  [LABEL.crossStreet]: 'crossStreet',
  [LABEL.city]: 'city',
  [LABEL.plus4]: 'plus4',
  [LABEL.urbanization]: 'urbanization',
}

function putZip(collector: Collector, tokens: Tokens, from: number, end: number): void {
  if (collector.raw.zip !== undefined) return
  const digits = (tokens.keys[from] ?? '').replaceAll('-', '')
  if (digits.length !== 9) {
    collector.put('zip', from, end, digits.length === 4 ? `0${digits}` : digits)
    return
  }
  const start = tokens.starts[from] ?? 0
  const stop = tokens.ends[from] ?? 0
  collector.raw.zip = collector.standardized.zip = digits.slice(0, 5)
  collector.raw.plus4 = collector.standardized.plus4 = digits.slice(5)
  collector.spans.zip = [start, start + 5]
  collector.spans.plus4 = [stop - 4, stop]
}

function putBox(collector: Collector, tokens: Tokens, from: number, end: number): void {
  const { keys } = tokens
  if (keys[from] === 'GENERAL') {
    collector.put('generalDelivery', from, end, 'GENERAL DELIVERY')
    return
  }
  const number = findBoxNumber(keys, from, end)
  // the box of a route in Puerto Rico
  if (keys[from] === 'BUZON') {
    collector.put('ruralRoute', from, end, joinKeys(tokens, from, end))
    return
  }
  // "BOX 12" behind a street is a box in that building, not one of the post office
  const ofStreet = (keys[from] === 'BOX' || keys[from] === 'BX') && collector.raw.streetName !== undefined
  if (ofStreet && collector.raw.unit === undefined) {
    collector.put('unitDesignator', from, number, '#')
    collector.put('unit', number, end, joinKeys(tokens, number, end))
  } else collector.put('poBox', number, end, joinKeys(tokens, number, end))
}

function putUnits(collector: Collector, tokens: Tokens, from: number, end: number): void {
  const units = cutUnits(tokens, from, end)
  const inner =
    units.findLast(({ standardDesignator }) => standardDesignator !== 'BLDG' && standardDesignator !== 'FL') ??
    units.at(-1)
  for (const unit of units) {
    if (unit.standardDesignator === 'PMB') {
      collector.put('privateMailbox', unit.identifierFrom, unit.identifierEnd, unit.standardIdentifier)
    } else if (unit === inner) {
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

function finished({ raw, spans, standardized }: Collector, margin: number): ParsedAddress {
  return {
    ...raw,
    deliveryLine: formatDeliveryLine(standardized),
    lastLine: formatLastLine(standardized),
    confidence: 1 / (1 + Math.exp(-margin)),
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
  const { collector, margin } = collect(text)
  return finished(collector, margin)
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
  const { collector, margin } = collect(whole.filter(Boolean).join(', '))
  const { raw, standardized } = collector
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
  return { ...finished(collector, margin), spans: {} }
}
