import { createHash } from 'node:crypto'

/** RFC 9562's namespace for URLs. */
const URL_NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex')

/**
 * The provider's UUID: the name-based version 3 of RFC 9562 over `fcc-provider-id:<id>` in the namespace of URLs.
 *
 * The same on every machine and in every data set, and any UUID library can compute it from the FCC's number.
 */
export function providerUuid(providerId: number): string {
  const hash = createHash('md5').update(URL_NAMESPACE).update(`fcc-provider-id:${providerId}`).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x30
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
