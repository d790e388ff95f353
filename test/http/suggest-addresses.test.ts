import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface Suggested {
  readonly text: string
  readonly primary_number: string | null
}

describe('/addresses/suggest', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  const typed = (q: string) => test.ask('GET', `/addresses/suggest?q=${encodeURIComponent(q)}`)

  it('completes a number and the beginning of a street', async () => {
    const answer = await typed('29090 tiff')
    expect(answer.statusCode).toBe(200)
    const { data, meta } = answer.json<{ data: Suggested[]; meta: object }>()
    expect(data.map(({ text }) => text).toSorted()).toEqual([
      '29090 TIFFANY DR E, SOUTHFIELD, MI 48034',
      '29090 TIFFANY DR W, SOUTHFIELD, MI 48034',
    ])
    expect(data.map(({ primary_number }) => primary_number)).toEqual(['29090', '29090'])
    expect(meta).toMatchObject({ hum_data_set: test.lookUps.version })
  })

  it('offers a street without a number while none is typed', async () => {
    const [first] = (await typed('marigold c')).json<{ data: Suggested[] }>().data
    expect(first).toMatchObject({ street: 'MARIGOLD CT', primary_number: null })
  })

  it('gives to a body what it gives to a query', async () => {
    const byBody = await test.ask('POST', '/addresses/suggest', { payload: { q: '12 harb' } })
    expect(byBody.json<{ data: object }>().data).toEqual((await typed('12 harb')).json<{ data: object }>().data)
    expect(byBody.json<{ data: object[] }>().data.length).toBeGreaterThan(0)
  })

  it.each([' ', '\u0000', '🏠', '%%%', 'x'.repeat(200)])('finds nothing in %j, without an error', async (q) => {
    const answer = await typed(q)
    expect(answer.statusCode).toBe(200)
    expect(answer.json<{ data: object[] }>().data).toEqual([])
  })

  it.each(['/addresses/suggest', '/addresses/suggest?q=', `/addresses/suggest?q=${'x'.repeat(201)}`])(
    'refuses %s with what is wrong',
    async (url) => {
      const answer = await test.ask('GET', url)
      expect(answer.statusCode).toBe(422)
    },
  )

  it('wants a token', async () => {
    const answer = await test.ask('GET', '/addresses/suggest?q=tiff', { headers: { authorization: 'Bearer no' } })
    expect(answer.statusCode).toBe(401)
  })
})
