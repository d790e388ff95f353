import { dropCaption, dropMailAddress, dropNoise } from './drop-noise.ts'
import { findWord, lookUp, shapeWord, type Word } from './lexicon.ts'
import type { Tokens } from './tokens.ts'
import { WORD_CLASS } from './word-classes.ts'
import { hashNext } from './word-table.ts'

/** Words that people glue to the number behind them: `APT4`, `I10`, `POBOX12`. */
const GLUED = new Map(
  'APT STE SUITE UNIT BLDG RM ROOM LOT SPC TRLR BOX POBOX POB PMB RR HC HCR RFD PSC CMR I IH US SR CR FM HWY SH FL FLR DEPT'
    .split(' ')
    .map((word) => [word, word]),
)

/** Whether letters before a hyphen and a number are a word of their own: `US-31`, `KY-80`, `APT-4`. */
const isDesignator = (letters: string) => GLUED.has(letters) || lookUp(letters).state !== undefined

const isDigit = (code: number) => code >= 48 && code <= 57
const isUpper = (code: number) => code >= 65 && code <= 90

/** What a character does in a text, one for each of ASCII; all beyond are letters. */
const ROLE = { blank: 0, letter: 1, digit: 2, mark: 3, sign: 4, break: 5, hyphen: 6, colon: 7 } as const
const ROLES = Uint8Array.from({ length: 128 }, (_, code) => {
  if (isDigit(code)) return ROLE.digit
  if (isUpper(code)) return ROLE.letter
  const character = String.fromCharCode(code)
  if ("./'`".includes(character)) return ROLE.mark
  if ('#&@'.includes(character)) return ROLE.sign
  if (',;\n\r()|'.includes(character)) return ROLE.break
  if (character === ':' || character === '=') return ROLE.colon
  return character === '-' ? ROLE.hyphen : ROLE.blank
})
const roleOf = (code: number): number => (code < 128 ? ROLES[code]! : ROLE.letter)

/** One character in upper case without its accents; a blank for all that is neither letter, digit nor ASCII. */
function fold(character: string): string {
  if (character < '\u0080') return character.toUpperCase()
  // "123½" is 123 1/2
  if (/[\u00bc-\u00be\u2150-\u215e]/u.test(character)) return ` ${character.normalize('NFKD').replace('\u2044', '/')}`
  if (character === '\u2116') return '#'
  if (/[\u2010-\u2015]/u.test(character)) return '-'
  if (/[\u00b4\u02bb-\u02bd\u2018\u2019\u2032]/u.test(character)) return "'"
  if (/[\p{Cf}\p{Mn}]/u.test(character)) return ''
  const folded = character
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toUpperCase()
  return /^[\p{L}\p{N}/]+$/u.test(folded) ? folded : ' '
}

const noTokens = (): Tokens => ({ keys: [], starts: [], ends: [], breaks: [], hyphens: [], words: [] })

export function tokenize(text: string): Tokens {
  const plain = noTokens()
  if (cut(text, text.toUpperCase(), plain, 127)) return plain
  const tokens = noTokens()
  let upper = ''
  let cased = ''
  const offsets: number[] = []
  let at = 0
  for (const character of text) {
    const folded = fold(character)
    for (let i = 0; i < folded.length; i++) offsets.push(at)
    upper += folded
    cased += character < '\u0080' ? character : folded
    at += character.length
  }
  offsets.push(at)
  cut(cased, upper, tokens, 0xffff)
  for (let i = 0; i < tokens.keys.length; i++) {
    const last = offsets[(tokens.ends[i] ?? 0) - 1] ?? 0
    tokens.starts[i] = offsets[tokens.starts[i] ?? 0] ?? 0
    tokens.ends[i] = last + (text.codePointAt(last)! > 0xffff ? 2 : 1)
  }
  return tokens
}

/**
 * Cuts an upper-case text into words; false, and not to the end, when it holds a character beyond `highest`. `cased` is
 * the text as it was typed, letter for letter.
 */
function cut(cased: string, upper: string, tokens: Tokens, highest: number): boolean {
  const length = upper.length
  let breaks = false
  /** Word behind which a hyphen stands between blanks. */
  let dash = -1
  let at = 0
  while (at < length) {
    const code = upper.charCodeAt(at)
    if (code > highest) return false
    const role = roleOf(code)
    if (role === ROLE.sign) {
      const mail = code === 64 ? dropMailAddress(tokens, upper, at) : at
      if (mail > at) {
        at = mail
        continue
      }
      const entity = code === 38 ? ENTITY.exec(upper.slice(at, at + 6)) : null
      if (entity === null || entity[0] === '&AMP;') push(tokens, upper[at] ?? '', at, at + 1, breaks, false)
      breaks = false
      at += entity?.[0].length ?? 1
      continue
    }
    if (role !== ROLE.letter && role !== ROLE.digit) {
      if (role === ROLE.break) breaks = true
      else if (role === ROLE.hyphen) dash = tokens.keys.length - 1
      else if (role === ROLE.colon) {
        // "Darien, CT: 31 Hoyt St"
        if (dropCaption(tokens) || tokens.words.at(-1)?.state !== undefined) breaks = true
        dash = -1
      } else if (code === 60) {
        const tag = TAG.exec(upper.slice(at, at + MAX_TAG_LENGTH))
        if (tag !== null) {
          breaks ||= tag[1] !== undefined
          at += tag[0].length - 1
        }
      }
      // a line end that came through as "\\n"
      else if (code === 92 && upper.charCodeAt(at + 1) === 78) {
        breaks = true
        at++
      }
      at++
      continue
    }
    const start = at
    let plain = true
    let hash = 0
    // letters, then digits: perhaps a designator glued to its number
    let glued = 0
    while (at < length) {
      const next = upper.charCodeAt(at)
      if (next > highest) return false
      const nextRole = roleOf(next)
      if (nextRole === ROLE.letter || nextRole === ROLE.digit) {
        if (glued === 0 && nextRole === ROLE.digit && at > start && plain) glued = at
        hash = hashNext(hash, next)
        at++
      } else if (nextRole === ROLE.mark || nextRole === ROLE.hyphen) {
        plain = false
        at++
      } else break
    }
    if (plain) pushPlain(tokens, cased, upper, start, at, hash, glued, breaks)
    else pushMarked(tokens, upper.slice(start, at), start, breaks)
    if (dash >= 0 && isDigit(tokens.keys[dash]!.charCodeAt(0)) && isDigit(upper.charCodeAt(start))) {
      // "100 - 102 Main St", "Salem, OR 97301 - 12 Main St"
      const isZip = tokens.keys[dash]!.length === 5 && tokens.words[dash - 1]?.state !== undefined
      if (isZip && at - start !== 4) tokens.breaks[dash + 1] = true
      else tokens.hyphens[dash + 1] = true
    }
    dash = -1
    breaks = role === ROLE.digit && dropNoise(tokens)
  }
  return true
}

/** A tag of a web page, which ends the line by its name or does not. */
const TAG = /^<\/?(?:(BR|DIV|P|LI|TD|TR)|[A-Z]+)\b[^>]*>/u
const MAX_TAG_LENGTH = 60

/** What web pages write for `&`, a quotation mark or a blank. */
const ENTITY = /^&(?:AMP|NBSP|QUOT|#39);/u

/** A word of letters and digits, found in the word lists where it stands in the text. */
function pushPlain(
  tokens: Tokens,
  cased: string,
  upper: string,
  start: number,
  end: number,
  hash: number,
  glued: number,
  breaks: boolean,
): void {
  const word = findWord(upper, start, end, hash)
  if (word !== undefined) {
    put(tokens, word.text, word, start, end, breaks, false)
    return
  }
  const text = upper.slice(start, end)
  if (glued > 0 && isUpper(upper.charCodeAt(start))) {
    pushWord(tokens, text, start, breaks, false)
    return
  }
  const seam = isUpper(upper.charCodeAt(end - 1)) ? findSeam(tokens, cased, text, start) : 0
  if (seam > 0) {
    push(tokens, text.slice(0, seam), start, start + seam, breaks, false)
    push(tokens, text.slice(seam), start + seam, end, false, false)
  } else put(tokens, text, shapeWord(text), start, end, breaks, false)
}

/**
 * Where two words were run together: behind a suffix ("RoadHelotes"), before a suffix or a state that begins with a
 * capital letter ("MainSt", "SpringfieldIL"), between number and name ("185Johnson", "5thAve"), in a grid ("S 900E"); 0 where
 * there is none.
 */
function findSeam({ words }: Tokens, cased: string, word: string, start: number): number {
  if (isDigit(word.charCodeAt(0))) {
    const crossing = CROSSINGS[words.at(-1)?.directional ?? '']
    if (crossing?.includes(word.at(-1) ?? '') && /^\d{2,}.$/u.test(word)) return word.length - 1
    return NUMBER_BEFORE_NAME.exec(word)?.[0].length ?? 0
  }
  for (let seam = 3; seam < word.length - 1; seam++) {
    if (!isUpper(cased.charCodeAt(start + seam)) || isUpper(cased.charCodeAt(start + seam - 1))) continue
    if (lookUp(word.slice(0, seam)).kind === WORD_CLASS.suffix) return seam
    const { kind, state } = lookUp(word.slice(seam))
    return kind === WORD_CLASS.suffix || kind === WORD_CLASS.street || state !== undefined ? seam : 0
  }
  return 0
}

const CROSSINGS: Readonly<Record<string, string>> = { N: 'EW', S: 'EW', E: 'NS', W: 'NS' }

/** Digits before four letters or more or a short tree, an ordinal before two or more, a floor's number. */
const NUMBER_BEFORE_NAME = /^\d+(?:(?:ST|ND|RD|TH)(?=[A-Z]{2,}$)|(?=(?:[A-Z]{4,}|ELM|OAK|ASH|FIR|IVY|FLR?)$))/u

function push(tokens: Tokens, key: string, start: number, end: number, breaks: boolean, hyphen: boolean): void {
  put(tokens, key, lookUp(key), start, end, breaks, hyphen)
}

function put(
  tokens: Tokens,
  key: string,
  word: Word,
  start: number,
  end: number,
  breaks: boolean,
  hyphen: boolean,
): void {
  tokens.keys.push(key)
  tokens.starts.push(start)
  tokens.ends.push(end)
  tokens.breaks.push(breaks)
  tokens.hyphens.push(hyphen)
  tokens.words.push(word)
}

/** A word of letters and digits alone: cut where letters that are a known designator meet a number. */
function pushWord(tokens: Tokens, word: string, start: number, breaks: boolean, hyphen: boolean): void {
  const length = word.length
  if (length > 1 && isUpper(word.charCodeAt(0))) {
    let digits = 1
    while (digits < length && !isDigit(word.charCodeAt(digits))) digits++
    const glued = digits < length && digits <= 8 ? GLUED.get(word.slice(0, digits)) : undefined
    if (glued !== undefined) {
      push(tokens, glued, start, start + digits, breaks, hyphen)
      push(tokens, word.slice(digits), start + digits, start + length, false, false)
      return
    }
    // "IL62701"
    if (digits === 2 && length === 7 && lookUp(word.slice(0, 2)).state !== undefined && /^\d+$/u.test(word.slice(2))) {
      push(tokens, word.slice(0, 2), start, start + 2, breaks, hyphen)
      push(tokens, word.slice(2), start + 2, start + length, false, false)
      return
    }
  }
  push(tokens, word, start, start + length, breaks, hyphen)
}

/** A word with periods, apostrophes, hyphens or slashes in it. */
function pushMarked(tokens: Tokens, word: string, start: number, breaks: boolean): void {
  // "1000 I-10"; at the begin of a line it is a house number of Puerto Rico
  if (tokens.keys.length > 0 && /^I-\d{1,3}$/u.test(word)) {
    push(tokens, 'I', start, start + 1, breaks, false)
    push(tokens, word.slice(2), start + 2, start + word.length, false, true)
    return
  }
  const slash = word.indexOf('/')
  if (slash > 1 && isUpper(word.charCodeAt(slash + 1)) && endsInSuffix(word.slice(0, slash))) {
    pushMarked(tokens, word.slice(0, slash), start, breaks)
    push(tokens, '&', start + slash, start + slash + 1, false, false)
    pushMarked(tokens, word.slice(slash + 1), start + slash + 1, false)
    return
  }
  let from = 0
  let first = true
  let hyphen = false
  const length = word.length
  while (from < length) {
    while (from < length && isMark(word.charCodeAt(from))) from++
    if (from >= length) return
    let to = from
    while (to < length && !splits(word, to, from)) to++
    let end = to
    while (end > from && isMark(word.charCodeAt(end - 1))) end--
    const key = word.slice(from, end).replaceAll(/[.'`](?!\d)|(?<!\d)[.'`]/gu, '')
    if (key === word.slice(from, end)) pushWord(tokens, key, start + from, first && breaks, hyphen)
    else push(tokens, key, start + from, start + Math.min(length, end), first && breaks, hyphen)
    first = false
    hyphen = word.charCodeAt(to) === 45
    from = to + 1
  }
}

/** "Main St/Elm St" is a corner. */
const endsInSuffix = (word: string) => {
  const { kind } = lookUp(word.replaceAll('.', ''))
  return kind === WORD_CLASS.suffix || kind === WORD_CLASS.street
}

const isMark = (code: number) => code === 46 || code === 39 || code === 45 || code === 47 || code === 96

/**
 * Whether the mark at `at` parts two words: a period between longer pieces (`ST.LOUIS`, not `N.W.` or `3.5`), a hyphen
 * between words of letters (`WILKES-BARRE`, not `112-10` or `A-B`), a slash between longer pieces (`14A/14TH`, not `1/2` or `C/O`).
 */
function splits(word: string, at: number, from: number): boolean {
  const code = word.charCodeAt(at)
  if (code === 39 || code === 96) return false
  const before = word.charCodeAt(at - 1)
  const after = word.charCodeAt(at + 1)
  if (code === 47) return at - from > 2 && word.length - at > 3 && !(isDigit(before) && isDigit(after))
  if (code !== 46 && code !== 45) return false
  if (code === 45) {
    if (isDigit(after)) {
      // "3-9th Ave" is number 3 in the 9th Avenue, "US-31" a road
      if (isDigit(before)) return /^\d+(?:ST|ND|RD|TH)$/u.test(word.slice(at + 1))
      // "OAK ST-3B" has a unit
      return at - from > 1 && (isDesignator(word.slice(from, at)) || endsInSuffix(word.slice(from, at)))
    }
    return isUpper(before) && isUpper(after) && (isUpper(word.charCodeAt(at - 2)) || isUpper(word.charCodeAt(at + 2)))
  }
  if (isDigit(before) && isDigit(after)) return false
  if (Number.isNaN(after) || isMark(after)) return false
  let pieces = 0
  for (let i = from; i < at; i++) if (word.charCodeAt(i) !== 46) pieces++
  const dotted = at - from + 1 - pieces
  const oneLetterEach = pieces === dotted
  if (!oneLetterEach) return true
  const afterNext = word.charCodeAt(at + 2)
  return !(Number.isNaN(afterNext) || afterNext === 46)
}
