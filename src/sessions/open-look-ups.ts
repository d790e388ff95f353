import { parseAddressFields } from '../address/index.ts'
import type { DataSet } from '../dataset/data-set.ts'
import { openProviders } from '../dataset/coverage/provider-index.ts'
import { openSandboxBehaviours } from '../dataset/sandbox/sandbox-behaviours.ts'
import { openSandboxConfirmations } from '../dataset/sandbox/sandbox-confirmations.ts'
import { openStreetMap } from '../dataset/streets/street-map.ts'
import { createGeocoder } from '../geocode/geocoder.ts'
import { openOffers } from '../internet/describe-offers.ts'
import { openDisplayNames } from '../internet/display-name.ts'
import { openInternetFinder } from '../internet/find-internet.ts'
import type { Qualifier } from '../internet/qualification/qualifier.ts'
import type { Coordinates } from '../lib/coordinates.ts'
import { createOfferConfirmation } from './confirm-offers.ts'
import type { LookUps } from './look-ups.ts'
import { rememberAnswers } from './remember-answers.ts'
import { createSandboxInterference } from './sandbox-interference.ts'

/** Opens everything that one data set answers with; `qualifier` asks providers themselves. */
export function openLookUps(dataSet: DataSet, qualifier?: Qualifier): LookUps {
  const geocoder = createGeocoder(dataSet)
  const internet = openInternetFinder(dataSet)
  const providers = openProviders(dataSet)
  const displayName = openDisplayNames(providers)
  return {
    version: dataSet.version,
    isSandbox: dataSet.isSandbox,
    geocode: rememberAnswers(({ coordinates, ...address }) => ({
      ...geocoder.geocode(parseAddressFields(address), readHint(coordinates)),
      dataSet: dataSet.version,
    })),
    findInternet: (place) => internet.findInternet(place),
    confirm: createOfferConfirmation(openSandboxConfirmations(dataSet), qualifier),
    findProviderName: (providerId) => providers.findProvider(providerId) && displayName(providerId),
    ...openOffers(dataSet),
    suggest: (typed) => geocoder.suggest(typed),
    streetMap: openStreetMap(dataSet),
    sources: dataSet.sources,
    attributions: [...new Set([...dataSet.sources.values()].map(({ attribution }) => attribution))],
    interfere: createSandboxInterference(openSandboxBehaviours(dataSet)),
  }
}

function readHint({ latitude, longitude }: Partial<Coordinates> = {}): Coordinates | undefined {
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude }
}
