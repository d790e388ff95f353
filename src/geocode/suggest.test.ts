import { describe, expect, it } from 'vitest'
import { buildGeocoder } from '../../test/support/street-world.ts'

const BOTH_SIDES = { left: ['101', '199'], right: ['100', '198'] } as const
const geocoder = buildGeocoder({
  zips: [
    ['48034', 'Southfield', 'MI', 42.4969, -83.2911],
    ['48442', 'Holly', 'MI', 42.7952, -83.6277],
  ],
  edges: [
    { street: 'Tiffany Dr E', left: ['29001', '29199'], right: ['29000', '29198'] },
    { street: 'Tiffany Dr W', left: ['29001', '29199'] },
    { street: 'Hickory Cross Rd', ...BOTH_SIDES },
    { street: 'Main St', ...BOTH_SIDES },
    { street: 'Main St', ...BOTH_SIDES, zip: '48442', at: [42.79, -83.62] },
    { street: 'W Main St', left: ['1', '99'] },
    { street: '1st St', ...BOTH_SIDES },
  ],
  points: [
    { street: 'Main St', number: '1500' },
    { street: 'Main St', number: '1504', unit: 'APT 1' },
    { street: 'Main St', number: '1504', unit: 'APT 2' },
  ],
})
const told = (text: string) => geocoder.suggest(text).map((suggestion) => suggestion.text)

describe('suggest', () => {
  it('completes a street that is being typed, letter by letter', () => {
    const whole = '150 hickory cross road, southfield, mi 48034'
    for (let length = '150 hi'.length; length <= whole.length; length++) {
      const typed = whole.slice(0, length)
      expect([typed, ...told(typed)]).toContain('150 HICKORY CROSS RD, SOUTHFIELD, MI 48034')
    }
  })

  it('completes house numbers from points, else from ranges of the right parity', () => {
    expect(told('150 main st')).toEqual(
      expect.arrayContaining([
        '150 MAIN ST, SOUTHFIELD, MI 48034',
        '150 MAIN ST, HOLLY, MI 48442',
        '1500 MAIN ST, SOUTHFIELD, MI 48034',
      ]),
    )
    expect(told('1504 main')).toEqual(['1504 MAIN ST, SOUTHFIELD, MI 48034'])
    expect(told('2919 tiffany dr w')).toEqual(
      [29191, 29193, 29195, 29197, 29199].map((n) => `${n} TIFFANY DR W, SOUTHFIELD, MI 48034`),
    )
  })

  it('puts a number that exists before those that it begins', () => {
    expect(told('150 main')[0]).toMatch(/^150 MAIN/)
  })

  it('heeds the city, the ZIP and the directional that have been begun', () => {
    expect(told('150 main st, hol')).toEqual(['150 MAIN ST, HOLLY, MI 48442'])
    expect(told('150 main st holly')).toEqual(['150 MAIN ST, HOLLY, MI 48442'])
    expect(told('150 main st mi 484')).toEqual(['150 MAIN ST, HOLLY, MI 48442'])
    expect(told('11 w main')).toEqual(['11 W MAIN ST, SOUTHFIELD, MI 48034'])
    expect(told('29150 tiffany drive e')).toEqual(['29150 TIFFANY DR E, SOUTHFIELD, MI 48034'])
  })

  it.each(['hickroy', 'hikory cross', 'hicckory cross rd', 'hickery cro', '150 hickoyr cross rd, southfield'])(
    'finds the street behind the misspelt %s',
    (text) => {
      expect(told(text)[0]).toContain('HICKORY CROSS RD, SOUTHFIELD, MI 48034')
    },
  )

  it('gives streets without a number where none was typed, or none begins so', () => {
    expect(geocoder.suggest('tiff')).toEqual([
      {
        text: 'TIFFANY DR E, SOUTHFIELD, MI 48034',
        primaryNumber: undefined,
        street: 'TIFFANY DR E',
        city: 'Southfield'.toUpperCase(),
        state: 'MI',
        zip: '48034',
      },
      expect.objectContaining({ street: 'TIFFANY DR W' }),
    ])
    expect(told('7 tiffany dr w')).toEqual(['TIFFANY DR W, SOUTHFIELD, MI 48034'])
  })

  it('finds numbered streets by any spelling', () => {
    for (const text of ['100 1st', '100 first st', '100 1s'])
      expect(told(text)[0]).toBe('100 1ST ST, SOUTHFIELD, MI 48034')
  })

  it.each(['', ' ', ',', '5,', 'zzzzzz', '@@@', '150 zzzzzz, nowhere'])('has nothing to say to %j', (text) => {
    expect(told(text)).toEqual([])
  })

  it('gives no more than ten, or than are asked for', () => {
    expect(told('1 main st').length).toBeLessThanOrEqual(10)
    expect(geocoder.suggest('1 main st', 2)).toHaveLength(2)
  })
})
