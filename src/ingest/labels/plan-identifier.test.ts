import { describe, expect, it } from 'vitest'
import { composePlanIdentifier, parseFrn, parsePlanIdentifier } from './plan-identifier.ts'

describe('parsePlanIdentifier', () => {
  it.each([
    ['F0005937974123ABC456DEF789', 'fixed', '0005937974'],
    ['M0005937974X', 'mobile', '0005937974'],
    ['f-0005937974-tier1', 'fixed', '0005937974'],
  ])('reads %s', (text, connection, frn) => {
    expect(parsePlanIdentifier(text)).toMatchObject({ connection, frn })
  })

  it.each(['F0005937974', 'F0005937974123ABC456DEF7890', 'X0005937974A', 'F000593797A', 'F0005937974A&B', ''])(
    'refuses %o',
    (text) => {
      expect(parsePlanIdentifier(text)).toBeUndefined()
    },
  )
})

describe('composePlanIdentifier', () => {
  it('puts the zeros back that a spreadsheet took from the number', () => {
    expect(composePlanIdentifier('Fixed', '5937974', 'TIER1')?.upi).toBe('F0005937974TIER1')
  })

  it('needs a number and a code', () => {
    expect(composePlanIdentifier('Fixed', '', 'TIER1')).toBeUndefined()
    expect(composePlanIdentifier('Fixed', '5937974', '')).toBeUndefined()
  })
})

describe('parseFrn', () => {
  it.each(['0', '12345678901', 'abc', ''])('refuses %o', (text) => {
    expect(parseFrn(text)).toBeUndefined()
  })
})
