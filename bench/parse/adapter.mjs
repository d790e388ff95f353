// Hum's parser for the address parser scorer: components as written in the text, and the USPS delivery line.
import { parseAddress } from '../../src/address/index.ts'

/** Several units as one unit line, in the order of the text. */
function unitLine({ standardized, spans }) {
  const { building, floor, unitDesignator, unit } = standardized
  return [
    [spans.building, building],
    [spans.floor, floor],
    [spans.unitDesignator ?? spans.unit, [unitDesignator, unit].filter(Boolean).join(' ')],
  ]
    .filter(([span]) => span !== undefined)
    .toSorted(([[one]], [[other]]) => one - other)
    .map(([, text]) => text)
    .join(' ')
}

/** The parts under the scorer's names. */
function components(parsed) {
  const { pretype, streetName } = parsed.spans
  // "LA-1" is one word of the text
  const joined = pretype !== undefined && streetName?.[0] === pretype[1] + 1 && parsed.text[pretype[1]] === '-'
  const several = parsed.building !== undefined || parsed.floor !== undefined
  return {
    house_number: parsed.number,
    predirectional: parsed.predirectional,
    pretype: joined ? undefined : parsed.pretype,
    street: joined ? `${parsed.pretype}-${parsed.streetName}` : parsed.streetName,
    suffix: parsed.suffix,
    postdirectional: parsed.postdirectional,
    unit_type: several ? undefined : parsed.unitDesignator,
    unit: several ? undefined : parsed.unit,
    unit_line: several ? unitLine(parsed) : undefined,
    po_box: parsed.poBox,
    rr_line: parsed.ruralRoute,
    city: parsed.city,
    state: parsed.state,
    zip: parsed.zip,
    zip4: parsed.plus4,
  }
}

export default {
  name: 'hum',
  version: '0.1.0',
  licence: 'Apache-2.0',
  outputs: [
    'house_number',
    'predirectional',
    'pretype',
    'street',
    'suffix',
    'postdirectional',
    'unit_type',
    'unit',
    'city',
    'state',
    'zip',
    'zip4',
    'po_box',
    'rr_line',
    'normalized_line',
  ],
  parse: (text) => components(parseAddress(text)),
  line: (text) => parseAddress(text).deliveryLine,
}
