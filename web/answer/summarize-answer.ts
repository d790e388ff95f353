import type { Strings } from '../strings/en.ts'
import type { Offering, Provider } from './answer.ts'

/**
 * The two or three sentences that most people come for. What is not sure to be there is said to be so; what a provider
 * itself refuses is not held out to anybody.
 */
export function summarizeAnswer(all: readonly Provider[], t: Strings): string[] {
  const sentences: string[] = []
  const providers = all.flatMap((provider) => {
    const offerings = provider.offerings.filter(({ confirmation }) => confirmation?.result !== 'refused')
    return offerings.length === 0 ? [] : [{ ...provider, offerings }]
  })
  const fastest = providers
    .flatMap((provider) => provider.offerings.map((offering) => ({ provider, offering })))
    .toSorted((a, b) => b.offering.maxDownloadMbps - a.offering.maxDownloadMbps)[0]
  if (fastest !== undefined && fastest.offering.maxDownloadMbps > 0) {
    const { provider, offering } = fastest
    sentences.push(t.answer.fastest(provider.name, offering.maxDownloadMbps) + sayDoubt([offering], t))
  }

  const cheapest = providers
    .flatMap((provider) =>
      provider.plans.flatMap(({ firstMonthlyCents: cents }) => (cents === undefined ? [] : [{ provider, cents }])),
    )
    .toSorted((a, b) => a.cents - b.cents)[0]
  sentences.push(
    cheapest === undefined
      ? t.answer.noPrices
      : t.answer.cheapest(cheapest.provider.name, cheapest.cents) + sayDoubt(cheapest.provider.offerings, t),
  )

  const isSatelliteOnly = all.every(({ offerings }) => offerings.every((o) => o.technology === 'Satellite'))
  if (isSatelliteOnly) sentences.push(t.answer.satelliteOnly)
  return sentences
}

/** ` (possible)` where no offering is surer than that; nothing where one is available. */
function sayDoubt(offerings: readonly Offering[], t: Strings): string {
  const verdicts = offerings.map(({ verdict }) => verdict)
  if (verdicts.includes('available') || verdicts.every((verdict) => verdict === undefined)) return ''
  const best = verdicts.includes('likely') ? 'likely' : 'possible'
  return ` (${(t.verdicts[best] ?? best).toLowerCase()})`
}
