import { BOROUGH_OF_COUNTY } from './boroughs.ts'
import { cutStreet } from './cut-street.ts'
import { cutUnits } from './cut-units.ts'
import { type AddressDraft, PART, type Part } from './draft.ts'
import { LABEL } from './labels.ts'
import { mendLabels } from './mend-labels.ts'
import { isNumberSign } from './number-sign.ts'
import { standardizeNumber } from './standardize-number.ts'
import {
  findBoxNumber,
  isBox,
  isGeneralDelivery,
  isRoute,
  standardizeMilitary,
  standardizeRuralRoute,
} from './standardize-route.ts'
import { findState } from './states.ts'
import { findStretchEnd, STRETCH } from './stretches.ts'
import { joinKeys, type Tokens } from './tokens.ts'

/**
 * Cuts the labelled stretches of a text into parts and standardizes each by the rules of Publication 28. `cues` are the
 * bits of `CUE` that the words have together.
 */
export function assemble(draft: AddressDraft, tokens: Tokens, labels: Uint8Array, cues: number): void {
  mendLabels(tokens, labels, cues)
  const count = tokens.keys.length
  for (let from = 0; from < count;) {
    const end = findStretchEnd(labels, from, count)
    putStretch(draft, tokens, STRETCH[labels[from]!]!, from, end)
    from = end
  }
  moveNumberBehind(draft)
  nameCity(draft)
  nameOffice(draft)
  namePrivateRoad(draft)
}

function putStretch(draft: AddressDraft, tokens: Tokens, stretch: number, from: number, end: number): void {
  switch (stretch) {
    case LABEL.predirectional:
      putStreet(draft, tokens, from, end)
      return
    case LABEL.number:
      putNumber(draft, tokens, from, end)
      return
    case LABEL.unitDesignator:
      putUnits(draft, tokens, from, end)
      return
    case LABEL.boxDesignator:
      putBox(draft, tokens, from, end)
      return
    case LABEL.ruralRoute:
      if (isRoute(tokens.keys, from, end)) {
        draft.put(PART.ruralRoute, from, end, standardizeRuralRoute(tokens.keys, from, end))
      } else putStreet(draft, tokens, from, end)
      return
    case LABEL.military:
      draft.put(PART.military, from, end, standardizeMilitary(tokens.keys, from, end))
      return
    case LABEL.zip:
      putZip(draft, tokens, from, end)
      return
    case LABEL.state:
      putState(draft, tokens, from, end)
      return
    case LABEL.other:
      putFirst(draft, PART.recipient, tokens, from, end)
      return
    case LABEL.crossStreet:
      putFirst(draft, PART.crossStreet, tokens, from, end)
      return
    case LABEL.city:
      putCity(draft, tokens, from, end)
      return
    case LABEL.plus4:
      putFirst(draft, PART.plus4, tokens, from, end)
      return
    case LABEL.urbanization:
      putFirst(draft, PART.urbanization, tokens, from, end)
      return
    default:
  }
}

/** Of several stretches of a kind the first counts. */
function putFirst(draft: AddressDraft, part: Part, tokens: Tokens, from: number, end: number): void {
  if (!draft.has(part)) draft.put(part, from, end, joinKeys(tokens, from, end))
}

/**
 * Of several places before the state the last is the city, "Town of Halifax, Halifax MA"; what stands before it names no
 * more. A borough of New York says more than the city that it is in.
 */
function putCity(draft: AddressDraft, tokens: Tokens, from: number, end: number): void {
  let start = from
  let stop = findBoroughEnd(tokens, from, end)
  for (let i = stop - 1; i > from && stop === end; i--) {
    if (tokens.breaks[i] !== true) continue
    // "Chicago, lL 60603": no city has a name of two letters
    if (i === end - 1 && tokens.keys[i]!.length < 3) stop = i
    else {
      start = i
      break
    }
  }
  const closed = draft.has(PART.state) || draft.has(PART.zip)
  if (draft.has(PART.city)) {
    if (closed) return
    if (draft.has(PART.recipient)) draft.drop(PART.city)
    else draft.move(PART.city, PART.recipient)
  }
  if (start > from) putFirst(draft, PART.recipient, tokens, from, start)
  draft.put(PART.city, start, stop, joinKeys(tokens, start, stop))
}

/** Where the borough ends in "Brooklyn, New York" and "Staten Island, New York City"; `end` where it is none. */
function findBoroughEnd({ keys }: Tokens, from: number, end: number): number {
  const stop = keys[end - 1] === 'CITY' ? end - 1 : end
  if (stop - from < 3 || keys[stop - 1] !== 'YORK' || keys[stop - 2] !== 'NEW') return end
  return BOROUGHS.has(keys.slice(from, stop - 2).join(' ')) ? stop - 2 : end
}

const BOROUGHS = new Set(['THE BRONX', ...BOROUGH_OF_COUNTY.values()])

/** "PR 1234" is a road of Puerto Rico, and in Texas and elsewhere a private one. */
function namePrivateRoad(draft: AddressDraft): void {
  if (draft.standard(PART.pretype) !== 'PR HIGHWAY' || draft.text(PART.pretype).toUpperCase() !== 'PR') return
  if ((draft.standard(PART.state) ?? 'PR') !== 'PR') draft.putStandard(PART.pretype, 'PRIVATE ROAD')
}

function putNumber(draft: AddressDraft, tokens: Tokens, from: number, end: number): void {
  if (draft.has(PART.number)) return
  let start = end - from > 1 && isNumberSign(tokens.keys[from]) ? from + 1 : from
  const { directional } = tokens.words[start]!
  if (directional !== undefined && end - start === 2) {
    draft.put(PART.predirectional, start, start + 1, directional)
    start++
  }
  draft.put(PART.number, start, end, standardizeNumber(tokens, start, end))
}

function putStreet(draft: AddressDraft, tokens: Tokens, from: number, end: number): void {
  if (draft.has(PART.streetName)) return
  const cut = cutStreet(tokens, from, end)
  // "E 101 N 103": of two directionals the first belongs to the number
  if (cut.predirectional && draft.has(PART.predirectional) && draft.has(PART.number)) draft.joinToNumber()
  if (cut.predirectional) draft.put(PART.predirectional, from, cut.predirectionalEnd, cut.predirectional)
  draft.put(PART.pretype, cut.predirectionalEnd, cut.pretypeEnd, cut.pretype)
  draft.put(PART.streetName, cut.pretypeEnd, cut.nameEnd, cut.streetName)
  draft.put(PART.suffix, cut.nameEnd, cut.suffixEnd, cut.suffix)
  draft.put(PART.postdirectional, cut.suffixEnd, end, cut.postdirectional)
}

/** The innermost unit is the unit; building and floor around it, and a mailbox sign behind it, are parts of their own. */
function putUnits(draft: AddressDraft, tokens: Tokens, from: number, end: number): void {
  const units = cutUnits(tokens, from, end)
  // "PO BOX 346 GACKLE MAIN OFF" names the post office, not a unit
  if (draft.has(PART.poBox) && !draft.has(PART.streetName) && units[0]!.designator < 0) {
    putFirst(draft, PART.recipient, tokens, from, end)
    return
  }
  // "BLDG 2, 31 MAIN ST APT 6"
  if (isOuter(draft.standard(PART.unitDesignator) ?? '')) draft.joinToBuilding()
  let inner = units.length - 1
  while (inner > 0 && isOuter(units[inner]!.standardDesignator)) inner--
  if (isOuter(units[inner]!.standardDesignator)) inner = units.length - 1
  const behind = inner > 0 && units[inner]!.standardDesignator === '#' && !isOuter(units[inner - 1]!.standardDesignator)
  for (const [i, unit] of units.entries()) {
    const { designator, identifierFrom, identifierEnd, standardDesignator, standardIdentifier } = unit
    const start = designator < 0 ? identifierFrom : Math.min(designator, identifierFrom)
    const stop = Math.max(designator + 1, identifierEnd)
    const whole = standardIdentifier ? `${standardDesignator} ${standardIdentifier}` : standardDesignator
    if (standardDesignator === 'PMB' || (behind && i === inner)) {
      draft.put(PART.privateMailbox, identifierFrom, identifierEnd, whole)
    } else if (i === inner || (behind && i === inner - 1)) {
      if (designator >= 0) draft.put(PART.unitDesignator, designator, designator + 1, standardDesignator)
      draft.put(PART.unit, identifierFrom, identifierEnd, standardIdentifier)
    } else if (standardDesignator === 'FL') draft.put(PART.floor, start, stop, whole)
    else draft.put(PART.building, start, stop, whole.trim())
  }
}

const OUTER = new Set('BLDG FL PMB TOWER WING DORM LEVEL BLOCK'.split(' '))
const isOuter = (designator: string) => OUTER.has(designator)

function putBox(draft: AddressDraft, tokens: Tokens, from: number, end: number): void {
  const { keys } = tokens
  if (isGeneralDelivery(keys, from)) {
    draft.put(PART.generalDelivery, from, end, 'GENERAL DELIVERY')
    return
  }
  // the box of a route in Puerto Rico
  if (keys[from] === 'BUZON') {
    draft.put(PART.ruralRoute, from, end, joinKeys(tokens, from, end))
    return
  }
  if (!isBox(keys, from, end)) {
    putFirst(draft, PART.recipient, tokens, from, end)
    return
  }
  const number = findBoxNumber(keys, from, end)
  // "BOX 12" behind a street is a box in that building, not one of the post office
  const ofStreet = (keys[from] === 'BOX' || keys[from] === 'BX') && draft.has(PART.streetName)
  if (ofStreet && !draft.has(PART.unit)) {
    draft.put(PART.unitDesignator, from, number, '#')
    draft.put(PART.unit, number, end, joinKeys(tokens, number, end))
  } else if (!draft.has(PART.poBox)) draft.put(PART.poBox, number, end, joinKeys(tokens, number, end))
}

function putState(draft: AddressDraft, tokens: Tokens, from: number, end: number): void {
  if (draft.has(PART.state)) return
  const only = end - from === 1 ? tokens.words[from]!.state : undefined
  const standard = only ?? joinKeys(tokens, from, end)
  const code = only ?? findState(standard)?.code
  if (code === undefined && putTwoStates(draft, tokens, from, end)) return
  draft.put(PART.state, from, end, code ?? standard)
}

/** A state said twice, "ME, MAINE", or a city that is called like one, "LA, CA"; whether the words are such. */
function putTwoStates(draft: AddressDraft, tokens: Tokens, from: number, end: number): boolean {
  for (let cut = from + 1; cut < end; cut++) {
    const first = findState(joinKeys(tokens, from, cut))
    const second = findState(joinKeys(tokens, cut, end))
    if (first === undefined || second === undefined) continue
    // "NY NY" is the city in the state
    const isTwice = first === second && first.code !== 'NY'
    if (isTwice || draft.has(PART.city)) draft.put(PART.state, from, cut, first.code)
    else {
      draft.put(PART.city, from, cut, first.code === 'NY' ? 'NEW YORK' : joinKeys(tokens, from, cut))
      draft.put(PART.state, cut, end, second.code)
    }
    return true
  }
  return false
}

function putZip(draft: AddressDraft, tokens: Tokens, from: number, end: number): void {
  if (draft.has(PART.zip)) return
  const key = tokens.keys[from]!
  if (key.length < 9) {
    // a lost leading zero, or a spreadsheet's "32771.0"
    draft.put(PART.zip, from, end, key.length === 4 ? `0${key}` : key.slice(0, 5))
    return
  }
  const start = tokens.starts[from]!
  const stop = tokens.ends[from]!
  draft.putSpan(PART.zip, start, start + 5, key.slice(0, 5))
  draft.putSpan(PART.plus4, stop - 4, stop, key.slice(-4))
}

/**
 * Where no number stands before the street, that behind it is the building's and no unit's: "Calle Luna # 16" in Puerto
 * Rico, "Main St 12" elsewhere.
 */
function moveNumberBehind(draft: AddressDraft): void {
  if (draft.has(PART.number) || !draft.has(PART.streetName) || !draft.has(PART.unit)) return
  const unit = draft.standard(PART.unit) ?? ''
  const designator = draft.standard(PART.unitDesignator)
  const isNumber =
    draft.standard(PART.state) === 'PR'
      ? /\d/u.test(unit) && (designator ?? '#') === '#'
      : /^\d{1,5}[A-Z]?$/u.test(unit) && designator === undefined && draft.has(PART.suffix)
  if (!isNumber) return
  draft.move(PART.unit, PART.number)
  draft.drop(PART.unitDesignator)
}

/** A state's name that is all there is behind a street names the city: "1400 Avenue of the Americas, New York". */
function nameCity(draft: AddressDraft): void {
  if (draft.has(PART.city) || draft.has(PART.zip) || !draft.has(PART.streetName)) return
  const state = draft.standard(PART.state)
  if (state !== 'NY' && state !== 'WA') return
  const name = draft.text(PART.state).toUpperCase()
  if (name === 'NEW YORK' || name === 'WASHINGTON') {
    draft.move(PART.state, PART.city)
    draft.putStandard(PART.city, name)
  }
}

/** A name behind a post office box that is no street is the office's: "PO BOX 346 GACKLE MAIN OFF". */
function nameOffice(draft: AddressDraft): void {
  if (!draft.has(PART.poBox) || !draft.has(PART.streetName)) return
  if (draft.has(PART.number) || draft.has(PART.suffix) || draft.has(PART.pretype)) return
  if (draft.has(PART.recipient)) draft.drop(PART.streetName)
  else draft.move(PART.streetName, PART.recipient)
  draft.drop(PART.predirectional)
  draft.drop(PART.postdirectional)
}
