import { describe, expect, it } from 'vitest'
import { createReach, ForbiddenAddress } from './reach-url.ts'

const nobody = async (): Promise<readonly string[]> => []

describe('check', () => {
  const reach = createReach([], nobody)

  it.each([
    'https://example.com/hum',
    'https://example.com:8443/a?b=c',
    'https://1.1.1.1/',
    'https://[2606:4700::1111]/',
  ])('lets %s pass', (url) => expect(() => reach.check(url)).not.toThrow())

  it.each([
    ['plain http', 'http://example.com/', 'https://'],
    ['another scheme', 'ftp://example.com/', 'web address'],
    ['a file', 'file:///etc/passwd', 'web address'],
    ['no URL', 'example.com', 'web address'],
    ['a URL that is too long', `https://example.com/${'x'.repeat(2000)}`, 'web address'],
    ['a password', 'https://user:secret@example.com/', 'user name'],
    ['a user alone', 'https://user@example.com/', 'user name'],
    ['a fragment', 'https://example.com/#a', '#'],
    ['loopback', 'https://127.0.0.1/', 'not a public'],
    ['loopback, short', 'https://127.1/', 'not a public'],
    ['loopback in decimal', 'https://2130706433/', 'not a public'],
    ['loopback in hexadecimal', 'https://0x7f000001/', 'not a public'],
    ['loopback in octal', 'https://0177.0.0.1/', 'not a public'],
    ['loopback in full-width digits', 'https://１２７.0.0.1/', 'not a public'],
    ['loopback with a dot at the end', 'https://127.0.0.1./', 'not a public'],
    ['this host', 'https://0/', 'not a public'],
    ['cloud metadata', 'https://169.254.169.254/latest', 'not a public'],
    ['IPv6 loopback', 'https://[::1]/', 'not a public'],
    ['IPv4-mapped', 'https://[::ffff:127.0.0.1]/', 'not a public'],
    ['IPv4-mapped, written out', 'https://[0:0:0:0:0:ffff:7f00:0001]/', 'not a public'],
    ['NAT64', 'https://[64:ff9b::7f00:1]/', 'not a public'],
  ])('refuses %s', (_kind, url, words) => expect(() => reach.check(url)).toThrow(words))

  it('lets named networks pass, over http too', () => {
    const open = createReach(['loopback'], nobody)
    for (const url of ['http://127.0.0.1:3000/', 'https://127.0.0.1/', 'http://name/', 'http://[::1]/'])
      expect(() => open.check(url)).not.toThrow()
    for (const url of ['http://10.0.0.1/', 'http://1.1.1.1/', 'https://10.0.0.1/'])
      expect(() => open.check(url)).toThrow('not a public')
  })
})

describe('findAddresses', () => {
  const find = (url: string, addresses: readonly string[], networks: readonly string[] = []) =>
    createReach(networks, async () => addresses).findAddresses(new URL(url))

  it('gives the addresses of a name', async () => {
    expect(await find('https://example.com/', ['1.1.1.1', '2606:4700::1111'])).toEqual(['1.1.1.1', '2606:4700::1111'])
  })

  it.each([[['127.0.0.1']], [['1.1.1.1', '10.0.0.1']], [['1.1.1.1', '::ffff:127.0.0.1']], [['fe80::1%eth0']]])(
    'refuses a name that leads to %j',
    async (addresses) => {
      await expect(find('https://example.com/', addresses)).rejects.toThrow(ForbiddenAddress)
    },
  )

  it('refuses an address in the URL that is not public, without asking for it', async () => {
    await expect(find('https://2130706433/', ['1.1.1.1'])).rejects.toThrow(ForbiddenAddress)
    await expect(find('https://[::ffff:7f00:1]/', ['1.1.1.1'])).rejects.toThrow(ForbiddenAddress)
  })

  it('goes over http to named networks alone', async () => {
    expect(await find('http://inside/', ['10.0.0.1'], ['10.0.0.0/8'])).toEqual(['10.0.0.1'])
    await expect(find('http://outside/', ['1.1.1.1'], ['10.0.0.0/8'])).rejects.toThrow(ForbiddenAddress)
    await expect(find('http://inside/', ['192.168.0.1'], ['10.0.0.0/8'])).rejects.toThrow(ForbiddenAddress)
  })

  it('fails where the name has none', async () => {
    await expect(find('https://example.com/', [])).rejects.toThrow('no address')
  })
})
