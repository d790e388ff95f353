import { describe, expect, it } from 'vitest'
import { parseAddress } from '../address/index.ts'
import { createAddressQuery } from './address-query.ts'

describe('createAddressQuery', () => {
  it.each([
    ['350 5th Ave NYC', 'NEW YORK', 'NY'],
    ['1200 Larkspur Blvd, LA, CA 90017', 'LOS ANGELES', 'CA'],
    ['1500 Larkspur St, Philly, PA', 'PHILADELPHIA', 'PA'],
    ['12 Larkspur St, The Bronx, New York', 'BRONX', 'NY'],
    ['12 Larkspur St, Vegas, NM', 'VEGAS', 'NM'],
  ])('knows the city of %s by what people call it', (text, city, state) => {
    expect(createAddressQuery(parseAddress(text))).toMatchObject({ city, state })
  })
})
