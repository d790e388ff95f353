import { nameUuid } from './name-uuid.ts'

/** The provider's UUID: that of the name `fcc-provider-id:<id>`, the same on every machine and in every data set. */
export function providerUuid(providerId: number): string {
  return nameUuid(`fcc-provider-id:${providerId}`)
}
