import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectDocumentedAnswer } from '../contract/api-document.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface Created {
  message: string
  request_status: string
  data: { provider_name: string; offerings: Record<string, unknown>[] }[]
  place?: Record<string, unknown>
  candidates?: { service_address: string; id: string }[]
  differ_in?: string[]
  reason?: string
  suggestions?: { street: string; low_number: string; high_number: string }[]
  meta: {
    session_token: string
    agent_status: Record<string, string>
    session_params: Record<string, unknown>
    service_address: string
  }
}

describe('POST /sessions', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  async function create(params: object): Promise<Created> {
    const answer = await test.ask('POST', '/sessions', { payload: params })
    expectDocumentedAnswer('createSession', answer)
    expect(answer.statusCode).toBe(201)
    return answer.json<Created>()
  }

  it('answers the published example with its providers, terrestrial before satellite', async () => {
    const { data, meta, request_status, message } = await create(EXAMPLE)
    expect({ request_status, message }).toEqual({ request_status: 'ok', message: 'Session created successfully.' })
    expect(meta.service_address).toBe('29090 TIFFANY DR E, SOUTHFIELD, MI 48034')
    expect(meta.agent_status).toEqual({ geocoding: 'matched', internet: 'matched', checkout: 'pending' })
    expect(data.map(({ provider_name, offerings }) => [provider_name, offerings[0]?.['technology']])).toEqual([
      ['Motor City Fiber', 'Fiber'],
      ['Great Lakes Cable', 'Cable'],
      ['Huron Wireless', 'Fixed Wireless'],
      ['SkyArc Satellite', 'Satellite'],
    ])
  })

  it('says for each offering what was filed, for how much of which area, and when', async () => {
    const { data } = await create({ street1: '101 Marigold Street', zip: '48034' })
    const fiber = data.find(({ provider_name }) => provider_name === 'Motor City Fiber')?.offerings[0]
    expect(fiber).toMatchObject({
      technology: 'Fiber',
      technology_category: 'Terrestrial',
      technology_code: '50',
      max_download_speed: 5000,
      max_upload_speed: 5000,
      low_latency: true,
      residential: true,
      locations: 12,
      locations_in_area: 13,
      share: 0.9231,
      verdict: 'likely',
      precision: 'block_and_hexagon',
      as_of_date: '2025-12-31',
      revision: '2026-07-15',
    })
  })

  it('tells where the address is', async () => {
    const { place } = await create(EXAMPLE)
    expect(place).toMatchObject({
      latitude: 42.5017213,
      longitude: -83.2862635,
      precision: 'point',
      block_geoid: '261251612001001',
      h3: '882ab2ca0bfffff',
      unit: 'none',
    })
  })

  it('names the session in header and path', async () => {
    const answer = await test.ask('POST', '/sessions', { payload: EXAMPLE })
    const { session_token: token } = answer.json<Created>().meta
    expect(token).toMatch(/^[0-9A-Za-z]{22}$/)
    expect(answer.headers['session_token']).toBe(token)
    expect(answer.headers['location']).toBe(`/sessions/${token}`)
    expect(answer.headers['cache-control']).toBe('private, no-store')
  })

  it('echoes the parameters as they came, without those that it does not know', async () => {
    const params = { ...EXAMPLE, street2: 'A2', latitude: 42.5, longitude: -83.3, campaign_id: '1iYyMxsnTy87' }
    const { meta } = await create({ ...params, unknown: 'x' })
    expect(meta.session_params).toEqual(params)
  })

  it('takes a ZIP of five digits as a number, and keeps the leading zero of text', async () => {
    expect((await create({ street1: '29090 Tiffany Drive E', zip: 48_034 })).meta.session_params['zip']).toBe('48034')
    const boston = await create({ street1: '12 Harbor Row', zip: '02108' })
    expect(boston.meta.service_address).toBe('12 HARBOR ROW, BOSTON, MA 02108')
  })

  it('takes the District of Columbia', async () => {
    const { meta } = await create({ street1: '1201 Lantern Street NW', city: 'Washington', state: 'DC' })
    expect(meta.agent_status['geocoding']).toBe('matched')
  })

  it('warns of several matches, and gives them with what differs', async () => {
    const answer = await create({ street1: '150 Marigold', city: 'Southfield', state: 'MI' })
    expect(answer.request_status).toBe('warning')
    expect(answer.data).toEqual([])
    expect(answer.meta.agent_status).toMatchObject({ geocoding: 'multiple', internet: 'failed' })
    expect(answer.differ_in).toContain('suffix')
    expect(answer.candidates?.map(({ service_address }) => service_address).toSorted()).toEqual([
      '150 MARIGOLD CT, SOUTHFIELD, MI 48034',
      '150 MARIGOLD ST, SOUTHFIELD, MI 48034',
    ])
    expect(answer.message).toContain('candidates')
  })

  it('warns of a number that does not exist, and gives the nearest that do', async () => {
    const answer = await create({ street1: '99999 Tiffany Drive E', zip: '48034' })
    expect(answer).toMatchObject({ request_status: 'warning', data: [], reason: 'number_not_in_range' })
    expect(answer.suggestions?.[0]).toMatchObject({ street: 'TIFFANY DR E' })
    expect(answer.meta.service_address).toBe('99999 Tiffany Drive E, 48034')
  })

  it.each([
    ['1 Nowhere Boulevard', 'street_unknown'],
    ['PO Box 123', 'post_office_box'],
  ])('warns that %s cannot be found: %s', async (street1, reason) => {
    const answer = await create({ street1, city: 'Southfield', state: 'MI', zip: '48034' })
    expect(answer).toMatchObject({ request_status: 'warning', data: [], reason })
  })

  it('warns of a place where nobody filed service', async () => {
    const answer = await create({ street1: '10 Silent Pines Trail', zip: '48442' })
    expect(answer).toMatchObject({ request_status: 'warning', data: [] })
    expect(answer.meta.agent_status).toMatchObject({ geocoding: 'matched', internet: 'failed' })
    expect(answer.message).toContain('No provider has filed service')
  })

  it.each([
    ['4300 Broken Lane', { geocoding: 'matched', internet: 'failed' }],
    ['4400 Broken Lane', { geocoding: 'failed', internet: 'failed' }],
  ])('answers when an agent fails at %s', async (street1, agents) => {
    const answer = await create({ street1, zip: '48034' })
    expect(answer).toMatchObject({ request_status: 'warning', data: [], meta: { agent_status: agents } })
  })

  it.each([
    ['4100 Slowpoke Lane', { geocoding: 'matched', internet: 'pending' }, '29090'],
    ['4200 Slowpoke Lane', { geocoding: 'pending', internet: 'pending' }, '29090'],
  ])('answers within about two seconds while an agent is slow at %s', async (street1, agents) => {
    const begun = performance.now()
    const answer = await create({ street1, zip: '48034' })
    expect(performance.now() - begun).toBeLessThan(3500)
    expect(answer).toMatchObject({ request_status: 'ok', data: [], meta: { agent_status: agents } })
    expect(answer.message).toContain('GET /sessions/{token}')
  })

  const BASE = 'Provide either (street1 and zip), (street1, city, and state), or (street1, city, and zip)'
  const ZIP = 'must be in the form 12345 or 12345-1234'
  const STATE = 'must be a valid state or US territory/commonwealth'

  it.each<[string, unknown, Record<string, string[]>]>([
    ['no street', { zip: '48034' }, { street1: ["can't be blank"] }],
    ['an empty street', { street1: '', zip: '48034' }, { street1: ["can't be blank"] }],
    ['a blank street', { street1: ' \t ', zip: '48034' }, { street1: ["can't be blank"] }],
    [
      'a long street',
      { street1: 'x'.repeat(101), zip: '48034' },
      { street1: ['is too long (maximum is 100 characters)'] },
    ],
    ['a street that is no text', { street1: 1, zip: '48034' }, { street1: ['must be text'] }],
    ['a street alone', { street1: 'x' }, { base: [BASE] }],
    ['a city without state and zip', { street1: 'x', city: 'y' }, { base: [BASE] }],
    ['a state without city and zip', { street1: 'x', state: 'MI' }, { base: [BASE] }],
    ['nothing', {}, { street1: ["can't be blank"], base: [BASE] }],
    ['an empty city', { street1: 'x', zip: '48034', city: '' }, { city: ["can't be blank"] }],
    [
      'a long unit',
      { street1: 'x', zip: '48034', street2: 'x'.repeat(51) },
      { street2: ['is too long (maximum is 50 characters)'] },
    ],
    ['an unknown state', { street1: 'x', city: 'y', state: 'XX' }, { state: [STATE] }],
    ['a state in small letters', { street1: 'x', city: 'y', state: 'mi' }, { state: [STATE] }],
    ['a short zip', { street1: 'x', zip: '4803' }, { zip: [ZIP] }],
    ['a zip of nine digits without a hyphen', { street1: 'x', zip: '480341234' }, { zip: [ZIP] }],
    ['a zip that lost its leading zero', { street1: 'x', zip: 2108 }, { zip: [ZIP] }],
    ['a zip that is no text', { street1: 'x', zip: true }, { zip: [ZIP] }],
    [
      'a latitude as text',
      { street1: 'x', zip: '48034', latitude: '42' },
      { latitude: ['must be a number from -90 to 90'] },
    ],
    [
      'a longitude out of range',
      { street1: 'x', zip: '48034', longitude: 181 },
      { longitude: ['must be a number from -180 to 180'] },
    ],
    [
      'a long campaign',
      { street1: 'x', zip: '48034', campaign_id: 'x'.repeat(101) },
      { campaign_id: ['is too long (maximum is 100 characters)'] },
    ],
    ['a list', [], { base: ['must be a JSON object'] }],
    ['text', '"text"', { base: ['must be a JSON object'] }],
    ['null', 'null', { base: ['must be a JSON object'] }],
    ['no body at all', '', { base: ['must be a JSON object'] }],
  ])('refuses %s and says what is wrong with each member', async (_name, payload, errors) => {
    const answer = await test.ask('POST', '/sessions', {
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
      headers: { 'content-type': 'application/json' },
    })
    expectDocumentedAnswer('createSession', answer)
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ request_status: 'error', errors: { errors } })
    expect(Object.keys(answer.json<{ errors: { errors: object } }>().errors.errors).sort()).toEqual(
      Object.keys(errors).sort(),
    )
  })

  it('counts characters, not bytes, in lengths', async () => {
    await create({ street1: '\u{1F3E0}'.repeat(100), zip: '48034' })
  })
})
