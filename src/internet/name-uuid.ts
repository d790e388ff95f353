import { createHash } from 'node:crypto'

/** RFC 9562's namespace for URLs. */
const URL_NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex')

/** The name-based UUID (version 3 of RFC 9562) of a name in the namespace of URLs. Any UUID library computes it. */
export function nameUuid(name: string): string {
  const hash = createHash('md5').update(URL_NAMESPACE).update(name).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x30
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
