import { parseAddress } from '../address/index.ts'
import type { FindSandboxConfirmations } from '../dataset/sandbox/sandbox-confirmations.ts'
import type { Qualifier } from '../internet/qualification/qualifier.ts'
import type { LookUps } from './look-ups.ts'

/** Takes what the sandbox has invented for an address, else asks the providers that the operator has named. */
export function createOfferConfirmation(
  findInvented: FindSandboxConfirmations,
  qualifier?: Qualifier,
): LookUps['confirm'] {
  return (place, answer, work) => {
    if (answer.outcome === 'failed') return undefined
    const invented = findInvented(place.serviceAddress)
    if (invented !== undefined || qualifier === undefined) return invented
    const getAddress = () => parseAddress(place.serviceAddress).standardized
    return qualifier.qualify(answer.providers, getAddress, () => work.signal())
  }
}
