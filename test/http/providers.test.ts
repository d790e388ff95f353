import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface Schema {
  readonly properties: Record<string, unknown>
}

interface Product {
  readonly name: string
  readonly pricing: Record<string, unknown>
  readonly cost: { readonly months_cents: number[]; readonly first_24_months: { readonly amount_cents: number } }
}

interface Provider {
  readonly provider_name: string
  readonly min_plan_price: { readonly amount_cents: number } | null
  readonly offerings: Record<string, unknown>[]
  readonly product_catalog: readonly { readonly products: Product[] }[]
  readonly hum_rank: number
  readonly rank_reasons: readonly { readonly criterion: string; readonly text: string }[]
}

describe('the providers of an answer', () => {
  let test: TestApp
  let schemas: Record<string, Schema>

  beforeAll(async () => {
    test = await openTestApp()
    schemas = (await test.ask('GET', '/openapi.json')).json<{ components: { schemas: Record<string, Schema> } }>()
      .components.schemas
  })

  afterAll(() => test.close())

  async function providersAt(params: object, query = ''): Promise<Provider[]> {
    const token = await test.open(params)
    const answer = await test.ask('GET', `/sessions/${token}/services/internet${query}`)
    expect(answer.statusCode).toBe(200)
    return answer.json<{ data: { internet: Provider[] } }>().data.internet
  }

  it('are as the served document describes them, with no member that it does not name', async () => {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const validate = ajv.compile({ $ref: '#/components/schemas/provider', components: { schemas } })
    for (const params of [EXAMPLE, { street1: '29001 Tiffany Drive E', zip: '48034' }]) {
      for (const provider of await providersAt(params)) {
        expect(validate(provider), JSON.stringify(validate.errors)).toBe(true)
        expect(Object.keys(schemas['provider']?.properties ?? {})).toEqual(Object.keys(provider))
        for (const offering of provider.offerings) {
          expect(Object.keys(schemas['offering']?.properties ?? {})).toEqual(Object.keys(offering))
        }
        for (const product of provider.product_catalog.flatMap(({ products }) => products)) {
          expect(Object.keys(schemas['product']?.properties ?? {})).toEqual(Object.keys(product))
          expect(Object.keys(schemas['pricing']?.properties ?? {})).toEqual(Object.keys(product.pricing))
        }
      }
    }
  })

  it('say what a plan costs in the first two years, and the lowest price of the provider', async () => {
    const [fiber] = await providersAt(EXAMPLE)
    const gig = fiber?.product_catalog[0]?.products.find(({ name }) => name === 'Fiber 1 Gig')
    expect(fiber?.min_plan_price).toEqual({ amount_cents: 4999, currency: 'USD' })
    expect(gig?.pricing['monthly_price']).toEqual({ amount_cents: 7999, currency: 'USD' })
    expect(gig?.cost.months_cents).toHaveLength(24)
    expect(gig?.cost.months_cents[0]).toBe(4999 + 3500)
    expect(gig?.cost.first_24_months.amount_cents).toBe(12 * 4999 + 12 * 7999 + 3500)
  })

  it('have no price where no label is known', async () => {
    const providers = await providersAt({ street1: '29001 Tiffany Drive E', zip: '48034' })
    const copper = providers.find(({ provider_name }) => provider_name === 'Heritage DSL')
    expect(copper).toMatchObject({ min_plan_price: null, product_catalog: [] })
    expect(copper?.rank_reasons.at(-1)).toMatchObject({ criterion: 'price', text: 'No price known' })
  })

  it('come in the neutral order with the reasons, or in an order by own weights', async () => {
    const neutral = await providersAt(EXAMPLE)
    expect(neutral.map(({ provider_name }) => provider_name)).toEqual([
      'Motor City Fiber',
      'Great Lakes Cable',
      'Huron Wireless',
      'SkyArc Satellite',
    ])
    expect(neutral[0]?.rank_reasons.map(({ criterion }) => criterion)).toEqual([
      'terrestrial',
      'verdict',
      'technology',
      'speed',
      'price',
    ])
    const cheapest = await providersAt(EXAMPLE, '?weights=price:1')
    const prices = cheapest.map(({ min_plan_price }) => min_plan_price?.amount_cents ?? 0)
    expect(prices).toEqual(prices.toSorted((a, b) => a - b))
  })

  it.each(['weights=cheap:1', 'weights=price:0', 'weights=price:x', `weights=${'price:1,'.repeat(60)}`])(
    'are refused under %s',
    async (query) => {
      const token = await test.open()
      const answer = await test.ask('GET', `/sessions/${token}/services/internet?${query}`)
      expect(answer.statusCode).toBe(422)
      expect(answer.json<{ errors: object }>().errors).toHaveProperty('errors')
    },
  )
})
