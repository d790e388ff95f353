import { parseAddressFields } from '../address/index.ts'
import type { ParsedAddress } from '../address/index.ts'
import type { FindSandboxBehaviour } from '../dataset/sandbox-behaviours.ts'
import type { GeocodeResult } from '../geocode/geocode-result.ts'
import type { InternetFinder } from '../internet/find-internet.ts'
import type { Coordinates } from '../lib/coordinates.ts'
import type { LookUps } from './look-ups.ts'
import { createSandboxInterference } from './sandbox-interference.ts'

/** Finds where an address is. The hint settles between candidates that fit equally well. */
interface Geocoder {
  geocode(address: ParsedAddress, hint?: Coordinates): GeocodeResult
}

/** Puts together what one data set answers with. */
export function createLookUps({
  version,
  isSandbox,
  geocoder,
  internet,
  findBehaviour,
}: {
  version: string
  isSandbox: boolean
  geocoder: Geocoder
  internet: InternetFinder
  findBehaviour: FindSandboxBehaviour
}): LookUps {
  return {
    version,
    isSandbox,
    geocode: ({ coordinates, ...params }) => geocoder.geocode(parseAddressFields(params), readHint(coordinates)),
    findInternet: (place) => internet.findInternet(place),
    interfere: createSandboxInterference(findBehaviour),
  }
}

function readHint({ latitude, longitude }: Partial<Coordinates> = {}): Coordinates | undefined {
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude }
}
