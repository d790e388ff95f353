/** The parts of a street's name in standardized USPS form: `N`, `US HIGHWAY`, `TIFFANY`, `DR`, `E`. */
export interface StreetParts {
  readonly predirectional?: string | undefined
  /** Type words before the name, spelled out: `AVENUE` of "Ave E", `STATE HIGHWAY` of "St Hwy 30". */
  readonly pretype?: string | undefined
  readonly streetName?: string | undefined
  readonly suffix?: string | undefined
  readonly postdirectional?: string | undefined
}

/** What a delivery line and a last line are made of; the names are those of USPS Publication 28. */
export interface AddressParts extends StreetParts {
  /** Person, firm, building or place named beside the delivery address. */
  readonly recipient?: string | undefined
  /** Primary address number as text: `29090`, `112-10`, `N112W16350`, `12 1/2`, `10A`; `MILE 44`, `KM 5.4` along a road. */
  readonly number?: string | undefined
  /** Secondary unit designator (`Apt`, `#`, `Ste`), that of the innermost unit where there are several. */
  readonly unitDesignator?: string | undefined
  readonly unit?: string | undefined
  /** Building (or another outer unit) and floor with their designators, when a unit within them is named too. */
  readonly building?: string | undefined
  readonly floor?: string | undefined
  /** Number of a private mailbox behind a street address: the `234` of "PMB 234"; with its designator when standardized. */
  readonly privateMailbox?: string | undefined
  /** Number of a post office box. */
  readonly poBox?: string | undefined
  /** Rural or highway contract route with its box: `RR 2 BOX 18`, `HC 66 BOX 4`. */
  readonly ruralRoute?: string | undefined
  /** Overseas military or diplomatic delivery: `PSC 802 BOX 74`, `UNIT 2050 BOX 4190`. */
  readonly military?: string | undefined
  readonly generalDelivery?: string | undefined
  /** Puerto Rico urbanization: `URB LAS GLADIOLAS`. */
  readonly urbanization?: string | undefined
  /** The other street of an intersection or corner. */
  readonly crossStreet?: string | undefined
  readonly city?: string | undefined
  /** State, territory or military region: as written in a parse, the two-letter code in the standardized form. */
  readonly state?: string | undefined
  readonly zip?: string | undefined
  readonly plus4?: string | undefined
}

/** The standardized parts: upper case, abbreviated by Publication 28, ready to be compared with each other. */
export interface StandardizedParts extends Omit<AddressParts, 'number'> {
  readonly primaryNumber?: string | undefined
}

/** First character and the one after the last, in the input. */
export type Span = readonly [start: number, end: number]

/**
 * An address taken apart. The parts stand as written in the input; a part that the text does not hold is `undefined`.
 */
export interface ParsedAddress extends AddressParts {
  /** What was taken apart: the input, or the street lines of an address that came in fields. */
  readonly text: string
  /** The USPS delivery line: `29090 TIFFANY DR E APT 4`; empty when the text names no place of delivery. */
  readonly deliveryLine: string
  /** The USPS last line: `SOUTHFIELD, MI 48034`; empty when the text has none of city, state and ZIP. */
  readonly lastLine: string
  /** 0 to 1: how likely it is that every part is cut where a reader would cut it. */
  readonly confidence: number
  /** Where each part stands in the input; absent for input given in fields. */
  readonly spans: { readonly [part in keyof AddressParts]: Span | undefined }
  readonly standardized: StandardizedParts
}
