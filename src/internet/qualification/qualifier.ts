import type { StandardizedParts } from '../../address/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { ProviderAtPlace } from '../internet-answer.ts'
import { breakCircuit } from './circuit-breaker.ts'
import type { Confirmation, QualificationApi } from './qualification.ts'

/** Asks providers themselves whether they serve an address. */
export interface Qualifier {
  /**
   * Asks those of the providers that can be asked, all at once, and gives what they say; `undefined` when none can be.
   *
   * Never rejects, unless `signal` is aborted: who cannot be reached has said nothing.
   */
  qualify(
    providers: readonly ProviderAtPlace[],
    getAddress: () => StandardizedParts,
    signal: () => AbortSignal,
  ): Promise<readonly Confirmation[]> | undefined
}

/** Makes a qualifier out of services by FCC provider id. `onError` learns why one gave no answer. */
export function createQualifier({
  apis,
  clock,
  onError,
}: {
  apis: ReadonlyMap<number, QualificationApi>
  clock: Clock
  onError: (error: unknown) => void
}): Qualifier {
  const guarded = new Map([...apis].map(([providerId, api]) => [providerId, breakCircuit(api, clock)]))

  async function ask(
    api: QualificationApi,
    { providerId, offerings }: ProviderAtPlace,
    address: StandardizedParts,
    signal: AbortSignal,
  ): Promise<Confirmation[]> {
    const technologyCodes = offerings.map(({ technologyCode }) => technologyCode)
    try {
      const results = await api.ask({ address, technologyCodes }, signal)
      const at = clock()
      return technologyCodes.flatMap((technologyCode) => {
        const result = results.get(technologyCode)
        return result === undefined ? [] : [{ providerId, technologyCode, result, source: api.source, at }]
      })
    } catch (error) {
      signal.throwIfAborted()
      onError(error)
      return []
    }
  }

  return {
    qualify: (providers, getAddress, signal) => {
      const asked = providers.flatMap((provider) => {
        const api = guarded.get(provider.providerId)
        return api === undefined ? [] : [{ api, provider }]
      })
      if (asked.length === 0) return undefined
      const address = getAddress()
      const aborted = signal()
      return Promise.all(asked.map(({ api, provider }) => ask(api, provider, address, aborted))).then((all) =>
        all.flat(),
      )
    },
  }
}
