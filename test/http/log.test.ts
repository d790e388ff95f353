import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`

describe('the log', () => {
  let test: TestApp

  beforeEach(async () => {
    test = await openTestApp()
  })

  afterEach(() => test.close())

  const lines = (): Record<string, unknown>[] =>
    test.log.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ reqId }) => reqId !== undefined)

  it('has each request by its route, with its id and the trace that it belongs to', async () => {
    const token = await test.open()
    await test.ask('GET', `/sessions/${token}`, { headers: { traceparent: TRACEPARENT, 'x-request-id': 'abc-1' } })
    expect(lines().at(-1)).toMatchObject({
      reqId: 'abc-1',
      traceId: TRACE,
      method: 'GET',
      route: '/sessions/:token',
      status: 200,
      msg: 'answered',
    })
  })

  it.each(['garbage', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `${TRACEPARENT}\n`])(
    'takes over no trace from the malformed traceparent %j',
    async (traceparent) => {
      await test.ask('GET', '/ping', { headers: { traceparent } })
      expect(lines().at(-1)).not.toHaveProperty('traceId')
    },
  )

  it('says of a failure which request it was, and why', async () => {
    await test.close()
    test = await openTestApp({ lookUps: (sandbox) => ({ ...sandbox, geocode: fail }) })
    await test.ask('POST', '/sessions', { payload: EXAMPLE })
    const line = test.log
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .find(({ err }) => err !== undefined)
    expect(line).toMatchObject({ err: { type: 'DatabaseError', code: '22P02', message: 'cannot take "…"' } })
    expect(line).toHaveProperty('err.stack', expect.stringMatching(/^at /))
  })

  it('holds no address, token, secret or query of any request, answered or failed', async () => {
    await test.close()
    test = await openTestApp({
      lookUps: (sandbox) => ({
        ...sandbox,
        geocode: (params) => (params.city === 'Boom' ? fail() : sandbox.geocode(params)),
      }),
    })
    const token = await test.open({ ...EXAMPLE, street2: 'Apt 77', campaign_id: 'SECRETCAMPAIGN' })
    const ask = async (...request: Parameters<TestApp['ask']>) => void (await test.ask(...request))
    await ask('GET', `/sessions/${token}`)
    await ask('GET', `/sessions/${token}/services/internet`)
    await ask('GET', `/sessions/${token}?street1=Tiffany`)
    await ask('GET', `/nowhere/Tiffany/${token}`)
    await ask('GET', '/addresses/suggest?typed=Tiffany')
    await ask('GET', `/sessions/%ff${token}`)
    await ask('POST', '/sessions', { payload: '{"street1": Tiffany', headers: { 'content-type': 'application/json' } })
    await ask('POST', '/sessions', { payload: { street1: 'Tiffany', zip: 'Southfield' } })
    await ask('POST', '/sessions', { payload: { ...EXAMPLE, city: 'Boom' } })
    await ask('GET', '/ping', { headers: { authorization: 'Bearer wrongsecret', 'x-request-id': 'Tiffany Drive' } })
    await ask('DELETE', `/sessions/${token}`)
    const text = test.log.join('').toLowerCase()
    expect(lines().length).toBe(11)
    const secrets = [token, 'tiffany', 'southfield', '48034', '29090', 'apt 77', 'secretcampaign']
    for (const secret of [...secrets, 'hum_test_sandbox', 'wrongsecret', 'typed='])
      expect(text, secret).not.toContain(secret.toLowerCase())
  })
})

/** What a database does with a value that it cannot take. */
function fail(): never {
  const error = new Error('cannot take "29090 Tiffany Drive E"')
  error.name = 'DatabaseError'
  throw Object.assign(error, { code: '22P02', detail: 'Key (street1)=(29090 Tiffany Drive E) exists.' })
}
