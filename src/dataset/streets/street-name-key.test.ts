import { expect, it } from 'vitest'
import { streetNameKey } from './street-name-key.ts'

it.each([
  [['1ST', 'FIRST', '1', '1st', '1ts']],
  [['SAINT JOHNS', "ST. JOHN'S", 'ST JOHNS']],
  [['VAN BUREN', 'VANBUREN', 'VAN-BUREN']],
  [['PARK LN', 'PARK LANE']],
  [['MOUNT VERNON', 'MT VERNON']],
  [['PEÑASCO', 'PENASCO']],
  [['NORTH BAY', 'N BAY']],
  [['OLD US HIGHWAY 17', 'OLD US 17', 'Old US Hwy 17']],
])('gives %j one key', (spellings) => {
  expect(new Set(spellings.map(streetNameKey)).size).toBe(1)
})

it.each([
  ['1ST', '2ND'],
  ['OAK', 'OAKS'],
  ['100', '1000'],
  ['US 17', 'HIGHWAY 17'],
])('keeps %s and %s apart', (one, other) => {
  expect(streetNameKey(one)).not.toBe(streetNameKey(other))
})

it('holds nothing but letters and digits', () => {
  expect(streetNameKey("O'Brien & Sons / 5th-Ave.")).toMatch(/^[A-Z0-9]+$/)
})
