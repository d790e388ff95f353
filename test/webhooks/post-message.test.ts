import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPostMessage } from '../../src/webhooks/post-message.ts'
import { createReach } from '../../src/webhooks/reach-url.ts'
import type { Resolve } from '../../src/webhooks/reach-url.ts'
import { createWebhookSecret } from '../../src/webhooks/sign-message.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import type { WebhookReceiver } from '../support/webhook-receiver.ts'

const SECRETS = [{ secret: createWebhookSecret() }]
const MESSAGE = { id: 'msg_1', body: '{"type":"session.completed","timestamp":"2026-11-26T12:00:00.000Z","data":{}}' }

describe('posting a message', () => {
  let receiver: WebhookReceiver

  beforeEach(async () => {
    receiver = await startWebhookReceiver()
  })

  afterEach(() => receiver.close())

  function post(
    url = receiver.url,
    {
      networks = ['loopback'],
      timeoutMs = 20_000,
      resolve,
    }: { networks?: readonly string[]; timeoutMs?: number; resolve?: Resolve } = {},
  ) {
    const reach = createReach(networks, resolve)
    return createPostMessage({ reach, clock: Date.now, timeoutMs })({ url, secrets: SECRETS }, MESSAGE)
  }

  it('brings it over as it stands, signed', async () => {
    expect(await post()).toEqual({ outcome: 'delivered', status: 204, reason: 'ok' })
    const [delivery] = receiver.received
    expect(delivery).toMatchObject({ id: 'msg_1', body: MESSAGE.body, path: '/hum' })
    expect(delivery?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Hum-Webhooks/1.0' })
    expect(receiver.verify(SECRETS[0]!.secret, delivery!)).toEqual(JSON.parse(MESSAGE.body))
  })

  it.each([400, 404, 429, 500, 503])('takes %i for a failure that may pass', async (status) => {
    receiver.answer = (_request, response) => response.writeHead(status).end('no')
    expect(await post()).toEqual({ outcome: 'failed', status, reason: 'status', retryAfterMs: undefined })
  })

  it('takes 410 for the end', async () => {
    receiver.answer = (_request, response) => response.writeHead(410).end()
    expect(await post()).toMatchObject({ outcome: 'gone', status: 410 })
  })

  it('reads how long the receiver asks to wait, as seconds or as a date', async () => {
    receiver.answer = (_request, response) => response.writeHead(503, { 'retry-after': '120' }).end()
    expect((await post()).retryAfterMs).toBe(120_000)
    const date = new Date(Date.now() + 3_600_000).toUTCString()
    receiver.answer = (_request, response) => response.writeHead(429, { 'retry-after': date }).end()
    expect((await post()).retryAfterMs).toBeGreaterThan(3_500_000)
    for (const text of ['soon', '-5', 'Thu, 01 Jan 1970 00:00:00 GMT']) {
      receiver.answer = (_request, response) => response.writeHead(503, { 'retry-after': text }).end()
      expect((await post()).retryAfterMs).toBeUndefined()
    }
  })

  it.each([301, 302, 307, 308])('follows no redirect: %i', async (status) => {
    const inside = await startWebhookReceiver()
    receiver.answer = (_request, response) => response.writeHead(status, { location: inside.url }).end()
    expect(await post()).toEqual({ outcome: 'failed', status, reason: 'redirect' })
    expect(inside.received).toEqual([])
    await inside.close()
  })

  it('gives up on a receiver that does not answer', async () => {
    receiver.answer = () => {}
    expect(await post(receiver.url, { timeoutMs: 200 })).toEqual({ outcome: 'failed', reason: 'timeout' })
  })

  it('gives up on a name that takes too long to look up', async () => {
    const resolve = () => new Promise<readonly string[]>(() => {})
    expect(await post('http://name/', { timeoutMs: 200, resolve })).toEqual({ outcome: 'failed', reason: 'timeout' })
  })

  it('does not read on where an answer has no end', async () => {
    let sent = 0
    receiver.answer = (_request, response) => {
      response.writeHead(200)
      const more = (): void => {
        sent += 4096
        if (!response.destroyed) response.write('x'.repeat(4096), () => setImmediate(more))
      }
      more()
    }
    expect(await post()).toMatchObject({ outcome: 'delivered', status: 200 })
    expect(sent).toBeLessThan(50_000_000)
  })

  it('says that nobody is there, and that a name is unknown', async () => {
    const { url } = receiver
    await receiver.close()
    expect(await post(url)).toEqual({ outcome: 'failed', reason: 'unreachable' })
    const resolve: Resolve = async () => {
      throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
    }
    expect(await post('http://name/', { resolve })).toEqual({ outcome: 'failed', reason: 'name_unknown' })
  })

  it('says that it does not trust the receiver, where https is answered by something else', async () => {
    expect(await post(receiver.url.replace('http:', 'https:'))).toEqual({ outcome: 'failed', reason: 'certificate' })
  })

  it('reaches nothing private unless it is named', async () => {
    const forbidden = { outcome: 'failed', reason: 'forbidden_address' }
    const { port } = new URL(receiver.url)
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '[::1]', 'localhost'])
      for (const scheme of ['http', 'https'])
        expect(await post(`${scheme}://${host}:${port}/`, { networks: [] }), host).toEqual(forbidden)
    expect(receiver.received).toEqual([])
  })

  it('connects to the address that was checked, whatever the name leads to a moment later', async () => {
    const asked: string[] = []
    const { port } = new URL(receiver.url)
    // The first answer is the one that is checked; a second question would be answered with another address.
    const resolve: Resolve = async (hostname) => {
      asked.push(hostname)
      return asked.length === 1 ? ['127.0.0.1'] : ['127.0.0.2']
    }
    expect(await post(`http://rebinding.test:${port}/`, { resolve })).toMatchObject({ outcome: 'delivered' })
    expect(receiver.received[0]?.headers['host']).toBe(`rebinding.test:${port}`)
    expect(asked).toEqual(['rebinding.test'])
    // The next try asks again, and is refused when the name has moved inside.
    const moved: Resolve = async () => ['10.0.0.1']
    expect(await post(`http://rebinding.test:${port}/`, { resolve: moved })).toMatchObject({
      reason: 'forbidden_address',
    })
    expect(receiver.received).toHaveLength(1)
  })
})
