import { BlockList, isIP } from 'node:net'

/** IANA's special-purpose registry: what is not one single machine of the public internet. */
const SPECIAL_IPV4 = listNetworks([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])

/** All that is public lies here: so IPv4 in any IPv6 form, loopback, link-local and unique local are out by themselves. */
const GLOBAL_IPV6 = listNetworks(['2000::/3'])

/** Within it: IETF's own with Teredo, documentation, 6to4. */
const SPECIAL_IPV6 = listNetworks(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** Names for networks, as proxies' settings have them. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/** Tells addresses from each other. */
export type IsInNetworks = (address: string) => boolean

/** Whether an address is one of the public internet, and no other machine can be behind it. */
export function isPublicAddress(address: string): boolean {
  return isIP(address) === 4
    ? !SPECIAL_IPV4.check(address)
    : isIP(address) === 6 && GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL_IPV6.check(address, 'ipv6')
}

/** Networks such as `10.0.0.0/8`, single addresses, `loopback`, `linklocal` or `uniquelocal`. */
export function createNetworks(names: readonly string[]): IsInNetworks {
  const list = listNetworks(names.flatMap((name) => NAMED[name] ?? [name]))
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

function listNetworks(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
    list.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family)
  }
  return list
}
