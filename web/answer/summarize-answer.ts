import type { Strings } from '../strings/en.ts'
import type { Provider } from './answer.ts'

/** The two or three sentences that most people come for. */
export function summarizeAnswer(providers: readonly Provider[], t: Strings): string[] {
  const sentences: string[] = []
  const fastest = providers
    .map((provider) => ({ name: provider.name, mbps: Math.max(...provider.offerings.map((o) => o.maxDownloadMbps)) }))
    .reduce((best, next) => (next.mbps > best.mbps ? next : best), { name: '', mbps: 0 })
  if (fastest.mbps > 0) sentences.push(t.answer.fastest(fastest.name, fastest.mbps))

  const cheapest = providers
    .flatMap((provider) => provider.plans.map((plan) => ({ name: provider.name, cents: plan.firstMonthlyCents })))
    .reduce<{ name: string; cents: number } | undefined>(
      (best, { name, cents }) => (cents !== undefined && cents < (best?.cents ?? Infinity) ? { name, cents } : best),
      undefined,
    )
  sentences.push(cheapest === undefined ? t.answer.noPrices : t.answer.cheapest(cheapest.name, cheapest.cents))

  const isSatelliteOnly = providers.every(({ offerings }) => offerings.every((o) => o.technology === 'Satellite'))
  if (isSatelliteOnly) sentences.push(t.answer.satelliteOnly)
  return sentences
}
