import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseAddress } from '../../address/index.ts'
import type { Offering, ProviderAtPlace } from '../internet-answer.ts'
import { createQualifier } from './qualifier.ts'
import type { Qualifier } from './qualifier.ts'
import { createTmf645Api } from './tmf645-api.ts'

interface Asked {
  readonly headers: IncomingMessage['headers']
  readonly body: { readonly serviceQualificationItem: { id: string; service: unknown }[] }
}

/** What the provider's service answers next; by default fibre is qualified and cable is not. */
let respond: (response: ServerResponse, asked: Asked) => void
let server: Server
let asked: Asked[]
let errors: string[]
let now: number

const RESULTS: Readonly<Record<string, string>> = { '50': 'qualified', '40': 'unqualified' }

const answerAll = (response: ServerResponse, { body }: Asked): void => {
  const serviceQualificationItem = body.serviceQualificationItem.map(({ id }) => ({
    id,
    state: 'done',
    qualificationItemResult: RESULTS[id] ?? 'alternate',
  }))
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ id: 'q1', state: 'done', serviceQualificationItem }))
}

beforeEach(async () => {
  respond = answerAll
  asked = []
  errors = []
  now = 1_000_000
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = { headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) as Asked['body'] }
      asked.push(one)
      respond(response, one)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const createdFor = (timeoutMs = 2000): Qualifier => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/checkServiceQualification`
  const api = createTmf645Api({ source: 'Stub', url, headers: { authorization: 'Bearer x' }, timeoutMs })
  const onError = (error: unknown): void => void errors.push(error instanceof Error ? error.message : '')
  return createQualifier({ apis: new Map([[1, api]]), clock: () => now, onError })
}

const offered = (technologyCode: number): Offering => ({
  technologyCode,
  maxDownloadMbps: 1000,
  maxUploadMbps: 1000,
  lowLatency: true,
  residential: true,
  business: true,
  locations: 1,
  share: 1,
  verdict: 'available',
  summary: '',
  sourceId: 1,
})

const provider = (providerId: number, ...technologyCodes: number[]): ProviderAtPlace => ({
  providerId,
  displayName: '',
  brandName: '',
  offerings: technologyCodes.map(offered),
})

const ADDRESS = parseAddress('24520 N Lodestar Rd E Apt 2B, Southfield, MI 48034').standardized
const open = () => new AbortController().signal
const ask = async (qualifier: Qualifier, ...codes: number[]) =>
  qualifier.qualify([provider(1, ...codes)], () => ADDRESS, open)

describe('a qualifier', () => {
  it('asks a provider about each technology that it filed, in the shape of TMF645', async () => {
    expect(await ask(createdFor(), 50, 40, 10)).toEqual([
      { providerId: 1, technologyCode: 50, result: 'confirmed', source: 'Stub', at: now },
      { providerId: 1, technologyCode: 40, result: 'refused', source: 'Stub', at: now },
    ])
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer x', 'content-type': 'application/json' })
    expect(asked[0]?.body).toMatchObject({ '@type': 'CheckServiceQualification', instantSyncQualification: true })
    expect(asked[0]?.body.serviceQualificationItem.map(({ id }) => id)).toEqual(['50', '40', '10'])
    expect(asked[0]?.body.serviceQualificationItem[0]?.service).toEqual({
      serviceCharacteristic: [
        { name: 'technologyCode', value: '50' },
        { name: 'technology', value: 'Fiber' },
      ],
      place: [
        {
          '@type': 'GeographicAddress',
          role: 'InstallationAddress',
          streetNr: '24520',
          streetName: 'N LODESTAR',
          streetType: 'RD',
          streetSuffix: 'E',
          geographicSubAddress: [{ subUnitType: 'APT', subUnitNumber: '2B' }],
          city: 'SOUTHFIELD',
          stateOrProvince: 'MI',
          postcode: '48034',
          country: 'US',
        },
      ],
    })
  })

  it('asks nobody that it was not told to ask', () => {
    expect(createdFor().qualify([provider(2, 50)], () => ADDRESS, open)).toBeUndefined()
    expect(asked).toEqual([])
  })

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['fails', (response) => response.writeHead(500).end(), 'Stub answered 500.'],
    ['sends something else than JSON', (response) => response.end('<html>'), 'Stub answered something else than JSON.'],
    ['sends other JSON', (response) => response.end('null'), 'Stub answered without serviceQualificationItem.'],
    ['hangs up', (response) => response.destroy(), 'Stub gave no answer.'],
    ['sends elsewhere', (response) => response.writeHead(307, { location: '/' }).end(), 'Stub gave no answer.'],
    ['takes too long', () => {}, 'Stub gave no answer.'],
  ])('has no answer from a provider that %s, and says why', async (_name, answer, message) => {
    respond = answer
    expect(await ask(createdFor(300), 50)).toEqual([])
    expect(errors).toEqual([message])
    expect(asked).toHaveLength(1)
  })

  it.each(['null', '{}', '{"id":"50"}', '{"id":"50","qualificationItemResult":"inProgress"}', '7'])(
    'makes nothing of an item such as %s',
    async (item) => {
      respond = (response) => response.end(`{"serviceQualificationItem":[${item}]}`)
      expect(await ask(createdFor(), 50)).toEqual([])
    },
  )

  it('waits for a slow provider within its time', async () => {
    respond = (response, one) => void setTimeout(() => answerAll(response, one), 200)
    expect(await ask(createdFor(), 50)).toHaveLength(1)
  })

  it('leaves a provider alone after five failures, tries once, and goes on when that works', async () => {
    const qualifier = createdFor()
    respond = (response) => response.writeHead(503).end()
    for (let failure = 0; failure < 5; failure++) await ask(qualifier, 50)
    expect(await ask(qualifier, 50)).toEqual([])
    expect(asked).toHaveLength(5)
    expect(errors).toHaveLength(5)
    now += 30_000
    await Promise.all(Array.from({ length: 5 }, () => ask(qualifier, 50)))
    expect(asked).toHaveLength(6)
    expect(await ask(qualifier, 50)).toEqual([])
    now += 30_000
    respond = answerAll
    expect(await ask(qualifier, 50)).toHaveLength(1)
    expect(await ask(qualifier, 50)).toHaveLength(1)
    expect(asked).toHaveLength(8)
  })

  it('keeps to the time that a provider asks for when it is asked too often', async () => {
    const qualifier = createdFor()
    respond = (response) => response.writeHead(429, { 'retry-after': '120' }).end()
    await ask(qualifier, 50)
    respond = answerAll
    now += 119_999
    expect(await ask(qualifier, 50)).toEqual([])
    expect(asked).toHaveLength(1)
    now += 1
    expect(await ask(qualifier, 50)).toHaveLength(1)
  })

  it('stops asking when the session is closed, which counts as no failure', async () => {
    const qualifier = createdFor()
    respond = () => {}
    for (let session = 0; session < 6; session++) {
      const controller = new AbortController()
      const answer = qualifier.qualify(
        [provider(1, 50)],
        () => ADDRESS,
        () => controller.signal,
      )
      await expect.poll(() => asked.length).toBe(session + 1)
      controller.abort()
      await expect(answer).rejects.toThrow('aborted')
    }
    respond = answerAll
    expect(await ask(qualifier, 50)).toHaveLength(1)
    expect(errors).toEqual([])
  })
})
