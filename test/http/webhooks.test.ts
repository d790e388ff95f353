import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApiToken, rotateApiToken } from '../../src/access/create-api-token.ts'
import { replayMessage, rotateWebhookSecret, setWebhook } from '../../src/webhooks/manage-webhooks.ts'
import { createReach } from '../../src/webhooks/reach-url.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import type { WebhookReceiver } from '../support/webhook-receiver.ts'

const MINUTE = 60_000
const PATIENCE = { timeout: 20_000, interval: 50 }

describe('webhooks', () => {
  let test: TestApp
  let receiver: WebhookReceiver
  let tokenId: string
  let secret: string
  let headers: Record<string, string>

  beforeEach(async () => {
    receiver = await startWebhookReceiver()
    test = await openTestApp({ webhookNetworks: ['loopback'] })
    // The verifier of Standard Webhooks goes by the true time.
    test.now = Date.now()
    const created = await createApiToken(needs(), { name: 'mover', kind: 'live' })
    tokenId = created.token.id
    headers = { authorization: `Bearer ${created.secret}` }
    secret = await register()
  })

  afterEach(async () => {
    await test.close()
    await receiver.close()
  })

  const needs = () => ({ ...test.state, clock: () => test.now, reach: createReach(['loopback']) })

  /** Registers the receiver and waits until the server knows of it. */
  async function register(url = receiver.url): Promise<string> {
    const { webhook } = await setWebhook(needs(), { tokenId, url })
    await expect
      .poll(async () => {
        await open()
        return receiver.received.length
      }, PATIENCE)
      .toBeGreaterThan(0)
    await settle()
    return webhook.secrets[0]!.secret
  }

  /** Waits until nothing waits any more, and forgets what has come so far. */
  async function settle(): Promise<void> {
    await expect.poll(async () => (await test.state.webhooks.list())[0]?.pending, PATIENCE).toBe(0)
    ;(receiver.received as unknown[]).length = 0
  }

  async function open(params: object = EXAMPLE, more: Record<string, string> = {}): Promise<string> {
    const answer = await test.ask('POST', '/sessions', { payload: params, headers: { ...headers, ...more } })
    return String(answer.headers['session_token'])
  }

  const types = () => receiver.received.map(({ type }) => type)

  it('tell that all agents have reported, with no word of the address', async () => {
    const token = await open({ ...EXAMPLE, campaign_id: 'spring' })
    await expect.poll(types, PATIENCE).toEqual(['session.completed'])
    const [delivery] = receiver.received
    expect(receiver.verify(secret, delivery!)).toEqual({
      type: 'session.completed',
      timestamp: new Date(test.now).toISOString(),
      data: {
        session_token: token,
        campaign_id: 'spring',
        outcome: 'answered',
        request_status: 'ok',
        agent_status: { geocoding: 'matched', internet: 'matched', checkout: 'pending' },
        hum_data_set: test.lookUps.version,
      },
    })
    expect(delivery?.body).not.toMatch(/tiffany|48034|southfield/i)
    expect(delivery?.id).toMatch(/^msg_[0-9A-Za-z]{22}$/)
  })

  it('tell once of a session whose agents outlast the request, when they have reported', async () => {
    const token = await open({ street1: '4100 Slowpoke Lane', zip: '48034' }, { prefer: 'wait=0' })
    expect(types()).toEqual([])
    await expect.poll(types, PATIENCE).toEqual(['session.completed'])
    expect(receiver.received[0]?.data).toMatchObject({ session_token: token, outcome: 'answered' })
  }, 40_000)

  it.each([
    ['multiple', { street1: '150 Marigold', zip: '48034' }],
    ['number_not_in_range', { street1: '99999 Tiffany Drive E', zip: '48034' }],
    ['agent_failed', { street1: '4400 Broken Lane', zip: '48034' }],
  ])('tell of the outcome %s', async (outcome, params) => {
    await open(params)
    await expect.poll(() => receiver.received[0]?.data, PATIENCE).toMatchObject({ outcome, request_status: 'warning' })
  })

  it('tell again when a candidate was chosen', async () => {
    const token = await open({ street1: '150 Marigold', zip: '48034' })
    const read = await test.ask('GET', `/sessions/${token}`, { headers })
    const { candidates } = read.json<{ candidates: { id: string }[] }>()
    await test.ask('POST', `/sessions/${token}/select`, { headers, payload: { candidate_id: candidates[0]!.id } })
    await expect
      .poll(() => receiver.received.map(({ data }) => String(data['outcome'])).toSorted(), PATIENCE)
      .toEqual(['answered', 'multiple'])
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(2)
  })

  it('tell that a session was closed, once, and of no agent after that', async () => {
    const token = await open({ street1: '4200 Slowpoke Lane', zip: '48034' }, { prefer: 'wait=0' })
    const closings = Array.from({ length: 5 }, () => test.ask('DELETE', `/sessions/${token}`, { headers }))
    await Promise.all(closings)
    await expect.poll(types, PATIENCE).toEqual(['session.closed'])
    expect(receiver.verify(secret, receiver.received[0]!)).toMatchObject({
      data: { session_token: token, campaign_id: null },
    })
    await test.app.close()
    expect(types()).toEqual(['session.closed'])
  }, 40_000)

  it('tell that a session was idle for too long, when somebody asks for it', async () => {
    const token = await open()
    await settle()
    test.now += 31 * MINUTE
    for (let times = 0; times < 3; times++)
      expect((await test.ask('GET', `/sessions/${token}`, { headers })).statusCode).toBe(410)
    await expect.poll(() => receiver.received[0]?.data, PATIENCE).toMatchObject({ session_token: token })
    await settle()
    expect(types()).toEqual([])
  })

  it('tell nobody else: sessions of other tokens leave no message', async () => {
    await test.open()
    const other = await createApiToken(needs(), { name: 'other', kind: 'live' })
    await open(EXAMPLE, { authorization: `Bearer ${other.secret}` })
    const own = await open()
    await expect.poll(() => receiver.received.map(({ data }) => data['session_token']), PATIENCE).toEqual([own])
    expect(await test.state.webhooks.list()).toHaveLength(1)
  })

  it('stay with a token that is replaced', async () => {
    const fresh = await rotateApiToken(needs(), { id: tokenId, overlapMs: 0 })
    const token = await open(EXAMPLE, { authorization: `Bearer ${fresh.secret}` })
    await expect.poll(() => receiver.received.map(({ data }) => data['session_token']), PATIENCE).toEqual([token])
  })

  it('are never without a token while it is replaced', async () => {
    const seen: number[] = []
    const { tokens, webhooks } = test.state
    const look = async (): Promise<void> => {
      seen.push((await webhooks.listQueues(test.now)).length)
    }
    const watched: typeof tokens = {
      ...tokens,
      insert: (...args) => tokens.insert(...args).then(look),
      expire: async (...args) => {
        const isExpired = await tokens.expire(...args)
        await look()
        return isExpired
      },
    }
    await rotateApiToken({ ...needs(), tokens: watched }, { id: tokenId, overlapMs: 0 })
    expect(seen).toEqual([1, 1])
  })

  it('are signed with the old and the new secret during an overlap, and with the new one alone after it', async () => {
    const rotated = await rotateWebhookSecret(needs(), { tokenId, overlapMs: MINUTE })
    const fresh = rotated.secrets[0]!.secret
    await expect
      .poll(async () => {
        await open()
        await settle()
        await open()
        await expect.poll(() => receiver.received.length, PATIENCE).toBe(1)
        return String(receiver.received[0]?.headers['webhook-signature']).split(' ').length
      }, PATIENCE)
      .toBe(2)
    for (const key of [secret, fresh]) expect(receiver.verify(key, receiver.received[0]!)).toBeDefined()
    await settle()
    test.now += MINUTE + 1
    await open()
    await expect.poll(types, PATIENCE).toEqual(['session.completed'])
    expect(receiver.verify(fresh, receiver.received[0]!)).toBeDefined()
    expect(() => receiver.verify(secret, receiver.received[0]!)).toThrow('No matching signature')
  }, 60_000)

  it('are tried again under the same id, and sent again when asked to', async () => {
    receiver.answer = (_request, response) => response.writeHead(500).end()
    await open()
    await expect.poll(types, PATIENCE).toHaveLength(1)
    await expect
      .poll(async () => (await test.state.webhooks.listQueues(test.now))[0]?.nextDueAt)
      .toBeLessThan(test.now + 6000)
    receiver.answer = (_request, response) => response.writeHead(200).end()
    test.now += 6000
    await expect.poll(types, PATIENCE).toHaveLength(2)
    const { id, body } = receiver.received[0]!
    await settle()
    await replayMessage(needs(), id)
    await expect.poll(() => receiver.received, PATIENCE).toMatchObject([{ id, body }])
  })

  it('do not slow the API where a receiver never answers', async () => {
    receiver.answer = () => {}
    for (let index = 0; index < 30; index++) await open()
    await expect.poll(types, PATIENCE).toHaveLength(8)
    const answer = await test.ask('POST', '/sessions', { payload: EXAMPLE, headers })
    expect(answer.statusCode).toBe(201)
    receiver.answer = (_request, response) => response.writeHead(204).end()
    // What is under way ends with its connections.
    await receiver.close()
  }, 60_000)

  it('are looked after through the admin API', async () => {
    const operator = await createApiToken(needs(), { name: 'operator', kind: 'live', isAdmin: true })
    const admin = { authorization: `Bearer ${operator.secret}` }
    const ask = async (method: 'GET' | 'POST' | 'DELETE' | 'PUT', path: string, payload?: object) => {
      const answer = await test.app.server.inject({ method, url: path, headers: admin, ...(payload && { payload }) })
      return { status: answer.statusCode, ...answer.json<{ message: string; data: Record<string, unknown> }>() }
    }
    const own = `/admin/tokens/${tokenId}/webhook`
    expect(await ask('GET', own)).toMatchObject({
      status: 200,
      data: { url: receiver.url, secrets: [{ ends_at: null }] },
    })
    expect(JSON.stringify(await ask('GET', own))).not.toContain('whsec_')

    const other = await createApiToken(needs(), { name: 'other', kind: 'live' })
    const path = `/admin/tokens/${other.token.id}/webhook`
    expect((await ask('GET', path)).status).toBe(404)
    expect((await ask('PUT', path, { url: 'https://10.0.0.1/' })).status).toBe(422)
    expect((await ask('PUT', path, { url: 'https://user:pw@example.com/' })).status).toBe(422)
    expect((await ask('PUT', '/admin/tokens/unknown/webhook', { url: receiver.url })).status).toBe(404)
    expect((await ask('PUT', `/admin/tokens/${operator.token.id}/webhook`, { url: receiver.url })).status).toBe(422)
    test.now += 1
    const set = await ask('PUT', path, { url: receiver.url })
    expect(set).toMatchObject({ status: 200, data: { secret: expect.stringMatching(/^whsec_/) as string } })
    // The server that registered it knows of it at once, and goes by each change from its answer on.
    const { length } = receiver.received
    const token = await open(EXAMPLE, { authorization: `Bearer ${other.secret}` })
    await expect.poll(() => receiver.received.length, PATIENCE).toBe(length + 1)
    expect(receiver.received.at(-1)?.data).toMatchObject({ session_token: token })
    expect((await ask('PUT', path, { url: `${receiver.url}/2` })).data['secret']).toBeNull()
    const rotated = await ask('POST', `${path}/rotate`, { overlap_seconds: 60 })
    expect(rotated.data['secret']).toMatch(/^whsec_/)
    expect(rotated.data['secret']).not.toBe(set.data['secret'])
    expect(await ask('POST', `${path}/test`)).toMatchObject({
      data: { outcome: 'delivered', status: 204, reason: 'ok' },
    })
    expect(receiver.received.at(-1)).toMatchObject({ type: 'webhook.test', path: '/hum/2' })
    expect((await ask('GET', '/admin/webhooks')).data).toMatchObject([
      { url: receiver.url, pending: 0, dead: 0 },
      { url: `${receiver.url}/2` },
    ])

    const [id] = [await deadMessage()]
    expect((await ask('GET', '/admin/webhooks/dead')).data).toMatchObject([{ id, attempts: 1, reason: 'timeout' }])
    expect((await ask('POST', `/admin/webhooks/messages/${id}/replay`)).status).toBe(200)
    expect((await ask('POST', '/admin/webhooks/messages/msg_unknown/replay')).status).toBe(404)
    expect((await ask('DELETE', path)).status).toBe(200)
    expect((await ask('DELETE', path)).status).toBe(404)
    await test.state.tokens.revoke(other.token.id, test.now)
    expect((await ask('PUT', path, { url: receiver.url })).status).toBe(422)
  }, 60_000)

  async function deadMessage(): Promise<string> {
    await open()
    await expect.poll(() => receiver.received.at(-1)?.type, PATIENCE).toBe('session.completed')
    const { id } = receiver.received.at(-1)!
    await expect.poll(async () => (await test.state.webhooks.list())[0]?.pending, PATIENCE).toBe(0)
    await test.state.webhooks.settle(id, { state: 'dead', at: test.now, reason: 'timeout' })
    return id
  }
})
