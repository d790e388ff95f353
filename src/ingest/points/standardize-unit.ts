import { formatDeliveryLine, parseAddressFields } from '../../address/index.ts'

/**
 * The USPS form of a secondary unit as a file gives it: `Apt 4` is `APT 4`, `Bldg 2 #5` is `BLDG 2 # 5`, a bare `4` is
 * `# 4`. `undefined` for text that names no unit.
 */
export function standardizeUnit(text: string): string | undefined {
  const { building, floor, unitDesignator, unit } = parseAddressFields({
    street1: '1 Main St',
    street2: text,
  }).standardized
  return formatDeliveryLine({ building, floor, unitDesignator, unit }) || undefined
}
