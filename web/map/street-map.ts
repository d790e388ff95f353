/** What lies around an address, in degrees: `[longitude, latitude]` as in GeoJSON. */
export type Position = readonly [longitude: number, latitude: number]

/** The surroundings of an answer's address, drawn from the data set itself. */
export interface StreetMap {
  readonly streets: readonly StreetLine[]
  /** Streets that are known by their address points alone. */
  readonly houses: readonly StreetHouses[]
  /** The outline of the H3 cell that the filings are counted in. */
  readonly hexagon: readonly Position[]
  readonly points: readonly MapPoint[]
}

export interface StreetLine {
  readonly name: string
  readonly line: readonly Position[]
  /** The street that the address is on. */
  readonly isOwn: boolean
  /** A side of the street lies in the block of the answer: `left`, `right` along the line, or both. */
  readonly blockSides: readonly string[]
}

export interface StreetHouses {
  readonly name: string
  readonly positions: readonly Position[]
  readonly isOwn: boolean
}

export interface MapPoint {
  readonly position: Position
  /** What the point stands for: an address, as one line. */
  readonly name: string
  /** Radius that holds the true building in about nine cases of ten. */
  readonly uncertaintyMeters: number
}
