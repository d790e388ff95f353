import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { distanceMeters } from '../../lib/coordinates.ts'
import { decodeLine, encodeLine } from './street-line.ts'

const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

it('gives back every line to within a tenth of a metre', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 40 }), (line) => {
      const decoded = decodeLine(encodeLine(line))
      expect(decoded).toHaveLength(line.length)
      for (const [index, coordinates] of decoded.entries()) {
        expect(distanceMeters(coordinates, line[index]!)).toBeLessThan(0.1)
      }
    }),
  )
})

it('packs a line of short steps into some four bytes a point', () => {
  const line = Array.from({ length: 100 }, (_, step) => ({ latitude: 36 + step * 1e-4, longitude: -76 - step * 2e-4 }))
  expect(encodeLine(line).length).toBeLessThan(420)
})
