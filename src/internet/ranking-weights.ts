import { AppError } from '../lib/errors.ts'
import { RANKING_CRITERIA } from './rank-providers.ts'
import type { RankingCriterion, RankingWeights } from './rank-providers.ts'

const MAX_WEIGHT = 1000

/**
 * Reads a caller's own weights: `price:3,speed:1`. Criteria that are not named count nothing.
 *
 * @throws AppError `invalid_params` for an unknown criterion, one named twice, a weight that is no number from 0 to
 *   1000, and for weights that are all zero. The message says what is accepted.
 */
export function parseRankingWeights(text: string): RankingWeights {
  const weights: Record<RankingCriterion, number> = { terrestrial: 0, verdict: 0, technology: 0, speed: 0, price: 0 }
  const named = new Set<RankingCriterion>()
  for (const part of text.split(',')) {
    const [name = '', value = ''] = part.split(':').map((piece) => piece.trim())
    const criterion = RANKING_CRITERIA.find((known) => known === name)
    const weight = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
    if (criterion === undefined || named.has(criterion) || !(weight <= MAX_WEIGHT)) throw refusal()
    named.add(criterion)
    weights[criterion] = weight
  }
  if (RANKING_CRITERIA.every((criterion) => weights[criterion] === 0)) throw refusal()
  return weights
}

const refusal = (): AppError =>
  new AppError(
    'invalid_params',
    `Give weights as price:3,speed:1 with each of ${RANKING_CRITERIA.join(', ')} at most once, from 0 to ${MAX_WEIGHT}, not all 0.`,
  )
