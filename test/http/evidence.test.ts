import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface Evidence {
  readonly address: object
  readonly area?: object
  readonly filings: readonly { readonly fcc_provider_id: number; readonly source_id: number }[]
  readonly labels: readonly { readonly plan_name: string; readonly source_id: number; readonly row: number }[]
  readonly sources: readonly { readonly source_id: number; readonly file: string; readonly licence: string }[]
  readonly assumptions: readonly string[]
}

describe('GET /sessions/{token}/evidence', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  async function evidenceAt(params: object): Promise<Evidence> {
    const answer = await test.ask('GET', `/sessions/${await test.open(params)}/evidence`)
    expect(answer.statusCode).toBe(200)
    return answer.json<{ data: Evidence }>().data
  }

  it('names the parts, the area, each filing and label row, and the file behind each', async () => {
    const { address, area, filings, labels, sources, assumptions } = await evidenceAt(EXAMPLE)
    expect(address).toMatchObject({
      delivery_line: '29090 TIFFANY DR E',
      parts: { primary_number: '29090', street_name: 'TIFFANY', suffix: 'DR', postdirectional: 'E' },
    })
    expect(area).toMatchObject({ precision: 'block_and_hexagon', block_geoid: '261251612001001', locations: 9 })
    expect(filings.map(({ fcc_provider_id }) => fcc_provider_id)).toEqual([900_001, 900_002, 900_003, 900_004])
    expect(labels.find(({ plan_name }) => plan_name === 'Fiber 1 Gig')).toMatchObject({ row: 3 })
    const known = new Set(sources.map(({ source_id }) => source_id))
    for (const { source_id } of [...filings, ...labels]) expect(known).toContain(source_id)
    expect(sources.every(({ file, licence }) => file !== '' && !file.includes('/') && licence !== '')).toBe(true)
    expect(assumptions.length).toBeGreaterThan(0)
  })

  it.each([
    [{ street1: '24520 Lodestar Road Apt 2B', zip: '48034' }, 'Filings count buildings, not their units'],
    [
      { street1: '7 Orchard Way', zip: '48442' },
      'No census block is known for this place; filings of the whole hexagon',
    ],
    [{ street1: '500 Quarry Road', zip: '48442' }, 'House numbers are spread evenly along the street'],
  ])('says of %o what was assumed', async (params, assumption) => {
    const { assumptions } = await evidenceAt(params)
    expect(assumptions.some((sentence) => sentence.startsWith(assumption))).toBe(true)
  })

  it('assumes nothing of an area where the answer is for the very location', async () => {
    const { area, assumptions } = await evidenceAt({ street1: '105 Marigold Street', zip: '48034' })
    expect(area).toMatchObject({ precision: 'location', locations: 1 })
    expect(assumptions).toEqual([expect.stringContaining('Labels do not say where a plan is sold')])
  })

  it('says how far it came where no place was found', async () => {
    const evidence = await evidenceAt({ street1: '1 Nowhere Boulevard', zip: '48034' })
    expect(evidence).toMatchObject({ filings: [], labels: [], sources: [], assumptions: [] })
    expect(evidence.area).toBeUndefined()
  })

  it('shows nothing of a closed session', async () => {
    const token = await test.open()
    await test.ask('DELETE', `/sessions/${token}`)
    expect((await test.ask('GET', `/sessions/${token}/evidence`)).statusCode).toBe(410)
  })
})
