import type { StandardizedParts } from './address.ts'
import { lookUp, spellSuffix } from './lexicon.ts'

type Parts = StandardizedParts

function append(line: string, part: string | undefined): string {
  if (!part) return line
  return line ? `${line} ${part}` : part
}

/**
 * The USPS delivery line of standardized parts, without punctuation: `29090 TIFFANY DR E APT 4`, `RR 2 BOX 18`,
 * `PO BOX 12`. Empty when the parts name no place of delivery.
 *
 * A firm or building that is all there is above the last line stands for the delivery line.
 */
export function formatDeliveryLine(parts: Parts): string {
  let line = append(parts.primaryNumber ?? '', parts.predirectional)
  line = append(line, parts.pretype)
  line = append(line, parts.streetName)
  line = append(line, parts.suffix)
  line = append(line, parts.postdirectional)
  // with a number it says only where the house is: "12 MAIN ST AT ELM"
  if (parts.crossStreet && !parts.primaryNumber) line = `${line} AND ${parts.crossStreet}`
  const { poBox } = parts
  if (!line && !poBox && !parts.ruralRoute && !parts.military && !parts.generalDelivery) {
    if (parts.city || parts.zip) line = parts.recipient ?? ''
  }
  line = append(line, parts.urbanization)
  line = append(line, parts.building)
  line = append(line, parts.floor)
  line = append(line, parts.unitDesignator ?? (parts.unit ? '#' : undefined))
  line = append(line, parts.unit)
  line = append(line, parts.privateMailbox)
  line = append(line, parts.ruralRoute)
  line = append(line, parts.military)
  line = append(line, parts.generalDelivery)
  if (!poBox) return line
  const box = `PO BOX ${poBox}`
  // CASS puts the box before a street that a suffix closes, and behind any other.
  return parts.suffix ? append(box, line) : append(line, box)
}

/** The USPS last line: `SOUTHFIELD, MI 48034-1234`. */
export function formatLastLine({ city, state, zip, plus4 }: Parts): string {
  const region = append(state ?? '', zip && plus4 ? `${zip}-${plus4}` : zip)
  return city && region ? `${city}, ${region}` : (city ?? region)
}

/** Delivery line and last line in one: `29090 TIFFANY DR E, SOUTHFIELD, MI 48034`. */
export function formatAddress(parts: Parts): string {
  const delivery = formatDeliveryLine(parts)
  const last = formatLastLine(parts)
  return delivery && last ? `${delivery}, ${last}` : delivery || last
}

const LOWER_WORDS = new Set(['OF', 'THE', 'AND', 'DE', 'LA', 'DEL', 'LAS', 'LOS'])

function titled(text: string): string {
  return text
    .split(' ')
    .map((word, i) => {
      if (i > 0 && LOWER_WORDS.has(word)) return word.toLowerCase()
      if (/^\d+(?:ST|ND|RD|TH)$/u.test(word)) return word.toLowerCase()
      if (/\d/u.test(word) || word.length === 1 || word === 'US' || word === 'FM') return word
      return word.replaceAll(/[A-Z]+/gu, (letters) => letters.slice(0, 1) + letters.slice(1).toLowerCase())
    })
    .join(' ')
}

/** The street line in words for people: `29090 Tiffany Drive E`, `100 US Highway 41 SW Apt 4`. */
export function formatDisplayLine(parts: Parts): string {
  const { suffix, unitDesignator, ...rest } = parts
  const line = formatDeliveryLine({
    ...rest,
    suffix: suffix && spellSuffix(suffix),
    unitDesignator,
  })
  return line
    .split(' ')
    .map((word) => (lookUp(word).directional === word || word === 'PO' || word === 'PMB' ? word : titled(word)))
    .join(' ')
}
