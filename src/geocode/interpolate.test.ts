import { describe, expect, it } from 'vitest'
import { distanceMeters } from '../lib/coordinates.ts'
import { interpolate } from './interpolate.ts'

const NORTHBOUND = [
  { latitude: 42, longitude: -83 },
  { latitude: 42.001, longitude: -83 },
  { latitude: 42.004, longitude: -83 },
]

describe('interpolate', () => {
  it('measures the fraction along the length, over all vertices', () => {
    expect(interpolate(NORTHBOUND, 0.5, 'left', 0)?.coordinates.latitude).toBeCloseTo(42.002, 9)
    expect(interpolate(NORTHBOUND, 0, 'left', 0)?.coordinates).toEqual(NORTHBOUND[0])
    expect(interpolate(NORTHBOUND, 1, 'left', 0)?.coordinates.latitude).toBeCloseTo(42.004, 9)
  })

  it('moves off the line to the side asked for', () => {
    const right = interpolate(NORTHBOUND, 0.5, 'right', 10)!.coordinates
    const left = interpolate(NORTHBOUND, 0.5, 'left', 10)!.coordinates
    expect(right.longitude).toBeGreaterThan(-83)
    expect(left.longitude).toBeLessThan(-83)
    expect(distanceMeters(right, { latitude: 42.002, longitude: -83 })).toBeCloseTo(10, 1)
    expect(distanceMeters(right, left)).toBeCloseTo(20, 1)
  })

  it('gives a place on a line without length, and none on a single point', () => {
    const point = { latitude: 42, longitude: -83 }
    expect(interpolate([point, point], 0.7, 'right')?.coordinates).toEqual(point)
    expect(interpolate([point], 0.5, 'right')).toBeUndefined()
  })
})
