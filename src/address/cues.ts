/** What a word may be besides its class, a bit each: a text that has one asks for a rule of its own. */
export const CUE = {
  /** Begins a distance along a road: `MILE 44`, `KM 5.4`. */
  distance: 1,
  /** A street of Puerto Rico. */
  calle: 2,
  /** A block of houses in Puerto Rico. */
  block: 4,
  /** Ends the name of a county. */
  county: 8,
  /** What people call a unit, though the Postal Service has no designator for it. */
  unit: 16,
  /** First of two words that together are a unit's designator. */
  doubleUnit: 32,
  /** Overseas mail, perhaps. */
  military: 64,
  /** Joins two streets, perhaps. */
  crossing: 128,
  /** Begins the type of a numbered road. */
  road: 256,
} as const

/** The words of each cue but the roads', whose types tell theirs. */
export const CUE_WORDS: Readonly<Record<Exclude<keyof typeof CUE, 'road'>, string>> = {
  distance: 'MILE MILEPOST MP MM MI KM KILOMETRO KILOMETER',
  calle: 'CALLE AVENIDA',
  block: 'BLQ BLOQUE BLOQ',
  unit: 'STUDIO FLAT VILLA TOWER CONDO COTTAGE CABIN LOFT TOWNHOUSE TOWNHOME CASITA SITE PAD BAY DOOR WING DORM STALL BOOTH BERTH GARAGE CHALET BUNGALOW LEVEL DUPLEX TRIPLEX DOCK BLOCK',
  doubleUnit: 'PRIVATE MAIL RV STORAGE',
  military: 'PSC CMR OMC UNIT',
  crossing: '& AND @ AT X',
  county: 'COUNTY CNTY CO PARISH BOROUGH',
}
