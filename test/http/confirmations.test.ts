import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createQualifier } from '../../src/internet/qualification/qualifier.ts'
import { createTmf645Api } from '../../src/internet/qualification/tmf645-api.ts'
import { createOfferConfirmation } from '../../src/sessions/confirm-offers.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface Provider {
  readonly provider_name: string
  readonly offerings: readonly { readonly verdict: string; readonly confirmation: object | null }[]
}

const DISPUTED = { street1: '29050 Tiffany Drive W', zip: '48034' }

async function providersOf(test: TestApp, token: string): Promise<Provider[]> {
  const answer = await test.ask('GET', `/sessions/${token}/services/internet`)
  return answer.json<{ data: { internet: Provider[] } }>().data.internet
}

const confirmationOf = (providers: readonly Provider[], name: string) =>
  providers.find(({ provider_name }) => provider_name === name)?.offerings[0]?.confirmation

describe('the word of providers themselves', () => {
  let test: TestApp

  beforeEach(async () => {
    test = await openTestApp()
  })

  afterEach(() => test.close())

  it('stands beside the filing, disagreement told and not averaged', async () => {
    const providers = await providersOf(test, await test.open(DISPUTED))
    expect(confirmationOf(providers, 'Great Lakes Cable')).toEqual({
      result: 'refused',
      agrees_with_filing: false,
      summary: 'The provider itself says that it does not serve this address, though it filed service here.',
      source: 'Great Lakes Cable, invented',
      asked_at: '2026-11-01T12:00:00.000Z',
    })
    expect(confirmationOf(providers, 'Heritage DSL')).toMatchObject({ result: 'confirmed', agrees_with_filing: true })
    expect(confirmationOf(providers, 'SkyArc Satellite')).toBeNull()
    expect(providers.flatMap(({ offerings }) => offerings.map(({ verdict }) => verdict))).toEqual([
      'available',
      'available',
      'available',
    ])
  })

  it('is of one address: a neighbor of the same area is told nothing', async () => {
    await test.open(DISPUTED)
    const providers = await providersOf(test, await test.open({ street1: '29052 Tiffany Drive W', zip: '48034' }))
    expect(providers.flatMap(({ offerings }) => offerings.map(({ confirmation }) => confirmation))).toEqual([
      null,
      null,
      null,
    ])
  })

  it('is part of the evidence', async () => {
    const answer = await test.ask('GET', `/sessions/${await test.open(DISPUTED)}/evidence`)
    expect(answer.json<{ data: { confirmations: object[] } }>().data.confirmations).toEqual([
      {
        fcc_provider_id: 900_002,
        technology_code: 40,
        result: 'refused',
        source: 'Great Lakes Cable, invented',
        asked_at: '2026-11-01T12:00:00.000Z',
      },
      expect.objectContaining({ fcc_provider_id: 900_005, result: 'confirmed' }),
    ])
  })

  it('is the same in the first answer and in later ones', async () => {
    const answer = await test.ask('POST', '/sessions', { payload: DISPUTED })
    const { data, meta } = answer.json<{ data: Provider[]; meta: { session_token: string } }>()
    expect(data).toEqual(await providersOf(test, meta.session_token))
  })
})

describe('an operator who has providers asked', () => {
  let test: TestApp
  let server: Server
  let delayMs: number
  let result: string
  let asked: string[]

  beforeEach(async () => {
    delayMs = 0
    result = 'unqualified'
    asked = []
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += String(chunk)))
      request.on('end', () => {
        asked.push(body)
        const item = { id: '50', state: 'done', qualificationItemResult: result }
        setTimeout(() => response.end(JSON.stringify({ serviceQualificationItem: [item] })), delayMs)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const api = createTmf645Api({ source: 'Stub', url, timeoutMs: 5000 })
    const qualifier = createQualifier({ apis: new Map([[900_001, api]]), clock: () => test.now, onError: () => {} })
    const confirm = createOfferConfirmation(() => undefined, qualifier)
    test = await openTestApp({ lookUps: (sandbox) => ({ ...sandbox, confirm }) })
  })

  afterEach(async () => {
    await test.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it('gets their word with the first answer, asked once for the session', async () => {
    const token = await test.open()
    expect(confirmationOf(await providersOf(test, token), 'Motor City Fiber')).toMatchObject({
      result: 'refused',
      source: 'Stub',
      asked_at: '2026-11-23T12:00:00.000Z',
    })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toContain('"streetNr":"29090"')
  })

  it('has the internet agent pending while a slow provider is asked', async () => {
    delayMs = 2500
    result = 'qualified'
    const answer = await test.ask('POST', '/sessions', { payload: EXAMPLE })
    const { meta } = answer.json<{ meta: { session_token: string; agent_status: object } }>()
    expect(meta.agent_status).toMatchObject({ geocoding: 'matched', internet: 'pending' })
    const path = `/sessions/${meta.session_token}/services/internet`
    expect((await test.ask('GET', path)).statusCode).toBe(202)
    await expect.poll(async () => (await test.ask('GET', path)).statusCode, { timeout: 3000 }).toBe(200)
    expect(confirmationOf(await providersOf(test, meta.session_token), 'Motor City Fiber')).toMatchObject({
      result: 'confirmed',
    })
  })

  it('gets the filings alone where the provider gives no clear answer', async () => {
    result = 'alternate'
    const providers = await providersOf(test, await test.open())
    expect(confirmationOf(providers, 'Motor City Fiber')).toBeNull()
    expect(providers).toHaveLength(4)
  })

  it('has nobody asked where a provider that can be does not serve', async () => {
    await test.open({ street1: '29001 Tiffany Drive E', zip: '48034' })
    expect(asked).toEqual([])
  })
})
