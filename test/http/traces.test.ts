import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import { openTraces } from '../../src/http/operations/open-traces.ts'
import { AppError } from '../../src/lib/errors.ts'
import { openState } from '../../src/storage/open-state.ts'
import type { State } from '../../src/storage/open-state.ts'
import { startServer } from '../support/server-process.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: { key: string; value: { stringValue?: string; intValue?: number } }[]
  readonly status: { code?: number }
}

interface Export {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] }
    scopeSpans: { spans: Span[] }[]
  }[]
}

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const CALLER_SPAN = 'b7ad6b7169203331'

/** A collector: takes OTLP over HTTP in JSON. */
async function startCollector(): Promise<{ url: string; bodies: string[]; paths: string[]; server: Server }> {
  const [bodies, paths]: [string[], string[]] = [[], []]
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      paths.push(`${request.method} ${request.url}`)
      bodies.push(body)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, paths, server }
}

/** Runs requests against an app that traces, and gives what the collector got until the traces were closed. */
async function trace(
  work: (test: Awaited<ReturnType<typeof openTestApp>>) => Promise<void>,
  { share = 1, ...options }: { share?: number; state?: State; webhookNetworks?: string[] } = {},
): Promise<{ spans: Span[]; text: string; paths: string[]; service: string | undefined; log: string }> {
  const collector = await startCollector()
  const traces = openTraces({ url: collector.url, share, onError: (error) => expect.unreachable(String(error)) })
  const test = await openTestApp({ traces, ...options })
  try {
    await work(test)
  } finally {
    await test.close()
    await traces.close()
    collector.server.close()
  }
  const exports = collector.bodies.map((body) => JSON.parse(body) as Export)
  const [resource] = exports.flatMap(({ resourceSpans }) => resourceSpans.map((spans) => spans.resource))
  return {
    spans: exports.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    ),
    text: collector.bodies.join(),
    paths: collector.paths,
    service: resource?.attributes.find(({ key }) => key === 'service.name')?.value.stringValue,
    log: test.log.join(''),
  }
}

const attributesOf = ({ attributes }: Span) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]))

describe('traces', () => {
  let result: Awaited<ReturnType<typeof trace>>
  let secret: string
  let token: string

  beforeAll(async () => {
    result = await trace(async (test) => {
      secret = (await createApiToken({ tokens: test.state.tokens, clock: () => test.now }, { name: 'x', kind: 'test' }))
        .secret
      const headers = { authorization: `Bearer ${secret}`, traceparent: `00-${TRACE}-${CALLER_SPAN}-01` }
      const created = await test.ask('POST', '/sessions', {
        headers,
        payload: { ...EXAMPLE, campaign_id: 'SECRETCAMPAIGN' },
      })
      token = String(created.headers['session_token'])
      await test.ask('GET', `/sessions/${token}?street1=Tiffany`)
      await test.ask('GET', `/nowhere/Tiffany/${token}`)
      await test.ask('DELETE', `/sessions/${token}`, { headers: { authorization: `Bearer ${secret}` } })
    })
  })

  const find = (name: string): Span => {
    const span = result.spans.find((one) => one.name === name)
    if (span === undefined) throw new Error(`No span ${name} among ${result.spans.map((one) => one.name).join(', ')}`)
    return span
  }

  it('go to the collector as OTLP, under the name of the service', () => {
    expect(new Set(result.paths)).toEqual(new Set(['POST /v1/traces']))
    expect(result.service).toBe('hum')
  })

  it('go on with the trace of the caller: request, agents and calls to the state within', () => {
    const request = find('POST /sessions')
    expect(request).toMatchObject({ traceId: TRACE, parentSpanId: CALLER_SPAN })
    expect(attributesOf(request)).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/sessions',
      'http.response.status_code': 201,
    })
    const children = result.spans.filter(({ parentSpanId }) => parentSpanId === request.spanId)
    expect(children.map(({ name }) => name).sort()).toEqual([
      'agent geocoding',
      'agent internet',
      'state sessions.insert',
      'state tokens.findByHash',
    ])
    for (const child of children) {
      expect(child.traceId).toBe(TRACE)
      expect(BigInt(child.startTimeUnixNano)).toBeLessThanOrEqual(BigInt(child.endTimeUnixNano))
    }
    expect(attributesOf(find('agent internet'))).toMatchObject({ 'hum.agent': 'internet', 'hum.outcome': 'matched' })
  })

  it('begin anew without one, each request its own, and the log names them', () => {
    const [closing, reading] = [find('DELETE /sessions/:token'), find('GET /sessions/:token')]
    for (const request of [closing, reading]) {
      expect(request.parentSpanId ?? '').toBe('')
      expect(result.log).toContain(`"traceId":"${request.traceId}"`)
    }
    expect(closing.traceId).not.toBe(reading.traceId)
    expect(find('state sessions.end')).toMatchObject({ traceId: closing.traceId, parentSpanId: closing.spanId })
    expect(find('GET none')).toBeDefined()
  })

  it('hold no address, token, secret, path, query or campaign', () => {
    for (const hidden of [
      token,
      secret,
      'hum_test',
      'Tiffany',
      'TIFFANY',
      '29090',
      '48034',
      'outhfield',
      'SECRETCAMPAIGN',
      'nowhere',
    ])
      expect(result.text, hidden).not.toContain(hidden)
  })

  it('are kept as often as was set, but a caller’s own decision stands', async () => {
    const { spans } = await trace(
      async (test) => {
        await test.ask('GET', '/ping')
        await test.ask('GET', '/ping', { headers: { traceparent: `00-${TRACE}-${CALLER_SPAN}-01` } })
      },
      { share: 0 },
    )
    expect(spans.map(({ traceId }) => traceId)).toEqual([TRACE])
    const { spans: none } = await trace(async (test) => {
      await test.ask('GET', '/ping', { headers: { traceparent: `00-${TRACE}-${CALLER_SPAN}-00` } })
    })
    expect(none).toEqual([])
  })

  it('are begun by each try to deliver a message, which belongs to no request and tells not where to', async () => {
    const receiver = await startWebhookReceiver()
    const webhookSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const { spans, text } = await trace(
      async (test) => {
        const { webhooks } = test.state
        await webhooks.put({
          accountId: 'sandbox',
          url: `${receiver.url}/hook?key=value`,
          secrets: [{ secret: webhookSecret }],
          createdAt: test.now,
        })
        const countSent = async () => {
          await test.open()
          return receiver.received.length
        }
        await expect.poll(countSent, { timeout: 20_000 }).toBeGreaterThan(0)
        receiver.answer = (_request, response) => response.writeHead(500).end()
        const { length } = receiver.received
        await expect.poll(countSent, { timeout: 20_000 }).toBeGreaterThan(length)
      },
      { webhookNetworks: ['loopback'] },
    )
    await receiver.close()
    const deliveries = spans.filter(({ name }) => name === 'webhook delivery')
    expect(attributesOf(deliveries[0]!)).toEqual({
      'hum.webhook.result': 'delivered',
      'hum.webhook.reason': 'ok',
      'http.response.status_code': 204,
    })
    expect(deliveries.find(({ status }) => status.code === 2)?.attributes).toContainEqual({
      key: 'hum.webhook.reason',
      value: { stringValue: 'status' },
    })
    const requests = new Set(spans.filter(({ name }) => name === 'POST /sessions').map(({ traceId }) => traceId))
    for (const { traceId, parentSpanId, kind } of deliveries) {
      expect([parentSpanId ?? '', kind, requests.has(traceId)]).toEqual(['', 3, false])
    }
    expect(spans.map(({ name }) => name).filter((name) => name.startsWith('state webhooks'))).toEqual([])
    for (const hidden of [`:${new URL(receiver.url).port}`, '/hum', 'key=value', webhookSecret, 'sandbox', 'msg_']) {
      expect(text, hidden).not.toContain(hidden)
    }
  }, 60_000)

  it('mark what failed', async () => {
    const state = await openState({ engine: 'sqlite', file: ':memory:' })
    const insert = () => Promise.reject(new AppError('state_unavailable', 'The disk is full.'))
    const broken = { ...state, sessions: { ...state.sessions, insert } }
    const { spans } = await trace(async (test) => void (await test.ask('POST', '/sessions', { payload: EXAMPLE })), {
      state: broken,
    })
    await state.close()
    const failed = spans.filter(({ status }) => status.code === 2).map(({ name }) => name)
    expect(failed.sort()).toEqual(['POST /sessions', 'state sessions.insert'])
  })
})

describe('a collector that is away', () => {
  it('keeps no caller waiting and no server from ending, and is told of', async () => {
    const errors: unknown[] = []
    const traces = openTraces({ url: 'http://127.0.0.1:1', share: 1, onError: (error) => errors.push(error) })
    const test = await openTestApp({ traces })
    expect((await test.ask('POST', '/sessions', { payload: EXAMPLE })).statusCode).toBe(201)
    await test.close()
    await traces.close()
    expect(errors.length).toBeGreaterThan(0)
  }, 60_000)
})

describe('a server with HUM_TRACES', () => {
  it('sends what it has before it ends, under the name that was given', async () => {
    const collector = await startCollector()
    try {
      const server = await startServer({
        HUM_STATE: ':memory:',
        HUM_TRACES: collector.url,
        OTEL_SERVICE_NAME: 'hum-east',
      })
      expect((await fetch(`${server.url}/ping`)).status).toBe(200)
      expect(await server.end('SIGTERM')).toBe(0)
      expect(collector.bodies.join()).toContain('"GET /ping"')
      expect(collector.bodies.join()).toContain('"hum-east"')
    } finally {
      collector.server.close()
    }
  }, 120_000)
})
