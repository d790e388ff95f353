import { CUE } from './cues.ts'
import { LABEL } from './labels.ts'
import { markCounty } from './mark-county.ts'
import { markDistance } from './mark-distance.ts'
import { markBlock, markCalle } from './mark-island-street.ts'
import { markCity, markCrossing, markMilitary, markStateInName, unmarkCorner } from './mark-stretches.ts'
import { findFirstNumber, markNumber } from './mark-number.ts'
import {
  joinStatePair,
  markUnknownCity,
  markLeadingLastLine,
  markStreetOfPlace,
  markTrailingCity,
  markZipBeforeCity,
} from './mark-last-line.ts'
import { followsBuilding, joinsNumber, joinsStreet, opensStreet, splitsNumber, standsInRear } from './mend-number.ts'
import { endsInUnit, findUnitCut, findUnitEnd, isFractionOfName, isNoUnit, isRemark } from './mend-unit.ts'
import { findPlace } from './place-names.ts'
import { matchRoadType } from './road-types.ts'
import { isGeneralDelivery } from './standardize-route.ts'
import { BEHIND_STREET, findStretchEnd, STRETCH } from './stretches.ts'
import type { Tokens } from './tokens.ts'
import { WORD_CLASS } from './word-classes.ts'

/** Puts labels right that the words around them rule out, before they are cut into parts. */
export function mendLabels(tokens: Tokens, labels: Uint8Array, cues: number): void {
  const { words } = tokens
  const count = words.length
  let number = -1
  let state = -1
  /** Bits of the labels that there are. */
  let seen = 0
  for (let i = 0; i < count; i++) {
    seen |= 1 << labels[i]!
    if (labels[i] === LABEL.number) {
      if (number < 0) number = i
    } else if (labels[i] === LABEL.state && state < 0) state = i
  }
  if ((seen & LAST_LINE) !== LAST_LINE) markLastLine(tokens, labels, seen, state)
  if (number < 0) findFirstNumber(tokens, labels)
  else markNumber(tokens, labels, number)
  if (cues !== 0) markByCues(tokens, labels, cues)
  if (state >= 0) {
    joinStatePair(tokens, labels, state)
    markCity(tokens, labels, state)
    markStateInName(tokens, labels, state)
  }
  let numbered = false
  let named = false
  for (let from = 0; from < count;) {
    const stretch = STRETCH[labels[from]!]!
    let end = findStretchEnd(labels, from, count)
    if (stretch === LABEL.number) {
      if (!named && splitsNumber(tokens, labels, from, end, numbered)) continue
      if (named && !numbered && followsBuilding(tokens, labels, from, end)) leaveAsName(labels, from)
      numbered = true
      if (opensStreet(tokens, labels, end)) labels[end] = LABEL.streetName
      else if (standsInRear(tokens, labels, end)) labels[end++] = LABEL.unitDesignator
      if (end < count && joinsStreet(tokens, labels, from, end)) labels[--end] = LABEL.predirectional
    } else if (stretch === LABEL.predirectional) {
      if (joinsNumber(tokens, labels, from, end)) {
        labels[from] = LABEL.number
        continue
      }
      named = true
      const road = findRoadEnd(tokens, labels, from, end)
      if (road > end) {
        labels.fill(LABEL.streetName, end, road)
        end = road
      }
      const cut = numbered ? findCut(tokens, from, end) : 0
      if (cut > 0) {
        labels.fill(end < count && BEHIND_STREET.has(labels[end]!) ? LABEL.city : LABEL.other, cut, end)
        end = cut
      } else if (end < count && labels[end] === LABEL.city && joinsCity(tokens, from, end)) labels[--end] = LABEL.city
    } else if (stretch === LABEL.state && named && isPostdirectional(tokens, labels, from, end)) {
      labels[from] = LABEL.postdirectional
    } else if (stretch === LABEL.city && named && closesStreet(tokens, labels, from, end)) {
      labels[from] = LABEL.suffix
    } else if (stretch === LABEL.urbanization && standsAlone(tokens, labels, from, end)) {
      const stop = findStretchEnd(labels, end, count)
      // "431 COND PLAYA DORADA" is a street by its name, "URB VILLA VERDE A5 CALLE 3" is none
      labels.fill(stop < count && labels[stop] === LABEL.number ? LABEL.urbanization : LABEL.streetName, from, stop)
      continue
    } else if (named && end - from === 1 && (words[from]!.cues & CUE.unit) !== 0 && isNamelike(stretch, state)) {
      labels[from] = LABEL.unitDesignator
    } else if (stretch === LABEL.other) {
      if (end - from > 1 && URBANIZATIONS.has(tokens.keys[from]!)) labels.fill(LABEL.urbanization, from, end)
      else if (isGeneralDelivery(tokens.keys, from)) labels.fill(LABEL.boxDesignator, from, from + 2)
      else if (leadsToNumber(tokens, labels, from, end)) labels[from] = LABEL.separator
      else if ((named || opensWithUnit(tokens, labels, end)) && endsInUnit(tokens, from, end)) {
        labels[end - 2] = LABEL.unitDesignator
        labels[end - 1] = LABEL.unit
      }
    } else if (stretch === LABEL.unitDesignator) {
      if (from === 0 && isNoUnit(tokens, from)) {
        for (; from < end && labels[from] === LABEL.unitDesignator; from++) labels[from] = LABEL.streetName
        named = true
        continue
      }
      if (isRemark(tokens, labels, from, end)) {
        labels.fill(LABEL.other, from, end)
        from = end
        continue
      }
      if (isFractionOfName(tokens, labels, from, end)) {
        labels[from] = LABEL.streetName
        from = end
        continue
      }
      const cut = findUnitCut(tokens, from, end)
      if (cut > 0) {
        labels.fill(end < count && BEHIND_STREET.has(labels[end]!) ? LABEL.city : LABEL.other, cut, end)
        end = cut
      }
      const stop = findUnitEnd(tokens, labels, end)
      labels.fill(LABEL.unit, end, stop)
      end = stop
    }
    from = end
  }
}

/** Whether a word that may be a unit's, "STUDIO", was taken for a name, or for a city of no state. */
const isNamelike = (stretch: number, state: number) => stretch === LABEL.other || (stretch === LABEL.city && state < 0)

const CITY = 1 << LABEL.city
const LAST_LINE = CITY | (1 << LABEL.zip)
/** What is a place of delivery, besides a street's name. */
const DELIVERED = [LABEL.number, LABEL.boxDesignator, LABEL.box, LABEL.ruralRoute, LABEL.military].reduce(
  (bits, label) => bits | (1 << label),
  0,
)

/** Looks for a last line where the model found none, or half of one. */
function markLastLine(tokens: Tokens, labels: Uint8Array, seen: number, state: number): void {
  if ((seen & CITY) === 0) {
    markLeadingLastLine(tokens, labels)
    if (state > 0) markUnknownCity(tokens, labels, state)
    if ((seen & (1 << LABEL.zip)) !== 0) markTrailingCity(tokens, labels)
  } else if ((seen & (DELIVERED | (1 << LABEL.streetName))) === 0) markStreetOfPlace(tokens, labels)
  if ((seen & (1 << LABEL.zip)) === 0) markZipBeforeCity(tokens, labels)
}

/** The rules that some word of the text asks for. */
function markByCues(tokens: Tokens, labels: Uint8Array, cues: number): void {
  if ((cues & CUE.military) !== 0) markMilitary(tokens, labels)
  if ((cues & CUE.distance) !== 0) markDistance(tokens, labels)
  if ((cues & CUE.calle) !== 0) markCalle(tokens, labels)
  if ((cues & CUE.block) !== 0) markBlock(tokens, labels)
  if ((cues & CUE.county) !== 0) markCounty(tokens, labels)
  if ((cues & CUE.crossing) !== 0) {
    markCrossing(tokens, labels)
    unmarkCorner(tokens, labels)
  }
}

/** What was taken for a street before the number is a name: "SUMMIT PLACE # 204, 900 HILL RD". */
function leaveAsName(labels: Uint8Array, number: number): void {
  for (let i = 0; i < number; i++) if (STRETCH[labels[i]!] === LABEL.predirectional) labels[i] = LABEL.other
}

/** "STUDIO 3, 55 5TH AVE": whether the words before `end` stand before a comma and the number. */
const opensWithUnit = ({ breaks }: Tokens, labels: Uint8Array, end: number) =>
  end < breaks.length && breaks[end] === true && labels[end] === LABEL.number

/** The end of a road whose number stands behind its type or behind a sign: "FIRE ROAD 12", "STATE HIGHWAY NO 9". */
function findRoadEnd({ keys, words, breaks }: Tokens, labels: Uint8Array, from: number, end: number): number {
  for (let i = from; i < end; i++) {
    if ((words[i]!.cues & CUE.road) === 0) continue
    const road = matchRoadType(keys, i, keys.length)
    if (road === undefined) continue
    const stop = i + road.length + 1
    // "OAK ROAD 12" is no numbered road, "OLD HIGHWAY 7" is one
    const isRoad = road.length > 1 || (keys[i - 1] === 'OLD' && road.standard !== 'ROAD')
    if (!isRoad || stop <= end || breaks[stop - 1] === true) return end
    return stop < words.length && labels[stop] === LABEL.unit && words[stop]!.directional !== undefined && !breaks[stop]
      ? stop + 1
      : stop
  }
  return end
}

/**
 * "MAIN ST N DAYTON", "STATE STREET PLAZA NEW YORK": a directional behind a street's suffix, or a further suffix, is the
 * street's, unless the place behind it is known with it: "MAIN ST W CHICAGO".
 */
function closesStreet({ words, breaks }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  const { directional, suffix } = words[from]!
  if ((directional === undefined && suffix === undefined) || end - from < 2 || breaks[from] === true) return false
  if (STRETCH[labels[from - 1]!] !== LABEL.predirectional) return false
  if (directional !== undefined && words[from - 1]!.suffix === undefined) return false
  // "N MAIN ST WEST, SALEM"
  if (directional !== undefined && breaks[from + 1] === true) return true
  let first = from - 1
  while (first > 0 && STRETCH[labels[first - 1]!] === LABEL.predirectional) first--
  // few streets have a directional at either end
  if (directional !== undefined && words[first]!.directional !== undefined) return false
  return findPlace(words, from, end) === 0 && findPlace(words, from + 1, end) !== 0
}

/** "GRAVENSTEIN HWY N, 95472": a directional behind a street that no state is called by. */
function isPostdirectional({ words, breaks }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  const { state, directional } = words[from]!
  if (end - from > 1 || state !== undefined || directional === undefined || breaks[from] === true) return false
  return STRETCH[labels[from - 1]!] === LABEL.predirectional
}

/** "UNIT 3 AT 123 MAIN ST": a word that only leads from a unit to the number. */
function leadsToNumber({ words }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  return end - from === 1 && words[from]!.kind === WORD_CLASS.at && from > 0 && labels[end] === LABEL.number
}

/** Whether a word for a development, `URB` or `COND`, stands before words that were taken for a street's. */
function standsAlone({ breaks }: Tokens, labels: Uint8Array, from: number, end: number): boolean {
  if (end - from > 1 || end >= breaks.length || breaks[end] === true) return false
  return STRETCH[labels[end]!] === LABEL.predirectional
}

const URBANIZATIONS = new Set(['URB', 'URBANIZACION'])

/** Where a numbered street ends at a comma, if more than a directional stands behind it; 0 where it does not. */
function findCut({ breaks, words }: Tokens, from: number, end: number): number {
  for (let i = from + 1; i < end; i++) {
    if (breaks[i] === true && words[i]!.directional === undefined) return i
  }
  return 0
}

/**
 * Whether a directional that ends a street belongs to the city: behind a comma of its own, or behind another one.
 * The quadrants of a town (`NW`) are the street's.
 */
function joinsCity({ words, breaks }: Tokens, from: number, end: number): boolean {
  const last = words[end - 1]!.directional
  if (end - from < 3 || breaks[end] || last?.length !== 1) return false
  if (breaks[end - 1]) return true
  const before = words[end - 2]!.directional
  const joined = before?.length === 1 && /^[NS][EW]$/u.test(before + last)
  return before !== undefined && !joined && end - from > 3 && words[end - 3]!.suffix !== undefined
}
