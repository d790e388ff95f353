import stateRows from './data/states.json' with { type: 'json' }

/** A state, the District of Columbia, a territory, a freely associated state or a military region of the mail. */
export interface State {
  /** The two letters of the USPS. */
  readonly code: string
  readonly name: string
  /** The two digits of the Census Bureau; military regions and freely associated states have none here. */
  readonly fips?: string | undefined
  /** Further upper-case spellings. */
  readonly variants: readonly string[]
}

/** All that the last line of a US address may name as a state, by code. */
export const STATES: readonly State[] = stateRows

const stateByCode = new Map(STATES.map((state) => [state.code, state]))
const stateByFips = new Map(STATES.flatMap((state) => (state.fips === undefined ? [] : [[state.fips, state] as const])))
const stateBySpelling = new Map(
  STATES.flatMap((state) => [state.code, state.name.toUpperCase(), ...state.variants].map((text) => [text, state])),
)

/** The state with this two-letter code, in upper case. */
export function findStateByCode(code: string): State | undefined {
  return stateByCode.get(code)
}

/** The state with this two-digit FIPS code. */
export function findStateByFips(fips: string): State | undefined {
  return stateByFips.get(fips)
}

/** The state of this spelling: code, name or a known abbreviation, in any case, with or without periods. */
export function findState(text: string): State | undefined {
  const key = text.replaceAll('.', ' ').replaceAll(/\s+/gu, ' ').trim().toUpperCase()
  return stateBySpelling.get(key) ?? stateBySpelling.get(key.replaceAll(' ', ''))
}
