import { describe, expect, it } from 'vitest'
import { createPointBlockFinder } from './point-block.ts'
import type { BlockedRange } from './point-block.ts'
import { RANGE_FLAG } from './street-tables.ts'

/** A street that runs north for some 1,100 m, in two edges. */
const LINES = new Map([
  [
    1,
    [
      { latitude: 43.7, longitude: -70.3 },
      { latitude: 43.705, longitude: -70.3 },
    ],
  ],
  [
    2,
    [
      { latitude: 43.705, longitude: -70.3 },
      { latitude: 43.71, longitude: -70.3 },
    ],
  ],
])
const side = (tlid: number, low: number, flags: number, block: number, areaId = 5): BlockedRange => ({
  variantId: 1,
  areaId,
  prefix: '',
  low,
  high: low + 98,
  flags,
  tlid,
  block,
})
const LEFT = 0
const RIGHT = RANGE_FLAG.right
const findBlock = createPointBlockFinder(
  [side(1, 1, LEFT, 11), side(1, 2, RIGHT, 12), side(2, 101, LEFT, 21), side(2, 102, RIGHT, 22)],
  (tlid) => LINES.get(tlid),
)
const EAST = 0.0002
const at = (latitude: number, longitude: number, value = 20, areaId = 5) => ({
  variantId: 1,
  areaId,
  prefix: '',
  value,
  coordinates: { latitude, longitude: -70.3 + longitude },
})

describe('createPointBlockFinder', () => {
  it('takes the block of the side that the point is on', () => {
    expect(findBlock(at(43.702, EAST))).toBe(12)
    expect(findBlock(at(43.702, -EAST))).toBe(11)
    expect(findBlock(at(43.708, -EAST, 151))).toBe(21)
  })

  it('believes the place of a point more than its number', () => {
    expect(findBlock(at(43.708, EAST, 20))).toBe(22)
  })

  it('reaches farther back where the number is the range’s', () => {
    expect(findBlock(at(43.702, 0.004, 20))).toBe(12)
    expect(findBlock(at(43.702, 0.004, 7000))).toBeUndefined()
  })

  it('tells none to a point that is far from its street', () => {
    expect(findBlock(at(43.75, EAST))).toBeUndefined()
    expect(findBlock({ ...at(43.702, EAST), variantId: 2 })).toBeUndefined()
  })

  it('asks the street’s part in another ZIP when its own is not near', () => {
    expect(findBlock(at(43.702, EAST, 20, 6))).toBe(12)
  })
})
