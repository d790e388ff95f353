/** What people call a technology. */
export type TechnologyName = 'Fiber' | 'Cable' | 'DSL' | 'Fixed Wireless' | 'Satellite' | 'Other'

export type TechnologyCategory = 'Terrestrial' | 'Satellite'

const NAMES: Readonly<Record<number, TechnologyName>> = {
  0: 'Other',
  10: 'DSL',
  40: 'Cable',
  50: 'Fiber',
  60: 'Satellite',
  61: 'Satellite',
  70: 'Fixed Wireless',
  71: 'Fixed Wireless',
  72: 'Fixed Wireless',
}

const DETAILS: Readonly<Record<number, string>> = {
  0: 'Other',
  10: 'Copper wire',
  40: 'Coaxial cable',
  50: 'Fiber to the premises',
  60: 'Geostationary satellite',
  61: 'Non-geostationary satellite',
  70: 'Unlicensed fixed wireless',
  71: 'Licensed fixed wireless',
  72: 'Licensed-by-rule fixed wireless',
}

/** The technology of an FCC code in the words of the Hum API; copper is `DSL`, an unknown code `Other`. */
export function technologyName(technologyCode: number): TechnologyName {
  return NAMES[technologyCode] ?? 'Other'
}

/** The technology as the FCC distinguishes it: geostationary and other satellites, the kinds of spectrum. */
export function technologyDetail(technologyCode: number): string {
  return DETAILS[technologyCode] ?? 'Other'
}

export function technologyCategory(technologyCode: number): TechnologyCategory {
  return technologyName(technologyCode) === 'Satellite' ? 'Satellite' : 'Terrestrial'
}
