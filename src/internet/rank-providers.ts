import type { Offering, ProviderAtPlace, Verdict } from './internet-answer.ts'
import { technologyCategory, technologyName } from './technology.ts'

/** Raised whenever the method changes, so that an order can be compared with another of the same method only. */
const RANKING_VERSION = '1'

/** What counts, most weighty first in the neutral order. There is no commercial criterion, and none can be passed in. */
export const RANKING_CRITERIA = ['terrestrial', 'verdict', 'technology', 'speed', 'price'] as const

export type RankingCriterion = (typeof RANKING_CRITERIA)[number]

/** How much each criterion counts; zero leaves it out. */
export type RankingWeights = Readonly<Record<RankingCriterion, number>>

/**
 * The neutral order. A step of one criterion outweighs all that follow it, so that they decide in turn: see
 * docs/ranking.md for the steps.
 */
export const NEUTRAL_WEIGHTS: RankingWeights = { terrestrial: 200, verdict: 120, technology: 50, speed: 8, price: 1 }

/** Why an offering counts as it does under one criterion. */
export interface RankReason {
  readonly criterion: RankingCriterion
  /** 0 (worst) to 1 (best). */
  readonly value: number
  readonly weight: number
  /** For people: `Fiber`, `Up to 1000 Mbps`, `No price known`. */
  readonly text: string
}

/** A provider's place in the order, with the reasons. */
export interface RankedProvider<Provider extends ProviderAtPlace = ProviderAtPlace> {
  readonly provider: Provider
  /** The offering that the provider is ranked by: its best under these weights. */
  readonly offering: Offering
  /** 0 to 100: the weighted mean of the values, rounded for showing; the order goes by the unrounded one. */
  readonly humRank: number
  /** Of the method, also under a caller's own weights. */
  readonly rankingVersion: string
  readonly reasons: readonly RankReason[]
}

const VERDICT_VALUES: Readonly<Record<Verdict, number>> = { available: 1, likely: 0.5, possible: 0 }

/** Download speeds in Mbps at which the next step begins: the FCC's tiers and those that plans are sold by. */
const SPEED_STEPS = [10, 25, 100, 250, 500, 1000, 2000]

/** A plan of this monthly price, or none known, counts nothing. */
const PRICE_CEILING_CENTS = 20_000

interface RankingOptions<Provider> {
  /** Default: the neutral order. */
  readonly weights?: RankingWeights | undefined
  /** The lowest known monthly price of the provider at the place; `undefined` where none is known. */
  readonly minPriceCents?: ((provider: Provider) => number | undefined) | undefined
}

/**
 * Orders providers by their best offering, best first, and says why.
 *
 * Equal ones go by share, then by name and FCC provider id, so that the order is the same on every machine.
 */
export function rankProviders<Provider extends ProviderAtPlace>(
  providers: readonly Provider[],
  { weights = NEUTRAL_WEIGHTS, minPriceCents }: RankingOptions<Provider> = {},
): RankedProvider<Provider>[] {
  const criteria = RANKING_CRITERIA.filter((criterion) => weights[criterion] > 0)
  return scoreProviders(providers, weights, minPriceCents).map(({ provider, offering, score, priceCents }) => ({
    provider,
    offering,
    humRank: Math.round(score * 100),
    rankingVersion: RANKING_VERSION,
    reasons: criteria.map((criterion) => ({
      criterion,
      value: VALUES[criterion](offering, priceCents),
      weight: weights[criterion],
      text: TEXTS[criterion](offering, priceCents),
    })),
  }))
}

/** Providers in the neutral order, without prices and reasons. */
export function orderProviders(providers: readonly ProviderAtPlace[]): ProviderAtPlace[] {
  return scoreProviders(providers, NEUTRAL_WEIGHTS, undefined).map(({ provider }) => provider)
}

function scoreProviders<Provider extends ProviderAtPlace>(
  providers: readonly Provider[],
  weights: RankingWeights,
  minPriceCents: RankingOptions<Provider>['minPriceCents'],
): (Scored & { readonly provider: Provider; readonly priceCents: number | undefined })[] {
  const total = RANKING_CRITERIA.reduce((sum, criterion) => sum + weights[criterion], 0)
  return providers
    .flatMap((provider) => {
      const priceCents = minPriceCents?.(provider)
      const [best] = provider.offerings
        .map((offering) => ({ offering, score: scoreOf(offering, weights, priceCents) / total }))
        .sort(byScoreThenShare)
      return best === undefined ? [] : [{ provider, priceCents, ...best }]
    })
    .sort(
      (a, b) =>
        byScoreThenShare(a, b) ||
        compareText(a.provider.displayName, b.provider.displayName) ||
        a.provider.providerId - b.provider.providerId,
    )
}

/** A provider's offerings in the neutral order. */
export function orderOfferings(offerings: readonly Offering[]): readonly Offering[] {
  if (offerings.length < 2) return offerings
  return offerings
    .map((offering) => ({ offering, score: scoreOf(offering, NEUTRAL_WEIGHTS, undefined) }))
    .sort((a, b) => byScoreThenShare(a, b) || a.offering.technologyCode - b.offering.technologyCode)
    .map(({ offering }) => offering)
}

interface Scored {
  readonly offering: Offering
  readonly score: number
}

const byScoreThenShare = (a: Scored, b: Scored): number => b.score - a.score || b.offering.share - a.offering.share

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function scoreOf(offering: Offering, weights: RankingWeights, priceCents: number | undefined): number {
  let score = 0
  for (const criterion of RANKING_CRITERIA) score += weights[criterion] * VALUES[criterion](offering, priceCents)
  return score
}

const VALUES: Readonly<Record<RankingCriterion, (offering: Offering, priceCents: number | undefined) => number>> = {
  terrestrial: ({ technologyCode }) => (technologyCategory(technologyCode) === 'Terrestrial' ? 1 : 0),
  verdict: ({ verdict }) => VERDICT_VALUES[verdict],
  technology: ({ technologyCode }) => technologyValue(technologyCode),
  speed: ({ maxDownloadMbps }) => {
    const next = SPEED_STEPS.findIndex((step) => maxDownloadMbps < step)
    return next === -1 ? 1 : next / SPEED_STEPS.length
  },
  price: (_, priceCents) => (priceCents === undefined ? 0 : Math.max(0, 1 - priceCents / PRICE_CEILING_CENTS)),
}

/**
 * Fibre, cable, then what the federal BEAD programme calls reliable (copper and licensed spectrum), then unlicensed
 * spectrum and others, then satellites near and far.
 */
function technologyValue(technologyCode: number): number {
  switch (technologyCode) {
    case 50:
      return 1
    case 40:
      return 0.8
    case 10:
    case 71:
    case 72:
      return 0.6
    case 61:
      return 0.2
    case 60:
      return 0
    default:
      return 0.4
  }
}

const TEXTS: Readonly<Record<RankingCriterion, (offering: Offering, priceCents: number | undefined) => string>> = {
  terrestrial: ({ technologyCode }) => technologyCategory(technologyCode),
  verdict: ({ summary }) => summary,
  technology: ({ technologyCode }) => technologyName(technologyCode),
  speed: ({ maxDownloadMbps }) => (maxDownloadMbps < 10 ? 'Below 10 Mbps' : `Up to ${maxDownloadMbps} Mbps`),
  price: (_, priceCents) =>
    priceCents === undefined ? 'No price known' : `From $${(priceCents / 100).toFixed(2)} a month`,
}
