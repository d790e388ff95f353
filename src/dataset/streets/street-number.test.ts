import { describe, expect, it } from 'vitest'
import { parseStreetNumber } from './street-number.ts'

describe('parseStreetNumber', () => {
  it.each([
    ['29090', '', 29090, ''],
    [' 007 ', '', 7, ''],
    ['112-10', '112-', 10, ''],
    ['1-400', '1-', 400, ''],
    ['LO05', 'LO', 5, ''],
    ['R501', 'R', 501, ''],
    ['PR00', 'PR', 0, ''],
    ['N112W16350', 'N112W', 16350, ''],
    ['n112 w16350', 'N112W', 16350, ''],
    ['10A', '', 10, 'A'],
    ['10 a', '', 10, 'A'],
    ['12 1/2', '', 12, '1/2'],
    ['12-1/2', '', 12, '1/2'],
  ])('cuts %s into prefix, value and suffix', (text, prefix, value, suffix) => {
    expect(parseStreetNumber(text)).toEqual({ prefix, value, suffix })
  })

  it.each(['', 'A', 'Main St', '1234567890123', '12/', '#', '١٢'])('takes %j for no house number', (text) => {
    expect(parseStreetNumber(text)).toBeUndefined()
  })
})
