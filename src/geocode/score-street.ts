import { lookUp, spellSuffix } from '../address/lexicon.ts'
import type { Street } from '../dataset/streets/street-index.ts'
import { editDistance } from '../dataset/streets/edit-distance.ts'
import type { MatchedPart, PartMatch } from './geocode-result.ts'
import type { StreetReading } from './street-reading.ts'

export type MatchedParts = Partial<Record<MatchedPart, PartMatch>>

/** How far a street is from the asked one; 0 where nothing differs. */
export interface StreetScore {
  readonly cost: number
  readonly parts: MatchedParts
}

/**
 * What each difference takes off a score of 1. A part that was not given costs little, since people leave parts out; a
 * part that contradicts costs much; a part that the street lacks lies between.
 */
const COST = {
  nameEdit: 0.12,
  shortNameEdit: 0.16,
  suffixMissing: 0.05,
  suffixCorrected: 0.05,
  suffixExtra: 0.06,
  suffixWrong: 0.14,
  suffixNone: 0.3,
  directionalMissing: 0.05,
  directionalMoved: 0.06,
  directionalExtra: 0.1,
  directionalWrong: 0.22,
  pretypeMissing: 0.05,
  pretypeSimilar: 0.04,
  pretypeExtra: 0.06,
  pretypeWrong: 0.12,
}
const SHORT_NAME = 6

/** Compares a reading of the asked street with a street of the data, `edits` letters of whose name differ. */
export function scoreStreet(asked: StreetReading, street: Street, edits: number): StreetScore {
  const parts: MatchedParts = { streetName: edits === 0 ? 'exact' : 'corrected' }
  let cost = edits * (asked.key.length < SHORT_NAME ? COST.shortNameEdit : COST.nameEdit)
  cost += scoreSuffix(asked.suffix, street.suffix, parts)
  cost += scoreDirectionals(asked, street, parts)
  cost += scorePretype(asked.pretype, street.pretype)
  return { cost, parts }
}

function scoreSuffix(asked: string, actual: string, parts: MatchedParts): number {
  if (asked === actual) {
    if (asked) parts.suffix = 'exact'
    return 0
  }
  if (!asked) {
    parts.suffix = 'missing'
    return COST.suffixMissing
  }
  if (actual && isMisspelt(asked, actual)) {
    parts.suffix = 'corrected'
    return COST.suffixCorrected
  }
  parts.suffix = 'wrong'
  // A word in the suffix's place that is none belongs to a longer name, and the street has another.
  if (lookUp(asked).suffix === undefined) return COST.suffixNone
  return actual ? COST.suffixWrong : COST.suffixExtra
}

function scoreDirectionals(asked: StreetReading, street: Street, parts: MatchedParts): number {
  const { predirectional: pre, postdirectional: post } = asked
  const { predirectional: actualPre, postdirectional: actualPost } = street
  if (pre !== '' && post === '' && actualPre === '' && actualPost === pre) {
    parts.postdirectional = 'corrected'
    return COST.directionalMoved
  }
  if (post !== '' && pre === '' && actualPost === '' && actualPre === post) {
    parts.predirectional = 'corrected'
    return COST.directionalMoved
  }
  return (
    scoreDirectional('predirectional', pre, actualPre, parts) +
    scoreDirectional('postdirectional', post, actualPost, parts)
  )
}

function scoreDirectional(
  part: 'predirectional' | 'postdirectional',
  asked: string,
  actual: string,
  parts: MatchedParts,
): number {
  if (asked === actual) {
    if (asked) parts[part] = 'exact'
    return 0
  }
  if (!asked) {
    parts[part] = 'missing'
    return COST.directionalMissing
  }
  parts[part] = 'wrong'
  return actual ? COST.directionalWrong : COST.directionalExtra
}

function lastWord(text: string): string {
  return text.slice(text.lastIndexOf(' ') + 1)
}

function scorePretype(asked: string, actual: string): number {
  if (asked === actual) return 0
  if (!asked) return COST.pretypeMissing
  if (!actual) return COST.pretypeExtra
  return asked.includes(actual) || actual.includes(asked) || lastWord(asked) === lastWord(actual)
    ? COST.pretypeSimilar
    : COST.pretypeWrong
}

/** Whether what stands in the suffix's place is that suffix with a letter wrong: `RAOD`, `CRICLE`. */
function isMisspelt(asked: string, actual: string): boolean {
  return editDistance(asked, spellSuffix(actual), 1) === 1 || (asked.length > 2 && editDistance(asked, actual, 1) === 1)
}
