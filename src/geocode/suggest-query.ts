import { findState, STATES } from '../address/index.ts'
import type { State } from '../address/index.ts'
import { lookUp, spellSuffix } from '../address/lexicon.ts'
import { cityKey } from '../dataset/streets/city-key.ts'
import { streetNameKey } from '../dataset/streets/street-name-key.ts'
import type { StreetVariant } from '../dataset/streets/street-index.ts'

/** The beginning of an address as it is being typed, taken one way. */
export interface SuggestQuery {
  readonly numberText: string | undefined
  /** Letters that the name's key is or begins with. */
  readonly nameKey: string
  /** Whether the name is typed to its end, since something else follows it. */
  readonly isNameWhole: boolean
  /** Whether a street with these directionals and suffix fits what is typed so far. */
  readonly fits: (street: StreetVariant) => boolean
  /** Letters that the city's key begins with; empty when none are typed. */
  readonly cityStart: string
  readonly state: string | undefined
  /** Digits that the ZIP begins with; empty when none are typed. */
  readonly zipStart: string
}

const MAX_WORDS = 12
/** Words of a city that may follow a street without a comma. */
const MAX_CITY_WORDS = 3

/**
 * The ways to take what has been typed, the likeliest first: which words are the street's name, which its suffix and
 * directionals (the last of them perhaps unfinished), and, without a comma, which already name the city.
 */
export function* readSuggestQuery(text: string): Generator<SuggestQuery> {
  const [typed = '', ...rest] = text.toUpperCase().split(',')
  const words = wordsOf(typed)
  const numberText = /^\d/.test(words[0] ?? '') && words.length > 1 ? words.shift() : undefined
  if (words.length === 0) return
  if (rest.length > 0) {
    for (const lastLine of readLastLines(wordsOf(rest.join(' ')))) {
      yield* readStreetWords(words, numberText, 'whole', lastLine)
    }
    return
  }
  yield* readStreetWords(words, numberText, /\s$/.test(text) ? 'word' : 'letters', NO_LAST_LINE)
  for (let end = words.length - 1; end > 0 && end >= words.length - MAX_CITY_WORDS - 2; end--) {
    for (const lastLine of readLastLines(words.slice(end))) {
      yield* readStreetWords(words.slice(0, end), numberText, 'whole', lastLine)
    }
  }
}

const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/[^\p{L}\p{N}/&' -]/gu, '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS)

type LastLine = Pick<SuggestQuery, 'cityStart' | 'state' | 'zipStart'>

const NO_LAST_LINE: LastLine = { cityStart: '', state: undefined, zipStart: '' }

/** City, state and ZIP as far as they are typed; the last word may also be a state that is spelled out or unfinished. */
function* readLastLines(words: readonly string[]): Generator<LastLine> {
  const rest = [...words]
  const zipStart = /^\d{1,5}$/.test(rest.at(-1) ?? '') ? (rest.pop() ?? '') : ''
  const last = rest.at(-1)
  const code = last === undefined ? undefined : findState(last)?.code
  if (code !== undefined) {
    yield { zipStart, state: code, cityStart: cityKey(rest.slice(0, -1).join(' ')) }
    return
  }
  yield { zipStart, state: undefined, cityStart: cityKey(rest.join(' ')) }
  if (last === undefined || !STATES.some((state) => state.code.startsWith(last) || startsName(state, last))) return
  yield { zipStart, state: undefined, cityStart: cityKey(rest.slice(0, -1).join(' ')) }
}

function startsName({ name }: State, start: string): boolean {
  return name.toUpperCase().startsWith(start)
}

/**
 * `typedTo` tells where the typing stands: within the street's last word, behind it, or, with a city begun, behind the
 * whole street.
 */
function* readStreetWords(
  words: readonly string[],
  numberText: string | undefined,
  typedTo: 'letters' | 'word' | 'whole',
  lastLine: LastLine,
): Generator<SuggestQuery> {
  const first = lookUp(words[0] ?? '').directional
  const isUnfinished = typedTo === 'letters'
  for (const predirectional of first !== undefined && words.length > 1 ? [first, ''] : ['']) {
    const rest = predirectional === '' ? words : words.slice(1)
    for (const ends of [0, 1, 2]) {
      const name = rest.slice(0, rest.length - ends)
      if (name.length === 0) break
      const behind = rest.slice(name.length)
      if (!behind.every((word, index) => isBehindName(word, isUnfinished && index === behind.length - 1))) continue
      const nameKey = isUnfinished && ends === 0 ? unfinishedKey(name) : streetNameKey(name.join(' '))
      if (nameKey === '') continue
      yield {
        numberText,
        nameKey,
        isNameWhole: typedTo === 'whole' || ends > 0,
        fits: (street) =>
          (predirectional === '' || street.predirectional === predirectional) &&
          fitsBehind(street, behind, isUnfinished),
        ...lastLine,
      }
    }
  }
}

/** The last word is taken as it is: it may be the beginning of any word. */
function unfinishedKey(words: readonly string[]): string {
  const last = (words.at(-1) ?? '').replaceAll(/[^A-Z0-9]/g, '')
  const ordinal = /^(\d+)(?:S|ST|N|ND|R|RD|T|TH)?$/.exec(last)
  return streetNameKey(words.slice(0, -1).join(' ')) + (ordinal?.[1] ?? last)
}

function isBehindName(word: string, mayGoOn: boolean): boolean {
  return mayGoOn || lookUp(word).suffix !== undefined || lookUp(word).directional !== undefined
}

/** Whether the words behind the name are the street's suffix and postdirectional, or begin them. */
function fitsBehind(street: StreetVariant, behind: readonly string[], isUnfinished: boolean): boolean {
  const actual = [street.suffix, street.postdirectional].filter((part) => part !== '')
  let at = 0
  for (const [index, word] of behind.entries()) {
    const mayGoOn = isUnfinished && index === behind.length - 1
    while (at < actual.length && !isWord(actual[at] ?? '', word, mayGoOn)) at++
    if (at++ >= actual.length) return false
  }
  return true
}

function isWord(actual: string, word: string, mayGoOn: boolean): boolean {
  const { suffix, directional } = lookUp(word)
  if (suffix === actual || directional === actual) return true
  return mayGoOn && (spellSuffix(actual).startsWith(word) || actual.startsWith(word))
}
