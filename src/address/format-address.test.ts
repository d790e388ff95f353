import { describe, expect, it } from 'vitest'
import { formatAddress, formatDeliveryLine, formatDisplayLine, formatLastLine } from './format-address.ts'

const tiffany = { primaryNumber: '29090', streetName: 'TIFFANY', suffix: 'DR', postdirectional: 'E' }
const southfield = { city: 'SOUTHFIELD', state: 'MI', zip: '48034' }

describe('formatting', () => {
  it('joins the delivery line and the last line by a comma', () => {
    expect(formatAddress({ ...tiffany, ...southfield })).toBe('29090 TIFFANY DR E, SOUTHFIELD, MI 48034')
  })

  it('writes ZIP+4 with its hyphen', () => {
    expect(formatLastLine({ ...southfield, plus4: '1234' })).toBe('SOUTHFIELD, MI 48034-1234')
  })

  it('puts # before a unit without designator', () => {
    expect(formatDeliveryLine({ ...tiffany, unit: '4B' })).toBe('29090 TIFFANY DR E # 4B')
  })

  it('lets a firm stand for the delivery line when there is nothing else', () => {
    expect(formatAddress({ recipient: 'GRACE HALL', ...southfield })).toBe('GRACE HALL, SOUTHFIELD, MI 48034')
  })

  it.each([
    [{ ...tiffany, unitDesignator: 'APT', unit: '4B' }, '29090 Tiffany Drive E Apt 4B'],
    [{ primaryNumber: '300', pretype: 'US HIGHWAY', streetName: '41', postdirectional: 'SW' }, '300 US Highway 41 SW'],
    [{ primaryNumber: '12', streetName: '3RD', suffix: 'ST' }, '12 3rd Street'],
    [{ poBox: '123' }, 'PO Box 123'],
  ])('spells the line out for people', (parts, line) => {
    expect(formatDisplayLine(parts)).toBe(line)
  })
})
