import { standardizeStreet } from '../address/index.ts'
import type { ParsedAddress } from '../address/index.ts'
import type { StreetIndex } from '../dataset/street-index.ts'

/** Parts whose words may belong to the street after all, in the order in which fields are mostly written. */
const STREET_PARTS = [
  'number',
  'predirectional',
  'pretype',
  'streetName',
  'suffix',
  'postdirectional',
  'recipient',
] as const

/** Words at the end of a street that may be a city that was not told from it. */
const MAX_CITY_WORDS = 3

/**
 * Other ways to cut an address, for when the parser's finds nothing good in the data.
 *
 * A parser knows only words, and some streets are named like something else: Five Bridge Road, Nursing Home Road, Pike
 * Street. So the first word is taken for the number, all that follows for the street, and, where the parser saw no
 * city that is known, the last words for one or for a part of the street.
 */
export function rereadAddress(index: StreetIndex, address: ParsedAddress): ParsedAddress[] {
  const { city, state } = address.standardized
  const isCityKnown = city !== undefined && index.findAreasOfCity(city, state).length > 0
  const words = wordsOf(address, city === undefined || isCityKnown ? STREET_PARTS : [...STREET_PARTS, 'city'])
  const first = words.findIndex((word) => /^\d/.test(word))
  if (first === -1 || words.length - first < 2) return []
  const hasFraction = /^\d+\/\d+$/.test(words[first + 1] ?? '') && words.length - first > 2
  const numberText = words.slice(first, first + (hasFraction ? 2 : 1)).join(' ')
  const street = words.slice(first + (hasFraction ? 2 : 1))
  const whole = withStreet(address, numberText, street, isCityKnown ? city : undefined)
  if (isCityKnown) return [whole]
  const rereads = [whole]
  for (let count = 1; count <= Math.min(MAX_CITY_WORDS, street.length - 1); count++) {
    const cityWords = street.slice(-count).join(' ')
    if (index.findAreasOfCity(cityWords, state).length === 0) continue
    rereads.push(withStreet(address, numberText, street.slice(0, -count), cityWords))
  }
  return rereads
}

function wordsOf(address: ParsedAddress, parts: readonly ((typeof STREET_PARTS)[number] | 'city')[]): string[] {
  const startOf = (part: (typeof parts)[number]) => address.spans[part]?.[0] ?? Infinity
  return parts
    .map((part, order) => ({ text: address[part], start: startOf(part), order }))
    .toSorted((a, b) => (a.start === b.start ? a.order - b.order : a.start - b.start))
    .flatMap(({ text }) => text?.toUpperCase().split(/[\s,]+/) ?? [])
    .filter((word) => word !== '')
}

function withStreet(
  address: ParsedAddress,
  numberText: string,
  street: readonly string[],
  city: string | undefined,
): ParsedAddress {
  const { predirectional, pretype, streetName, suffix, postdirectional } = standardizeStreet(street.join(' '))
  const cut = { predirectional, pretype, streetName, suffix, postdirectional, recipient: undefined, city }
  return {
    ...address,
    ...cut,
    number: numberText,
    standardized: { ...address.standardized, ...cut, primaryNumber: numberText },
  }
}
