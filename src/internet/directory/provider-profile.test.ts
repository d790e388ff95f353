import { describe, expect, it } from 'vitest'
import type { Plan } from '../../dataset/plans/plan.ts'
import { describeProvider } from './provider-profile.ts'

const plan: Plan = {
  upi: 'F0099000001TEST',
  frn: '0099000001',
  providerId: 900_001,
  planName: 'Test',
  supportPhone: '+13135550101',
  supportUrl: 'https://motorcityfiber.example/help?from=label',
  source: { sourceId: 1, file: 'test.csv', row: 2 },
  readingNotes: [],
}

describe('describeProvider', () => {
  it('takes what the directory knows', () => {
    expect(describeProvider({ providerId: 130_317, brandName: 'Comcast' }, [plan])).toMatchObject({
      telephone: { value: '+18009346489', from: 'directory' },
      website: { value: 'https://www.xfinity.com', from: 'directory' },
    })
  })

  it('takes support line and site from the labels where it knows nothing', () => {
    expect(describeProvider({ providerId: 900_001, brandName: '' }, [plan])).toEqual({
      telephone: { value: '+13135550101', from: 'label' },
      website: { value: 'https://motorcityfiber.example/', from: 'label' },
      supportUrl: { value: 'https://motorcityfiber.example/help?from=label', from: 'label' },
    })
  })

  it('invents nothing', () => {
    expect(Object.values(describeProvider({ providerId: 900_005, brandName: 'Heritage DSL' }))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})
