import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { AppError } from '../lib/errors.ts'
import { createNetworks, isPublicAddress } from './public-address.ts'

const LONGEST_URL = 2000

/** Gives all addresses that a name has. */
export type Resolve = (hostname: string) => Promise<readonly string[]>

/** An address that a webhook may not go to. */
export class ForbiddenAddress extends Error {}

/** Decides where webhooks may go. */
export interface Reach {
  /**
   * Checks what can be told of a URL without asking anybody.
   * @throws AppError `invalid_params` that says what is wrong with it.
   */
  check(url: string): void
  /**
   * Finds the addresses of a URL's host: to be asked once for a try, which then connects to these and nothing else, since
   * a name may have other addresses a moment later.
   * @throws ForbiddenAddress when one of them is out of reach; the error of the look-up when there is none.
   */
  findAddresses(url: URL): Promise<readonly string[]>
}

/**
 * Webhooks go over https to public addresses. To those in `networks`, which the operator names, they go wherever these
 * lie, and over http too.
 */
export function createReach(networks: readonly string[] = [], resolve: Resolve = askSystem): Reach {
  const isNamed = createNetworks(networks)
  const isAllowed = (address: string, { protocol }: URL): boolean =>
    isNamed(address) || (protocol === 'https:' && isPublicAddress(address))

  return {
    check: (text) => {
      const url = URL.parse(text)
      if (url === null || text.length > LONGEST_URL || !/^https?:$/.test(url.protocol)) {
        refuse(`A webhook URL is a web address such as https://example.com/hum, of at most ${LONGEST_URL} characters.`)
      }
      if (url.username !== '' || url.password !== '') {
        refuse('A webhook URL must not hold a user name or password. Deliveries are signed instead.')
      }
      if (url.hash !== '') refuse('A webhook URL must not have a part after #.')
      if (url.protocol === 'http:' && networks.length === 0) {
        refuse(
          'A webhook URL has to begin with https://. HUM_WEBHOOK_NETWORKS names networks that may be reached over http.',
        )
      }
      const host = hostOf(url)
      if (isIP(host) !== 0 && !isAllowed(host, url)) {
        refuse('This address is not a public one. HUM_WEBHOOK_NETWORKS names private networks that may be reached.')
      }
    },
    findAddresses: async (url) => {
      const host = hostOf(url)
      const addresses = isIP(host) === 0 ? await resolve(host) : [host]
      if (addresses.length === 0) throw new Error('The name has no address.')
      if (!addresses.every((address) => isAllowed(address, url))) {
        throw new ForbiddenAddress('The name leads to an address that is not a public one.')
      }
      return addresses
    },
  }
}

/** A URL's parser has brought every spelling of an IPv4 address (decimal, octal, hexadecimal, short) into the usual one. */
function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}

async function askSystem(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address)
}

function refuse(message: string): never {
  throw new AppError('invalid_params', message)
}
