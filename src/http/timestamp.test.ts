import { assert, date, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toTimestamp } from './timestamp.ts'

describe('toTimestamp', () => {
  it('writes any time as the language itself does', () => {
    assert(
      property(date({ min: new Date('1900-01-01'), max: new Date('2500-01-01'), noInvalidDate: true }), (day) => {
        expect(toTimestamp(day.getTime())).toBe(day.toISOString())
      }),
    )
  })

  it('goes over to the next day at midnight in UTC', () => {
    const midnight = Date.UTC(2026, 10, 27)
    expect([midnight - 1, midnight, midnight - 1].map(toTimestamp)).toEqual([
      '2026-11-26T23:59:59.999Z',
      '2026-11-27T00:00:00.000Z',
      '2026-11-26T23:59:59.999Z',
    ])
  })
})
