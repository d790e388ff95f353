import type { StreetParts } from './address.ts'
import { cutStreet } from './cut-street.ts'
import { tokenize } from './tokenize.ts'

/**
 * The standardized parts of a street's name alone, as address points and TIGER give it: "Lillian Place" is `LILLIAN`
 * with the suffix `PL`, "State Hwy 30" the name `30` with the pretype `STATE HIGHWAY`.
 *
 * The same cut as in a whole address, so that data and questions meet on the same keys.
 */
export function standardizeStreet(text: string): StreetParts {
  const tokens = tokenize(text)
  if (tokens.keys.length === 0) return {}
  const cut = cutStreet(tokens, 0, tokens.keys.length)
  return {
    predirectional: cut.predirectional || undefined,
    pretype: cut.pretype || undefined,
    streetName: cut.streetName || undefined,
    suffix: cut.suffix || undefined,
    postdirectional: cut.postdirectional || undefined,
  }
}
