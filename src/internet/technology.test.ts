import { expect, it } from 'vitest'
import { technologyCategory, technologyDetail, technologyName } from './technology.ts'

it.each([
  [10, 'DSL', 'Terrestrial', 'Copper wire'],
  [40, 'Cable', 'Terrestrial', 'Coaxial cable'],
  [50, 'Fiber', 'Terrestrial', 'Fiber to the premises'],
  [60, 'Satellite', 'Satellite', 'Geostationary satellite'],
  [61, 'Satellite', 'Satellite', 'Non-geostationary satellite'],
  [70, 'Fixed Wireless', 'Terrestrial', 'Unlicensed fixed wireless'],
  [71, 'Fixed Wireless', 'Terrestrial', 'Licensed fixed wireless'],
  [72, 'Fixed Wireless', 'Terrestrial', 'Licensed-by-rule fixed wireless'],
  [0, 'Other', 'Terrestrial', 'Other'],
  [99, 'Other', 'Terrestrial', 'Other'],
])('calls FCC code %i %s, %s, %s', (code, name, category, detail) => {
  expect([technologyName(code), technologyCategory(code), technologyDetail(code)]).toEqual([name, category, detail])
})
