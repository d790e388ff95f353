import type { StandardizedParts } from './address.ts'
import { lookUp, spellSuffix } from './lexicon.ts'

type Parts = StandardizedParts

function joined(parts: readonly (string | undefined)[]): string {
  let text = ''
  for (const part of parts) if (part) text += text ? ` ${part}` : part
  return text
}

/**
 * The USPS delivery line of standardized parts, without punctuation: `29090 TIFFANY DR E APT 4`, `RR 2 BOX 18`,
 * `PO BOX 12`. Empty when the parts name no place of delivery.
 */
export function formatDeliveryLine(parts: Parts): string {
  const street = joined([
    parts.primaryNumber,
    parts.predirectional,
    parts.pretype,
    parts.streetName,
    parts.suffix,
    parts.postdirectional,
  ])
  const box = parts.poBox && `PO BOX ${parts.poBox}`
  const routed = parts.poBox || parts.ruralRoute || parts.military || parts.generalDelivery
  return joined([
    // CASS puts the box before a street that a suffix closes, and behind any other.
    parts.suffix ? box : undefined,
    parts.crossStreet ? `${street} AND ${parts.crossStreet}` : street,
    // A firm or building that is all there is above the last line stands for the delivery line.
    !street && !routed && (parts.city || parts.zip) ? parts.recipient : undefined,
    parts.urbanization,
    parts.building,
    parts.floor,
    parts.unitDesignator ?? (parts.unit ? '#' : undefined),
    parts.unit,
    parts.privateMailbox && `PMB ${parts.privateMailbox}`,
    parts.ruralRoute,
    parts.military,
    parts.generalDelivery,
    parts.suffix ? undefined : box,
  ])
}

/** The USPS last line: `SOUTHFIELD, MI 48034-1234`. */
export function formatLastLine({ city, state, zip, plus4 }: Parts): string {
  const region = joined([state, zip && plus4 ? `${zip}-${plus4}` : zip])
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
