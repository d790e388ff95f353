import { describe, expect, it } from 'vitest'
import type { CoverageArea } from './internet-answer.ts'
import { judgeClaim } from './verdict.ts'

const block: CoverageArea = { precision: 'block', blockGeoid: '230050025032013', locations: 13, blockLocations: 13 }

describe('judgeClaim', () => {
  it.each([
    [13, 'available', 'Filed for all 13 locations in this block.'],
    [12, 'likely', 'Filed for 12 of the 13 locations in this block.'],
    [9, 'likely', 'Filed for 9 of the 13 locations in this block.'],
    [8, 'possible', 'Filed for 8 of the 13 locations in this block.'],
    [1, 'possible', 'Filed for 1 of the 13 locations in this block.'],
  ])('calls a claim for %i of 13 locations %s', (locations, verdict, summary) => {
    expect(judgeClaim(locations, block, false)).toEqual({ verdict, summary })
  })

  it('calls exactly two of three likely', () => {
    expect(judgeClaim(2, { ...block, locations: 3 }, false)).toMatchObject({ verdict: 'likely' })
  })

  it('says so when a hexagon cuts the block', () => {
    const area: CoverageArea = { ...block, precision: 'block_and_hexagon', locations: 4, blockLocations: 13 }
    expect(judgeClaim(4, area, false).summary).toBe('Filed for all 4 locations in this part of the block.')
    expect(judgeClaim(13, { ...block, precision: 'block_and_hexagon' }, false).summary).toContain('in this block')
  })

  it('speaks of the only location as one', () => {
    const area: CoverageArea = { ...block, locations: 1, blockLocations: 1 }
    expect(judgeClaim(1, area, false).summary).toBe('Filed for the only location in this block.')
  })

  it('describes a hexagon by its size', () => {
    const area: CoverageArea = { precision: 'hexagon', h3: '882a3454abfffff', locations: 300 }
    expect(judgeClaim(250, area, false).summary).toBe('Filed for 250 of the 300 locations within about half a mile.')
  })

  it('never goes beyond possible for a place that only approximates the address', () => {
    expect(judgeClaim(13, block, true)).toEqual({
      verdict: 'possible',
      summary: 'Filed for all 13 locations in this block. The address itself may lie elsewhere.',
    })
  })

  it('is sure of an exact location', () => {
    const area: CoverageArea = { precision: 'location', locations: 1 }
    expect(judgeClaim(1, area, false)).toEqual({ verdict: 'available', summary: 'Filed for this very location.' })
  })
})
