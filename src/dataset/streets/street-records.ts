import type { StreetParts } from '../../address/index.ts'
import type { Coordinates } from '../../lib/coordinates.ts'

/** Which house numbers of a range are on its side: TIGER's PARITYL/PARITYR. */
export type Parity = 'odd' | 'even' | 'both'

/** One side of an edge with its address range, as TIGER gives it. Numbers stay text (`117-01`, `N100`, `1-400`). */
export interface AddressRangeRecord {
  readonly street: StreetParts
  /** In the direction of `line`; from may be the higher number. */
  readonly fromNumber: string
  readonly toNumber: string
  readonly parity: Parity
  /** Relative to the direction of `line`. */
  readonly side: 'left' | 'right'
  readonly zip?: string | undefined
  /** Upper-case place name, where a face and PLACE tell it. */
  readonly city?: string | undefined
  /** Two letters. */
  readonly state: string
  readonly countyGeoid: string
  readonly tlid: number
  /** The edge's centre line, shared by both sides. */
  readonly line: readonly Coordinates[]
  /** 2020 block of the face on this side. */
  readonly blockGeoid?: string | undefined
  /** True where Census set an end at a split point instead of observing it. */
  readonly imputed: boolean
  readonly sourceId: number
}

/** One address point. */
export interface AddressPointRecord {
  readonly street: StreetParts
  readonly number: string
  /** Secondary unit as the source gives it, standardized (`APT 4`, `UNIT B`). */
  readonly unit?: string | undefined
  readonly zip?: string | undefined
  readonly city?: string | undefined
  readonly state: string
  readonly coordinates: Coordinates
  readonly blockGeoid?: string | undefined
  readonly sourceId: number
}

/** The place that a ZIP code's mail is addressed to. */
export interface ZipPlaceRecord {
  readonly zip: string
  readonly city: string
  /** Of New York, which people write for the city; mail to Queens has the names of its villages. */
  readonly borough?: string | undefined
  /** Two letters; a military region (`AA`, `AE`, `AP`) for military ZIPs. */
  readonly state: string
  readonly coordinates: Coordinates
  readonly sourceId: number
}
