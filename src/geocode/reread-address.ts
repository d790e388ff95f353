import { isDistance, standardizeStreet } from '../address/index.ts'
import type { ParsedAddress } from '../address/index.ts'
import type { StreetIndex } from '../dataset/streets/street-index.ts'

const UNIT_PARTS = ['building', 'floor', 'unitDesignator', 'unit'] as const
type RemovedPart = (typeof UNIT_PARTS)[number] | 'city' | 'state' | 'zip' | 'plus4'

/** Longer texts are no single address. */
const MAX_TEXT_LENGTH = 250

/** Words at the end of a street that may be a city that was not told from it. */
const MAX_CITY_WORDS = 3

/**
 * Other ways to cut an address, for when the parser's finds nothing good in the data.
 *
 * A parser knows only words, and some streets are named like something else: Five Bridge Road, Nursing Home Road, Pike
 * Street, Southport Ct before a ZIP of North Carolina. So the first word with a digit is taken for the number, all that
 * follows for the street, and, where the parser saw no city that is known, the last words for one or for a part of the
 * street. What the parser took for a unit may be a part of the street too.
 */
export function rereadAddress(index: StreetIndex, address: ParsedAddress): ParsedAddress[] {
  if (address.text.length > MAX_TEXT_LENGTH) return []
  const { city, zip, primaryNumber } = address.standardized
  if (primaryNumber !== undefined && isDistance(primaryNumber)) return []
  const stateOfZip = zip === undefined ? undefined : index.findZipPlace(zip)?.state
  const isStateWrong = stateOfZip !== undefined && address.standardized.state !== stateOfZip
  const state = isStateWrong ? stateOfZip : address.standardized.state
  const isCityKnown = city !== undefined && index.findAreasOfCity(city, state).length > 0
  const known: RemovedPart[] = ['zip', 'plus4']
  if (isCityKnown) known.push('city')
  if (!isStateWrong) known.push('state')
  const cuts = [{ words: wordsWithout(address, [...known, ...UNIT_PARTS]), isUnitKept: true }]
  if (UNIT_PARTS.some((part) => address[part] !== undefined)) {
    cuts.push({ words: wordsWithout(address, known), isUnitKept: false })
  }
  return cuts.flatMap(({ words, isUnitKept }) => {
    const first = words.findIndex((word) => /^\d/.test(word))
    if (first === -1 || words.length - first < 2) return []
    const hasFraction = /^\d+\/\d+$/.test(words[first + 1] ?? '') && words.length - first > 2
    const behind = first + (hasFraction ? 2 : 1)
    const number = words.slice(first, behind).join(' ')
    return cutCity(index, words.slice(behind), isCityKnown ? city : undefined, state).map((cut) =>
      withStreet(isUnitKept ? address : withoutUnit(address), cut.street, { number, city: cut.city, state }),
    )
  })
}

/** The street with the city that is known, else without one, and then with each city that its last words may be. */
function cutCity(
  index: StreetIndex,
  words: readonly string[],
  city: string | undefined,
  state: string | undefined,
): { street: readonly string[]; city: string | undefined }[] {
  const cuts: { street: readonly string[]; city: string | undefined }[] = [{ street: words, city }]
  if (city !== undefined) return cuts
  for (let count = 1; count <= Math.min(MAX_CITY_WORDS, words.length - 1); count++) {
    const last = words.slice(-count).join(' ')
    if (index.findAreasOfCity(last, state).length > 0) cuts.push({ street: words.slice(0, -count), city: last })
  }
  return cuts
}

function withoutUnit(address: ParsedAddress): ParsedAddress {
  const none = { building: undefined, floor: undefined, unitDesignator: undefined, unit: undefined }
  return { ...address, ...none, standardized: { ...address.standardized, ...none } }
}

/** The words of the text before its ZIP, some parts left out. */
function wordsWithout({ text, spans, ...address }: ParsedAddress, removed: readonly RemovedPart[]): string[] {
  let rest = text
  for (const part of removed) {
    const [start, end] = spans[part] ?? findUnitSpan(text, part, address[part])
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end)
  }
  return rest
    .slice(0, spans.zip?.[0])
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '')
}

/** Fields have no spans; of their parts only the unit stands in the text, mostly at its end. */
function findUnitSpan(text: string, part: RemovedPart, written: string | undefined): readonly [number, number] {
  const start = written === undefined || !isUnitPart(part) ? -1 : text.lastIndexOf(written)
  return start === -1 ? [0, 0] : [start, start + (written?.length ?? 0)]
}

function isUnitPart(part: RemovedPart): boolean {
  return UNIT_PARTS.some((unitPart) => unitPart === part)
}

function withStreet(
  address: ParsedAddress,
  street: readonly string[],
  { number, ...lastLine }: Pick<ParsedAddress, 'number' | 'city' | 'state'>,
): ParsedAddress {
  const { predirectional, pretype, streetName, suffix, postdirectional } = standardizeStreet(street.join(' '))
  const cut = { predirectional, pretype, streetName, suffix, postdirectional, recipient: undefined, ...lastLine }
  return {
    ...address,
    ...cut,
    number,
    standardized: { ...address.standardized, ...cut, primaryNumber: number },
  }
}
