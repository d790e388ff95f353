/** US address text → parts → USPS form. A pure library: no dependencies, no input or output besides its own word lists. */
export type { AddressParts, ParsedAddress, StandardizedParts, StreetParts } from './address.ts'
export { BOROUGH_OF_COUNTY } from './boroughs.ts'
export { formatAddress, formatDeliveryLine, formatDisplayLine, formatLastLine } from './format-address.ts'
export { isDistance } from './mark-distance.ts'
export { parseAddress, parseAddressFields, type AddressFields } from './parse-address.ts'
export { standardizeStreet } from './standardize-street.ts'
export { findState, findStateByCode, findStateByFips, STATES, type State } from './states.ts'
