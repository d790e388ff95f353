import { isNumberSign } from './number-sign.ts'

const HIGHWAY_CONTRACTS = new Set(['HC', 'HCR', 'STAR', 'CONTRACT', 'HIGHWAY', 'HWY', 'H'])

/**
 * A rural or highway contract route with its box as Publication 28, sections 24 and 25, writes it: `RR 2 BOX 18A`,
 * `HC 66 BOX 4`. All older names (RFD, Star Route, Rural Route) become these two.
 */
export function standardizeRuralRoute(keys: readonly string[], from: number, end: number): string {
  const highway = HIGHWAY_CONTRACTS.has(keys[from] ?? '')
  const box = findBox(keys, from, end)
  let number = ''
  for (let i = from; i < (box < 0 ? end : box); i++) {
    const key = keys[i] ?? ''
    if (/\d/u.test(key) || (i > from && key.length <= 2 && /^[A-Z]+$/u.test(key) && !ROUTE_WORDS.has(key))) number = key
  }
  const route = `${highway ? 'HC' : 'RR'}${number ? ` ${number.replace(/^0+(?=\d)/u, '')}` : ''}`
  return box < 0 ? route : `${route} BOX ${joinAfter(keys, box, end)}`
}

const ROUTE_WORDS = new Set(['R', 'RT', 'RR', 'RD', 'D', 'PO', 'HC', 'C', 'NO'])

/** Overseas military mail: unit or PSC, then box, whatever the order in the text: `UNIT 2050 BOX 4190`. */
export function standardizeMilitary(keys: readonly string[], from: number, end: number): string {
  const box = findBox(keys, from, end)
  if (box < 0) return keys.slice(from, end).join(' ')
  if (box > from) return `${keys.slice(from, box).join(' ')} BOX ${joinAfter(keys, box, end)}`
  const unit = keys.findIndex((key, i) => i > from && i < end && (key === 'PSC' || key === 'CMR' || key === 'UNIT'))
  if (unit < 0) return `BOX ${joinAfter(keys, box, end)}`
  return `${keys.slice(unit, end).join(' ')} BOX ${joinAfter(keys, box, unit)}`
}

function findBox(keys: readonly string[], from: number, end: number): number {
  for (let i = from; i < end; i++) if (keys[i] === 'BOX' || keys[i] === 'BX' || keys[i] === 'BO') return i
  return -1
}

/** The box number: words behind `BOX`, signs left out, a single letter joined to its number. */
function joinAfter(keys: readonly string[], box: number, end: number): string {
  let text = ''
  for (let i = box + 1; i < end; i++) {
    const key = keys[i] ?? ''
    if (!isNumberSign(key)) text += key
  }
  return text
}

/** Whether words are a route of the mail, and not the highway that they sound like: `HWY 80` is a street. */
export function isRoute(keys: readonly string[], from: number, end: number): boolean {
  if (keys[from] !== 'HIGHWAY' && keys[from] !== 'HWY') return true
  return keys[from + 1] === 'CONTRACT' || findBox(keys, from, end) >= 0
}

/** Whether words name a box: by its word, or as "POST OFFICE 20387" by their number. */
export function isBox(keys: readonly string[], from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (BOXES.has(keys[i] ?? '') || /\d/u.test(keys[i] ?? '')) return true
  return false
}

/** First word of a box's number behind its designator words; `end` where it has none. */
export function findBoxNumber(keys: readonly string[], from: number, end: number): number {
  let at = from
  while (at < end && !BOXES.has(keys[at] ?? '')) at++
  // "POST OFFICE 20387"
  if (at === end) for (at = from; at < end && BOX_WORDS.has(keys[at] ?? '');) at++
  // "P O B 44"
  if (at > from && keys[at] === 'B' && at + 1 < end) at++
  // "PO BOX O": behind the word itself a letter is a number
  while (at < end && BOXES.has(keys[at] ?? '')) at++
  while (at < end && isNumberSign(keys[at])) at++
  return at
}

const BOXES = new Set('BOX BX POB POBOX OBOX DRAWER LOCKBOX LB LBX CALLER APARTADO'.split(' '))
const BOX_WORDS = new Set([...BOXES, ...'PO P O POST OFFICE LOCK FIRM'.split(' ')])

/** Whether mail is to be kept at the post office: "General Delivery", "Gen Del", "General Deliv". */
export function isGeneralDelivery(keys: readonly string[], from: number): boolean {
  return (keys[from] === 'GENERAL' || keys[from] === 'GEN') && /^DE?LI?V?E?R?Y?$/u.test(keys[from + 1] ?? '')
}
