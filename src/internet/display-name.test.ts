import { describe, expect, it } from 'vitest'
import type { ProviderIndex } from '../dataset/coverage/provider-index.ts'
import { openDisplayNames } from './display-name.ts'

const companies: ProviderIndex = {
  findProvider: (providerId) => {
    if (providerId === 900001) return { providerId, name: 'Holding, Inc.', onlyBrandName: null }
    return providerId === 900003 ? { providerId, name: 'Holding, Inc.', onlyBrandName: 'Smithnet LLC' } : undefined
  },
  findProviderByFrn: () => undefined,
}

describe('openDisplayNames', () => {
  const displayName = openDisplayNames(companies)

  it.each([
    [130235, 'Charter Communications Inc', 'Spectrum'],
    [900001, 'Smith Fiber, LLC', 'Smith Fiber'],
    [900001, 'Smith Telephone Company d/b/a Smithnet', 'Smithnet'],
    [900001, 'VDSL', 'Holding'],
    [900001, 'O.P.E.N.x', 'Holding'],
    [900001, '', 'Holding'],
    [900001, undefined, 'Holding'],
    [900003, undefined, 'Smithnet'],
    [900003, 'Jonesnet', 'Jonesnet'],
    [900002, 'DSL', 'DSL'],
    [900002, '', 'Provider 900002'],
  ])('calls provider %i, who filed %o, %s, also when asked again', (providerId, brandName, name) => {
    expect(displayName(providerId, brandName)).toBe(name)
    expect(displayName(providerId, brandName)).toBe(name)
  })
})
