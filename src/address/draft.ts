import type { AddressParts, ParsedAddress, Span, StandardizedParts } from './address.ts'
import { formatDeliveryLine, formatLastLine } from './format-address.ts'
import { joinKeys, type Tokens } from './tokens.ts'

/** The parts by number, so that a draft is a few rows of numbers. */
export const PART = {
  recipient: 0,
  number: 1,
  predirectional: 2,
  pretype: 3,
  streetName: 4,
  suffix: 5,
  postdirectional: 6,
  unitDesignator: 7,
  unit: 8,
  building: 9,
  floor: 10,
  privateMailbox: 11,
  poBox: 12,
  ruralRoute: 13,
  military: 14,
  generalDelivery: 15,
  urbanization: 16,
  crossStreet: 17,
  city: 18,
  state: 19,
  zip: 20,
  plus4: 21,
} as const satisfies Record<keyof AddressParts, number>

export type Part = (typeof PART)[keyof typeof PART]

const PART_COUNT = Object.keys(PART).length

const NAMES = [PART.recipient, PART.streetName]
const DELIVERED = [
  PART.poBox,
  PART.ruralRoute,
  PART.military,
  PART.generalDelivery,
  PART.crossStreet,
  PART.urbanization,
]
const LAST_LINE = [PART.city, PART.state, PART.zip]

/** An address in the making: where each part stands in the text, and its standardized form. Used again for each text. */
export class AddressDraft {
  #text = ''
  #tokens: Tokens | undefined
  readonly #starts = new Int32Array(PART_COUNT)
  readonly #ends = new Int32Array(PART_COUNT)
  readonly #standards: (string | undefined)[] = Array.from({ length: PART_COUNT })

  begin(text: string, tokens: Tokens): void {
    this.#text = text
    this.#tokens = tokens
    this.#starts.fill(-1)
    this.#standards.fill(undefined)
  }

  has(part: Part): boolean {
    return this.#starts[part]! >= 0
  }

  standard(part: Part): string | undefined {
    return this.#standards[part]
  }

  /** Puts the words `from` to `end` (exclusive) as a part; none when the range is empty. */
  put(part: Part, from: number, end: number, standard: string): void {
    if (end <= from || this.#tokens === undefined) return
    this.putSpan(part, this.#tokens.starts[from]!, this.#tokens.ends[end - 1]!, standard)
  }

  /** Puts characters of the text as a part. */
  putSpan(part: Part, start: number, end: number, standard: string): void {
    this.#starts[part] = start
    this.#ends[part] = end
    this.#standards[part] = standard
  }

  /** The part as it stands in the text. */
  text(part: Part): string {
    return this.#raw(part) ?? ''
  }

  putStandard(part: Part, standard: string): void {
    this.#standards[part] = standard
  }

  /** Makes one part another. */
  move(from: Part, to: Part): void {
    this.putSpan(to, this.#starts[from]!, this.#ends[from]!, this.#standards[from] ?? '')
    this.drop(from)
  }

  /** Takes the predirectional that stands before the number into the number. */
  joinToNumber(): void {
    const standard = `${this.#standards[PART.predirectional] ?? ''} ${this.#standards[PART.number] ?? ''}`
    this.putSpan(PART.number, this.#starts[PART.predirectional]!, this.#ends[PART.number]!, standard)
    this.drop(PART.predirectional)
  }

  /** Makes the unit with its designator the building, for another unit to come within it. */
  joinToBuilding(): void {
    const standard = `${this.#standards[PART.unitDesignator] ?? ''} ${this.#standards[PART.unit] ?? ''}`.trim()
    const end = this.has(PART.unit) ? this.#ends[PART.unit]! : this.#ends[PART.unitDesignator]!
    this.putSpan(PART.building, this.#starts[PART.unitDesignator]!, end, standard)
    this.drop(PART.unitDesignator)
    this.drop(PART.unit)
  }

  drop(part: Part): void {
    this.#starts[part] = -1
    this.#standards[part] = undefined
  }

  finish(margin: number): ParsedAddress {
    const standardized = this.#standardized()
    return {
      recipient: this.#raw(PART.recipient),
      number: this.#raw(PART.number),
      predirectional: this.#raw(PART.predirectional),
      pretype: this.#raw(PART.pretype),
      streetName: this.#raw(PART.streetName),
      suffix: this.#raw(PART.suffix),
      postdirectional: this.#raw(PART.postdirectional),
      unitDesignator: this.#raw(PART.unitDesignator),
      unit: this.#raw(PART.unit),
      building: this.#raw(PART.building),
      floor: this.#raw(PART.floor),
      privateMailbox: this.#raw(PART.privateMailbox),
      poBox: this.#raw(PART.poBox),
      ruralRoute: this.#raw(PART.ruralRoute),
      military: this.#raw(PART.military),
      generalDelivery: this.#raw(PART.generalDelivery),
      urbanization: this.#raw(PART.urbanization),
      crossStreet: this.#raw(PART.crossStreet),
      city: this.#raw(PART.city),
      state: this.#raw(PART.state),
      zip: this.#raw(PART.zip),
      plus4: this.#raw(PART.plus4),
      text: this.#text,
      deliveryLine: this.#namesPlaceOnly() ? this.#wordsAboveLastLine() : formatDeliveryLine(standardized),
      lastLine: formatLastLine(standardized),
      confidence: 1 / (1 + Math.exp(-margin)),
      spans: this.#spans(),
      standardized,
    }
  }

  /** Whether there is a name without a number, a box or a route: what the mail leaves as it is written. */
  #namesPlaceOnly(): boolean {
    if (this.has(PART.number)) return false
    return NAMES.some((part) => this.has(part)) && !DELIVERED.some((part) => this.has(part))
  }

  #wordsAboveLastLine(): string {
    const tokens = this.#tokens
    if (tokens === undefined) return ''
    const last = Math.min(...LAST_LINE.map((part) => this.#starts[part]!).filter((start) => start >= 0))
    const end = tokens.starts.findIndex((start) => start >= last)
    return joinKeys(tokens, 0, end < 0 ? tokens.keys.length : end)
  }

  #raw(part: Part): string | undefined {
    const start = this.#starts[part]!
    return start < 0 ? undefined : this.#text.slice(start, this.#ends[part])
  }

  #span(part: Part): Span | undefined {
    const start = this.#starts[part]!
    return start < 0 ? undefined : [start, this.#ends[part]!]
  }

  #standardized(): StandardizedParts {
    const standards = this.#standards
    return {
      recipient: standards[PART.recipient],
      primaryNumber: standards[PART.number],
      predirectional: standards[PART.predirectional],
      pretype: standards[PART.pretype],
      streetName: standards[PART.streetName],
      suffix: standards[PART.suffix],
      postdirectional: standards[PART.postdirectional],
      unitDesignator: standards[PART.unitDesignator],
      unit: standards[PART.unit],
      building: standards[PART.building],
      floor: standards[PART.floor],
      privateMailbox: standards[PART.privateMailbox],
      poBox: standards[PART.poBox],
      ruralRoute: standards[PART.ruralRoute],
      military: standards[PART.military],
      generalDelivery: standards[PART.generalDelivery],
      urbanization: standards[PART.urbanization],
      crossStreet: standards[PART.crossStreet],
      city: standards[PART.city],
      state: standards[PART.state],
      zip: standards[PART.zip],
      plus4: standards[PART.plus4],
    }
  }

  #spans(): ParsedAddress['spans'] {
    return {
      recipient: this.#span(PART.recipient),
      number: this.#span(PART.number),
      predirectional: this.#span(PART.predirectional),
      pretype: this.#span(PART.pretype),
      streetName: this.#span(PART.streetName),
      suffix: this.#span(PART.suffix),
      postdirectional: this.#span(PART.postdirectional),
      unitDesignator: this.#span(PART.unitDesignator),
      unit: this.#span(PART.unit),
      building: this.#span(PART.building),
      floor: this.#span(PART.floor),
      privateMailbox: this.#span(PART.privateMailbox),
      poBox: this.#span(PART.poBox),
      ruralRoute: this.#span(PART.ruralRoute),
      military: this.#span(PART.military),
      generalDelivery: this.#span(PART.generalDelivery),
      urbanization: this.#span(PART.urbanization),
      crossStreet: this.#span(PART.crossStreet),
      city: this.#span(PART.city),
      state: this.#span(PART.state),
      zip: this.#span(PART.zip),
      plus4: this.#span(PART.plus4),
    }
  }
}
