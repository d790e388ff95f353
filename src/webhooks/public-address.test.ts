import { describe, expect, it } from 'vitest'
import { createNetworks, isPublicAddress } from './public-address.ts'

describe('isPublicAddress', () => {
  it.each(['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.1', '172.15.255.255', '172.32.0.1', '223.255.255.255'])(
    'takes %s for public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  it.each(['2606:4700::1111', '2a00:1450::1', '2001:4860:4860::8888'])('takes %s for public', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    ['this host', '0.0.0.0'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['link-local, where clouds keep credentials', '169.254.169.254'],
    ['shared by carriers', '100.64.0.1'],
    ['protocol assignments', '192.0.0.8'],
    ['documentation', '203.0.113.7'],
    ['6to4 relay', '192.88.99.1'],
    ['benchmarking', '198.19.255.255'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 unspecified', '::'],
    ['IPv6 loopback', '::1'],
    ['IPv6 unique local', 'fd00::1'],
    ['IPv6 link-local', 'fe80::1'],
    ['IPv6 link-local with a zone', 'fe80::1%eth0'],
    ['IPv6 site-local', 'fec0::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['IPv4-mapped', '::ffff:127.0.0.1'],
    ['IPv4-mapped, though public', '::ffff:8.8.8.8'],
    ['IPv4-mapped in hexadecimal', '::ffff:7f00:1'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['local NAT64', '64:ff9b:1::7f00:1'],
    ['6to4', '2002:7f00:1::1'],
    ['Teredo', '2001:0:7f00:1::1'],
    ['IPv6 documentation', '2001:db8::1'],
    ['IPv6 documentation', '3fff::1'],
    ['discard', '100::1'],
    ['no address', 'localhost'],
    ['nothing', ''],
  ])('takes %s for not public: %s', (_kind, address) => expect(isPublicAddress(address)).toBe(false))
})

describe('createNetworks', () => {
  it('tells what lies in networks, single addresses and named ones', () => {
    const isIn = createNetworks(['10.1.0.0/16', '192.168.7.7', 'loopback', 'fd00::/8'])
    for (const address of ['10.1.2.3', '192.168.7.7', '127.0.0.1', '::1', 'fd12::1']) expect(isIn(address)).toBe(true)
    for (const address of ['10.2.0.1', '192.168.7.8', '8.8.8.8', 'fe80::1', 'name']) expect(isIn(address)).toBe(false)
  })

  it('holds nothing when nothing is named', () => {
    expect(createNetworks([])('127.0.0.1')).toBe(false)
  })
})
