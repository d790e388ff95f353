import { expect, it } from 'vitest'
import { unitKey } from './unit.ts'

it.each([
  [['APT 4', 'UNIT 4', '# 4', 'Apartment 04', 'STE 4']],
  [['APT 2B', 'UNIT 2B', '#2B', 'APT 2-B']],
  [['BLDG 4 APT 2', 'BUILDING 4 UNIT 2']],
])('takes %j for one door', (texts) => {
  expect(new Set(texts.map(unitKey)).size).toBe(1)
})

it('keeps doors of different identifiers apart, and those that have none', () => {
  expect(new Set(['APT 4', 'APT 40', 'APT 4B', 'BLDG 4 APT 2', 'REAR', 'BSMT', 'APT S'].map(unitKey)).size).toBe(7)
})
