import { expect, it } from 'vitest'
import { technologyCategory, technologyName } from './technology.ts'

it.each([
  [10, 'DSL', 'Terrestrial'],
  [40, 'Cable', 'Terrestrial'],
  [50, 'Fiber', 'Terrestrial'],
  [60, 'Satellite', 'Satellite'],
  [61, 'Satellite', 'Satellite'],
  [70, 'Fixed Wireless', 'Terrestrial'],
  [71, 'Fixed Wireless', 'Terrestrial'],
  [72, 'Fixed Wireless', 'Terrestrial'],
  [0, 'Other', 'Terrestrial'],
  [99, 'Other', 'Terrestrial'],
])('calls FCC code %i %s, %s', (code, name, category) => {
  expect([technologyName(code), technologyCategory(code)]).toEqual([name, category])
})
