import stateRows from './data/states.json' with { type: 'json' }
import { mishear, misspell } from './misspellings.ts'

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

/** A misspelt word of a state's name: the state that it means, or that it only means so behind another word. */
interface MisspeltWord {
  readonly code: string
  readonly joins: boolean
}

/** Misspelt words of the states' names, by spelling. */
export const MISSPELT_STATE_WORDS = new Map<string, MisspeltWord>()

/** Shorter words are too near to others. */
const LETTERS_TO_MISSPELL = 6

for (const state of STATES) {
  for (const name of [state.name.toUpperCase(), ...state.variants]) {
    const [first = '', second, ...further] = name.split(' ')
    const word = second ?? first
    if (further.length > 0 || word.length < LETTERS_TO_MISSPELL) continue
    for (const text of [...misspell(word), ...mishear(word)]) {
      const spelling = second === undefined ? text : `${first} ${text}`
      if (stateBySpelling.has(spelling)) continue
      stateBySpelling.set(spelling, state)
      if (!MISSPELT_STATE_WORDS.has(text))
        MISSPELT_STATE_WORDS.set(text, { code: state.code, joins: second !== undefined })
    }
  }
}

/** Spellings of two words, each with its state's code: `NEW YORK`, `N DAK`, `SOUTH CAROLNA`. */
export const STATE_PAIRS: ReadonlyMap<string, string> = new Map(
  [...stateBySpelling].flatMap(([text, { code }]) => (/^\S+ \S+$/u.test(text) ? [[text, code] as const] : [])),
)

/** The state with this two-letter code, in upper case. */
export function findStateByCode(code: string): State | undefined {
  return stateByCode.get(code)
}

/** The state with this two-digit FIPS code. */
export function findStateByFips(fips: string): State | undefined {
  return stateByFips.get(fips)
}

/** The state of this spelling: code, name, a known abbreviation or slip, in any case, with or without periods. */
export function findState(text: string): State | undefined {
  const key = text.replaceAll('.', ' ').replaceAll(/\s+/gu, ' ').trim().toUpperCase()
  return stateBySpelling.get(key) ?? stateBySpelling.get(key.replaceAll(' ', ''))
}
