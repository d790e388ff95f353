import type { Session } from './session.ts'

/**
 * What became of a session, in one word: `answered`; `multiple` where the address fits several places and none was
 * chosen; the reason where an agent has no answer; `unfinished` where one has not reported.
 */
export function nameOutcome({ geocoding, internet }: Pick<Session, 'geocoding' | 'internet'>): string {
  if (geocoding === undefined) return 'unfinished'
  if (geocoding.outcome !== 'matched') return geocoding.outcome === 'multiple' ? 'multiple' : geocoding.reason
  if (internet === undefined) return 'unfinished'
  return internet.outcome === 'failed' ? internet.reason : 'answered'
}
