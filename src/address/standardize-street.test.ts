import { describe, expect, it } from 'vitest'
import { standardizeStreet } from './standardize-street.ts'

const parts = (text: string) =>
  Object.fromEntries(Object.entries(standardizeStreet(text)).filter(([, value]) => value !== undefined))

describe('standardizeStreet', () => {
  it.each([
    ['Lillian Place', { streetName: 'LILLIAN', suffix: 'PL' }],
    ['N 1st Ave E', { predirectional: 'N', streetName: '1ST', suffix: 'AVE', postdirectional: 'E' }],
    ['North East 5th St', { predirectional: 'NE', streetName: '5TH', suffix: 'ST' }],
    ['US Hwy 1', { pretype: 'US HIGHWAY', streetName: '1' }],
    ['US Hwy 17 Bus', { pretype: 'US HIGHWAY', streetName: '17 BUS' }],
    ['State Rd 1300', { pretype: 'STATE ROAD', streetName: '1300' }],
    ['Co Rd 43', { pretype: 'COUNTY ROAD', streetName: '43' }],
    ['Stone Mtn Rd', { streetName: 'STONE MOUNTAIN', suffix: 'RD' }],
    ['Broadway', { streetName: 'BROADWAY' }],
    ['', {}],
  ])('cuts %j for itself as within an address', (text, expected) => {
    expect(parts(text)).toEqual(expected)
  })

  it.each([
    ['North Ave', { streetName: 'NORTH', suffix: 'AVE' }],
    ['E St', { streetName: 'E', suffix: 'ST' }],
    ['Avenue E', { pretype: 'AVENUE', streetName: 'E' }],
    ['West Lake', { predirectional: 'W', streetName: 'LAKE' }],
  ])('leaves %j a name', (text, expected) => {
    expect(parts(text)).toEqual(expected)
  })
})
