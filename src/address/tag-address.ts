import { KIND, lookUp } from './lexicon.ts'
import { findPlacesOfZip, findStatesOfPlace, placeWord } from './place-names.ts'
import { matchRoadType } from './road-types.ts'
import { TAG, type Tag } from './tags.ts'
import type { Tokens } from './tokenize.ts'

const isDigit = (code: number) => code >= 48 && code <= 57
const startsWithDigit = (key: string | undefined) => key !== undefined && isDigit(key.charCodeAt(0))

function isZip(key: string): boolean {
  return /^\d{5}(?:-?\d{4})?$/u.test(key)
}

/** Says for each word which part of the address it belongs to. */
export function tagAddress({ keys, breaks }: Tokens): Tag[] {
  const count = keys.length
  const tags: Tag[] = Array.from({ length: count }, () => TAG.other)
  let end = count
  if (end > 2 && (lookUp(keys[end - 1] ?? '').kinds & KIND.country) !== 0) {
    tags[--end] = TAG.country
  } else if (end > 2 && keys[end - 2] === 'UNITED' && keys[end - 1] === 'STATES') {
    tags[--end] = TAG.country
    tags[--end] = TAG.country
  }
  let zip = ''
  if (end > 2 && /^\d{4}$/u.test(keys[end - 1] ?? '') && /^\d{5}$/u.test(keys[end - 2] ?? '')) {
    tags[--end] = TAG.plus4
    tags[--end] = TAG.zip
    zip = keys[end] ?? ''
  } else if (end > 0 && isZip(keys[end - 1] ?? '') && (end > 1 || count === 1)) {
    const before = lookUp(keys[end - 2] ?? '')
    if (
      ((before.kinds & (KIND.unit | KIND.box)) === 0 || (before.kinds & KIND.stateCode) !== 0) &&
      keys[end - 2] !== '#'
    ) {
      tags[--end] = TAG.zip
      zip = (keys[end] ?? '').slice(0, 5)
    }
  }
  let state: string | undefined
  for (let width = 3; width >= 1 && state === undefined; width--) {
    if (end - width < 0) continue
    const word = lookUp(keys.slice(end - width, end).join(' '))
    if (word.state === undefined) continue
    if (width === 1 && !zip && (word.kinds & (KIND.suffix | KIND.directional)) !== 0 && !breaks[end - 1] && end > 1)
      continue
    state = word.state
    for (let i = end - width; i < end; i++) tags[i] = TAG.state
    end -= width
  }
  const streetEnd = tagCity(keys, breaks, tags, end, state, zip)
  tagDelivery(keys, breaks, tags, streetEnd)
  return tags
}

/** Tags the city before `end` and answers where it begins. */
function tagCity(
  keys: readonly string[],
  breaks: readonly boolean[],
  tags: Tag[],
  end: number,
  state: string | undefined,
  zip: string,
): number {
  const places = zip ? findPlacesOfZip(zip) : undefined
  let from = end
  let best = end
  for (let width = 1; width <= 4 && end - width >= 0; width++) {
    from = end - width
    const name = keys.slice(from, end).map(placeWord).join(' ')
    const states = findStatesOfPlace(name)
    const known =
      places?.includes(name) ||
      (states !== undefined && (state === undefined ? breaks[from] || zip !== '' : states.includes(state)))
    if (known && !startsWithDigit(keys[from])) best = from
  }
  if (best === end && (state !== undefined || zip !== '' || end < keys.length)) {
    for (let i = end - 1; i > 0 && end - i <= 4; i--) if (breaks[i]) best = Math.min(best, i)
    if (startsWithDigit(keys[best]) || keys[best] === '#' || (lookUp(keys[best] ?? '').kinds & KIND.unit) !== 0)
      best = end
  }
  for (let i = best; i < end; i++) tags[i] = TAG.city
  return best
}

function tagDelivery(keys: readonly string[], breaks: readonly boolean[], tags: Tag[], end: number): void {
  let at = 0
  while (at < end && !startsWithDigit(keys[at]) && (lookUp(keys[at] ?? '').kinds & KIND.box) === 0) at++
  const boxAt = keys.findIndex((key, i) => i < end && (lookUp(key).kinds & KIND.box) !== 0)
  if (boxAt >= 0) {
    let from = boxAt
    if (keys[from - 1] === 'PO' || keys[from - 1] === 'OFFICE') from -= keys[from - 1] === 'PO' ? 1 : 2
    else if (keys[from - 1] === 'O' && keys[from - 2] === 'P') from -= 2
    const rural = ['RR', 'HC', 'RURAL', 'HCR', 'RFD', 'PSC', 'UNIT', 'CMR'].findIndex((word) => keys[0] === word)
    if (rural >= 0) from = 0
    const tag = rural < 0 ? TAG.poBox : rural < 5 ? TAG.ruralRoute : TAG.military
    let to = boxAt + 1
    while (to < end && (keys[to] === '#' || startsWithDigit(keys[to]) || (keys[to] ?? '').length === 1)) to++
    for (let i = from; i < to; i++) tags[i] = tag
    if (from === 0) return
    end = from
    at = Math.min(at, end)
    while (at < end && !startsWithDigit(keys[at])) at++
  }
  if (at >= end) {
    if (end === 0 || boxAt >= 0) return
    at = 0
    const last = lookUp(keys[end - 1] ?? '')
    if ((last.kinds & (KIND.suffix | KIND.directional)) !== 0 || matchRoadType(keys, 0, end))
      for (let i = 0; i < end; i++) tags[i] = TAG.street
    return
  }
  const ordinal = /^\d+(?:ST|ND|RD|TH)$/u.test(keys[at] ?? '')
  if (!ordinal) {
    tags[at++] = TAG.number
    if (at < end && /^\d\/\d$/u.test(keys[at] ?? '')) tags[at++] = TAG.number
  }
  const from = at
  for (; at < end; at++) {
    const word = lookUp(keys[at] ?? '')
    if (keys[at] === '#' && at > from) break
    if (at > from && (word.kinds & (KIND.unit | KIND.loneUnit)) !== 0 && (word.kinds & KIND.suffix) === 0) break
    if (at > from + 1 && breaks[at] && (word.kinds & KIND.directional) === 0) break
    tags[at] = TAG.street
  }
  for (; at < end; at++) tags[at] = TAG.unit
}
