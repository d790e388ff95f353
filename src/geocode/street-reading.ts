import type { ParsedAddress } from '../address/index.ts'
import { standardizeStreet } from '../address/index.ts'
import { lookUp } from '../address/lexicon.ts'
import { streetNameKey } from '../dataset/street-name-key.ts'
import type { StreetVariant } from '../dataset/street-index.ts'

/** One way to cut the asked street into its name and what stands around it. */
export interface StreetReading extends StreetVariant {
  readonly name: string
  readonly key: string
}

type AskedStreet = Pick<
  ParsedAddress['standardized'],
  'predirectional' | 'pretype' | 'streetName' | 'suffix' | 'postdirectional'
>

/**
 * The ways to read a street, the parser's first.
 *
 * Where a suffix was left out, a word of the name stands in its place: "Long Branch" is Long Branch Court, not a branch
 * named Long. The same holds for a directional ("North Street") and for a type before the name. Each reading has a key
 * of its own.
 */
export function readStreet(asked: AskedStreet): StreetReading[] {
  const { predirectional = '', pretype = '', streetName = '', suffix = '', postdirectional = '' } = asked
  const readings: StreetReading[] = []
  const add = (name: string, variant: Partial<StreetVariant>) => {
    const key = streetNameKey(name)
    if (key === '' || readings.some((known) => known.key === key && known.suffix === (variant.suffix ?? ''))) return
    readings.push({ name, key, predirectional: '', pretype: '', suffix: '', postdirectional: '', ...variant })
  }
  add(streetName, { predirectional, pretype, suffix, postdirectional })
  if (suffix) add(`${streetName} ${suffix}`, { predirectional, pretype, postdirectional })
  if (postdirectional) add(`${streetName} ${suffix} ${postdirectional}`, { predirectional, pretype })
  if (pretype) add(`${pretype} ${streetName}`, { predirectional, suffix, postdirectional })
  if (predirectional) add(`${predirectional} ${streetName}`, { pretype, suffix, postdirectional })
  if (!suffix) addLastWordReadings(streetName, add, { predirectional, pretype, postdirectional })
  return readings
}

/** "Hickory Cross Raod" has no suffix that the parser knows; its last word may be one that is misspelt. */
function addLastWordReadings(
  streetName: string,
  add: (name: string, variant: Partial<StreetVariant>) => void,
  around: Partial<StreetVariant>,
): void {
  const lastBlank = streetName.lastIndexOf(' ')
  if (lastBlank < 1) return
  const last = streetName.slice(lastBlank + 1)
  const cut = standardizeStreet(streetName)
  if (cut.suffix && cut.streetName) add(cut.streetName, { ...around, suffix: cut.suffix })
  else if (lookUp(last).suffix === undefined) add(streetName.slice(0, lastBlank), { ...around, suffix: last })
}
