// Hum's parser for the address parser scorer: components as written in the text, and the USPS delivery line.
import { parseAddress } from '../../src/address/index.ts'

/** Several units as one unit line, outermost first. */
function unitLine({ building, floor, unitDesignator, unit }) {
  return [building, floor, unitDesignator, unit].filter(Boolean).join(' ')
}

/** The parts under the scorer's names. */
function components(parsed) {
  const several = parsed.building !== undefined || parsed.floor !== undefined
  return {
    house_number: parsed.number,
    predirectional: parsed.predirectional,
    pretype: parsed.pretype,
    street: parsed.streetName,
    suffix: parsed.suffix,
    postdirectional: parsed.postdirectional,
    unit_type: several ? undefined : parsed.unitDesignator,
    unit: several ? undefined : parsed.unit,
    unit_line: several ? unitLine(parsed.standardized) : undefined,
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
