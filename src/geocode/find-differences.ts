import type { Match } from './choose-matches.ts'
import type { Candidate, MatchedPart } from './geocode-result.ts'

/** The parts in which candidates differ, those that people leave out of an address first. */
export function findDifferences(matches: readonly Match[], candidates: readonly Candidate[]): MatchedPart[] {
  const differ = (read: (match: Match, candidate: Candidate) => unknown) =>
    new Set(matches.map((match, index) => read(match, candidates[index]!))).size > 1
  const parts: MatchedPart[] = []
  if (differ(({ street }) => street.predirectional)) parts.push('predirectional')
  if (differ(({ street }) => street.suffix)) parts.push('suffix')
  if (differ(({ street }) => street.postdirectional)) parts.push('postdirectional')
  if (differ(({ street }) => `${street.pretype} ${street.name}`)) parts.push('streetName')
  if (differ((_, candidate) => cityOf(candidate))) parts.push('city')
  if (differ(({ street }) => Math.floor(street.areaId / 100_000))) parts.push('state')
  if (differ(({ street }) => street.areaId % 100_000)) parts.push('zip')
  return parts
}

function cityOf({ place }: Candidate): string {
  return place.serviceAddress.split(', ').slice(1, -1).join()
}
