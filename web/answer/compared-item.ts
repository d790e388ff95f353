import type { Offering, Plan, Provider } from './answer.ts'

/** One column of the comparison: a plan, or a technology of a provider whose plans are not known. */
export interface ComparedItem {
  readonly key: string
  readonly provider: Provider
  readonly plan?: Plan | undefined
  /** What the provider reports here with the plan's technology. */
  readonly offering?: Offering | undefined
}

/** Names an offering within the answer. */
export function offeringKey(provider: Provider, offering: Offering): string {
  return `${provider.id}/${offering.technology}`
}

/** The chosen ones of an answer, in the order in which they were chosen. */
export function findCompared(providers: readonly Provider[], keys: readonly string[]): ComparedItem[] {
  const items = providers.flatMap((provider): ComparedItem[] => [
    ...provider.plans.map((plan) => ({
      key: plan.key,
      provider,
      plan,
      offering:
        provider.offerings.find(({ technology }) => technology.toLowerCase() === plan.technology?.toLowerCase()) ??
        (provider.offerings.length === 1 ? provider.offerings[0] : undefined),
    })),
    ...provider.offerings.map((offering) => ({ key: offeringKey(provider, offering), provider, offering })),
  ])
  return keys.flatMap((key) => items.find((item) => item.key === key) ?? [])
}
