import type { Tokens } from './tokens.ts'
import { WORD_CLASS } from './word-classes.ts'

/** Words that are a form's caption at a line's begin and before a colon: "Ship to:", "Street Address:". */
const CAPTION_WORDS = new Set(
  'ADDRESS ADDR STREET LINE 1 2 CITY TOWN STATE PROVINCE ZIP ZIPCODE CODE POSTAL COUNTRY PHONE TEL EMAIL MAIL WHERE LOCATION SHIP BILL SEND DELIVER TO MY HOME WORK OFFICE BUSINESS MAILING SHIPPING BILLING DELIVERY PHYSICAL SERVICE INSTALL INSTALLATION PROPERTY SITE RESIDENTIAL RESIDENCE CURRENT NEW OLD'.split(
    ' ',
  ),
)
/** Those that are one in the middle of a line too: "910 Alder Ave City: Moscow State: ID Zip: 83843". */
const INNER_CAPTIONS = new Set('CITY STATE ZIP ZIPCODE COUNTRY PHONE TEL'.split(' '))
const PHONE_CAPTIONS = new Set('PHONE TEL TELEPHONE CELL MOBILE FAX CALL PH'.split(' '))

/** Takes the words of a caption off that a colon follows; whether there were some. */
export function dropCaption(tokens: Tokens): boolean {
  const { keys, words, breaks } = tokens
  let from = keys.length
  while (from > 0 && CAPTION_WORDS.has(keys[from - 1]!) && breaks[from] !== true) from--
  if (from === keys.length) return false
  if (from > 0 && breaks[from] !== true) {
    const address = keys.indexOf('ADDRESS', from)
    if (address > 0) from = address
    else from = keys.length - (keys.at(-1) === 'CODE' && keys.at(-2) === 'ZIP' ? 2 : 1)
    if (address <= 0 && !INNER_CAPTIONS.has(keys[from]!)) return false
    // "Kansas City: 12 Main St"
    if (keys[from] === 'CITY' && words[from - 1]!.place !== 0 && words[from - 1]!.suffix === undefined) return false
  }
  cutOff(tokens, from)
  return true
}

/**
 * Takes off what the last word, one that begins with a digit, shows to be no part of an address: a telephone number, the
 * code of a door, the caption of a ZIP code. Whether a comma may be thought in its place.
 */
export function dropNoise(tokens: Tokens): boolean {
  const { keys, words } = tokens
  const last = keys.length - 1
  if (last > 0 && dropAccessCode(tokens)) return true
  switch (words[last]!.kind) {
    case WORD_CLASS.digit4:
      if (last > 1 && words[last - 1]!.kind === WORD_CLASS.digit3 && words[last - 2]!.kind === WORD_CLASS.digit3) {
        return dropPhone(tokens, last - 2)
      }
      return false
    case WORD_CLASS.digitsHyphenDigits:
      if (last > 0 && words[last - 1]!.kind === WORD_CLASS.digit3 && LOCAL_PHONE.test(keys[last]!)) {
        return dropPhone(tokens, last - 1)
      }
      return PHONE.test(keys[last]!) && dropPhone(tokens, last)
    case WORD_CLASS.grid:
      // "208.555.0182"
      return PHONE.test(keys[last]!) && dropPhone(tokens, last)
    case WORD_CLASS.zipDigits:
    case WORD_CLASS.zipPlus4:
      dropZipCaption(tokens, last)
      return false
    default:
      return false
  }
}

/** What people tell the driver to press or to look up, before its number: "buzzer 12", "parcel 0123". */
const ACCESS_WORDS = new Set('BUZZER BUZZ INTERCOM KEYPAD CALLBOX GATECODE DOORCODE APN PARCEL'.split(' '))
/** Those that need a word more: "gate code 77", "call box 12". */
const ACCESS_CODES: Readonly<Record<string, ReadonlySet<string>>> = {
  CODE: new Set('GATE DOOR ENTRY ACCESS SECURITY BUZZER KEYPAD LOCKBOX GARAGE CALLBOX LOBBY'.split(' ')),
  BOX: new Set(['CALL']),
  NUMBER: new Set(['PARCEL', 'BUZZER', 'GATE']),
}

/** Takes the code of a door or the number of a parcel off, with the words before it: "gate code: 77". */
function dropAccessCode(tokens: Tokens): boolean {
  const { keys } = tokens
  let at = keys.length - 2
  const isSigned = keys[at] === '#'
  if (isSigned) at--
  const word = keys[at] ?? ''
  if (!ACCESS_WORDS.has(word)) {
    // a gate with few digits may be where one is to go: "Gate 5"
    const isGateCode = isSigned && word === 'GATE' && keys.at(-1)!.length > 3
    if (!isGateCode && !(Object.hasOwn(ACCESS_CODES, word) && ACCESS_CODES[word]!.has(keys[--at] ?? ''))) return false
  }
  cutOff(tokens, at)
  return true
}

const PHONE = /^(?:1[-.])?\d{3}[-.]\d{3}[-.]\d{4}$/u
const LOCAL_PHONE = /^\d{3}[-.]\d{4}$/u

function dropPhone(tokens: Tokens, from: number): true {
  const { keys, words } = tokens
  let first = from
  // the country's code, "+1 208 555 0182"
  if (first > 1 && keys[first - 1] === '1' && words[first - 2]!.unit === undefined && keys[first - 2] !== '#') first--
  while (first > 0 && PHONE_CAPTIONS.has(keys[first - 1]!)) first--
  cutOff(tokens, first)
  return true
}

/** Letters of the part before the sign (RFC 5321). */
const MAX_MAIL_NAME = 64

/** What an e-mail address goes on with from its sign. */
const MAIL_HOST = /^@[A-Z\d-]+(?:\.[A-Z\d-]+)+/u

/** Takes the beginning of an e-mail address off that goes on at the sign `at` of the text; where it ends, `at` for none. */
export function dropMailAddress(tokens: Tokens, text: string, at: number): number {
  const host = MAIL_HOST.exec(text.slice(at, at + 80))
  const { keys, starts } = tokens
  const name = text.slice(Math.max(0, at - MAX_MAIL_NAME), at)
  if (host === null || name === '' || name.endsWith(' ')) return at
  const start = at - name.length + name.lastIndexOf(' ') + 1
  let first = keys.length
  while (first > 0 && starts[first - 1]! >= start) first--
  if (first > 0 && MAIL_CAPTIONS.has(keys[first - 1]!)) first--
  cutOff(tokens, first)
  return at + host[0].length
}

const MAIL_CAPTIONS = new Set(['EMAIL', 'MAIL'])

/** "ID zip code 83843" */
function dropZipCaption({ keys, starts, ends, breaks, hyphens, words }: Tokens, zip: number): void {
  let from = zip
  if (from > 1 && keys[from - 1] === 'CODE') from--
  if (from === 0 || (keys[from - 1] !== 'ZIP' && keys[from - 1] !== 'ZIPCODE')) return
  from--
  for (const row of [keys, starts, ends, breaks, hyphens, words]) row.splice(from, zip - from)
}

function cutOff({ keys, starts, ends, breaks, hyphens, words }: Tokens, count: number): void {
  for (const row of [keys, starts, ends, breaks, hyphens, words]) row.length = count
}
