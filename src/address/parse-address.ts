import type { ParsedAddress } from './address.ts'
import { assemble } from './assemble.ts'
import { AddressDraft } from './draft.ts'
import { Observer } from './features.ts'
import { formatDeliveryLine, formatLastLine } from './format-address.ts'
import { findState } from './states.ts'
import { readTaggerModel, Tagger } from './tagger.ts'
import { tokenize } from './tokenize.ts'

const observer = new Observer()
const tagger = new Tagger(readTaggerModel())
const draft = new AddressDraft()

/**
 * Takes a US address in one line (or several) apart.
 *
 * Never throws: a text that is no address has few parts, an empty delivery line and a low confidence.
 */
export function parseAddress(text: string): ParsedAddress {
  const tokens = tokenize(text)
  const observation = observer.observe(tokens)
  const { labels, margin } = tagger.tag(observation, tokens.breaks)
  draft.begin(text, tokens)
  assemble(draft, tokens, labels, observation.cues)
  return draft.finish(margin)
}

/** An address given in the fields of a form. */
export interface AddressFields {
  /** The street line; may hold the unit, or the whole address. */
  readonly street1: string
  /** The secondary unit, with or without its designator. */
  readonly street2?: string | undefined
  readonly city?: string | undefined
  readonly state?: string | undefined
  readonly zip?: string | undefined
}

/**
 * Takes an address given in fields apart. City, state and ZIP of their own fields win over what `street1` says of them.
 */
export function parseAddressFields({ street1, street2, city, state, zip }: AddressFields): ParsedAddress {
  const second = street2?.trim() ?? ''
  // a bare "4B" in its own field is a unit
  const unit = /^[\dA-Za-z]{1,5}$/u.test(second) && (/\d/u.test(second) || second.length === 1) ? `# ${second}` : second
  const lastLine = [city, [state, zip].filter(Boolean).join(' ')]
  const parsed = parseAddress([street1, unit, ...lastLine].filter(Boolean).join(', '))
  const knownState = state?.trim() ? findState(state) : undefined
  const digits = zip?.replaceAll(/\D/gu, '') ?? ''
  const ownZip = digits.length === 5 || digits.length === 9
  const given = {
    city: city?.trim() || parsed.city,
    state: knownState ? state?.trim() : parsed.state,
    zip: ownZip ? digits.slice(0, 5) : parsed.zip,
    plus4: ownZip ? digits.slice(5) || undefined : parsed.plus4,
  }
  const standardized = {
    ...parsed.standardized,
    city: city?.trim() ? tokenize(city).keys.join(' ') : parsed.standardized.city,
    state: knownState?.code ?? parsed.standardized.state,
    zip: ownZip ? given.zip : parsed.standardized.zip,
    plus4: given.plus4,
  }
  return {
    ...parsed,
    ...given,
    text: [street1, unit].filter(Boolean).join(', '),
    deliveryLine: formatDeliveryLine(standardized),
    lastLine: formatLastLine(standardized),
    spans: {},
    standardized,
  }
}
