import { describe, expect, it } from 'vitest'
import { findState, findStateByCode, findStateByFips, STATES } from './states.ts'

describe('states', () => {
  it.each([
    ['mi', 'MI'],
    ['Michigan', 'MI'],
    ['Mich.', 'MI'],
    ['N.Y.', 'NY'],
    ['d.c.', 'DC'],
    ['North  Carolina', 'NC'],
    ['N. Mex.', 'NM'],
    ['Massachusets', 'MA'],
    ['Illinios', 'IL'],
    ['Michagan', 'MI'],
    ['South Carolna', 'SC'],
  ])('knows %s', (text, code) => {
    expect(findState(text)?.code).toBe(code)
  })

  it('knows all 50 states, the District and five territories by their FIPS codes', () => {
    const withFips = STATES.filter(({ fips }) => fips !== undefined)
    expect(withFips).toHaveLength(56)
    for (const { code, fips = '' } of withFips) expect(findStateByFips(fips)?.code).toBe(code)
  })

  it('knows the military regions, which have no FIPS code', () => {
    for (const code of ['AA', 'AE', 'AP']) expect(findStateByCode(code)?.fips).toBeUndefined()
  })

  it('does not know what is none', () => {
    expect(findState('Ontario')).toBeUndefined()
  })
})
