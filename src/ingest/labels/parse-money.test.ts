import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactCents, parseMoney } from './parse-money.ts'

const centsOf = (text: string) => {
  const money = parseMoney(text)
  return money.kind === 'amount' ? exactCents(money.amount) : undefined
}

describe('parseMoney', () => {
  it.each([
    ['$74.95', 7495],
    ['74.95', 7495],
    ['74.950000000000003', 7495],
    ['USD 74.95', 7495],
    ['US$74.95', 7495],
    ['74.95 USD', 7495],
    ['$1,299', 129_900],
    ['99¢', 99],
    ['$.99', 99],
    ['55*', 5500],
    ['65 dollars', 6500],
    ['$50/mo.', 5000],
    ['$49.99 plus tax', 4999],
    ['$10 off', 1000],
    ['$0', 0],
    ['$50¹', 5000],
    ['$49.99²', 4999],
    ["'49.99", 4999],
    ['$49.99 mo', 4999],
    ['$49.99 (monthly)', 4999],
    ['$49.99 /mo + tax', 4999],
    ['＄49.99', 4999],
  ])('reads %s as %i cents', (text, cents) => {
    expect(centsOf(text)).toBe(cents)
  })

  it('reads every amount in every wording back to the cent', () => {
    const wordings = [
      (dollars: string) => `$${dollars}`,
      (dollars: string) => dollars,
      (dollars: string) => ` $ ${dollars} `,
      (dollars: string) => `${dollars} USD`,
      (dollars: string) => `$${dollars}/month`,
      (dollars: string) => `$${dollars} per mo.`,
      (dollars: string) => `-$${dollars}`,
      (dollars: string) => `($${dollars})`,
    ]
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), fc.constantFrom(...wordings), (cents, write) => {
        const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
        expect(centsOf(write(`${whole}.${String(cents % 100).padStart(2, '0')}`))).toBe(cents)
        expect(centsOf(write(String(cents / 100)))).toBe(cents)
      }),
    )
  })

  it.each([
    ['up to $10', { atLeastCents: 0, atMostCents: 1000 }],
    ['from $5', { atLeastCents: 500 }],
    ['$10 - $15', { atLeastCents: 1000, atMostCents: 1500 }],
    ['$5 to $10 per month', { atLeastCents: 500, atMostCents: 1000 }],
  ])('reads %s as what it leaves open', (text, amount) => {
    expect(parseMoney(text)).toMatchObject({ kind: 'amount', amount })
  })

  it.each(['None', 'N/A', 'NULL', 'included', '-', 'Waived'])('takes %s for a stated none', (text) => {
    expect(parseMoney(text)).toEqual({ kind: 'none' })
  })

  it('tells a blank from a none', () => {
    expect(parseMoney('  ')).toEqual({ kind: 'blank' })
  })

  it.each([
    ['1 line| $35|2 lines| $95', 'several_amounts'],
    ['150; 100; 500', 'several_amounts'],
    ['74.955', 'fraction_of_a_cent'],
    ['74,95', 'not_an_amount'],
    ['fifty dollars', 'not_an_amount'],
  ])('does not guess at %s', (text, why) => {
    expect(parseMoney(text)).toEqual({ kind: 'unreadable', why })
  })

  it('answers any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void parseMoney(text)))
  })
})
