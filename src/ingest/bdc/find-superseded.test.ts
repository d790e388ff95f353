import { describe, expect, it } from 'vitest'
import { findSuperseded } from './find-superseded.ts'
import type { FilingGroup } from './find-superseded.ts'

const group = (file: number, providerId: number, over: Partial<FilingGroup> = {}): FilingGroup => ({
  file,
  stateFips: '23',
  technologyCode: 50,
  providerId,
  rows: 10,
  ...over,
})

describe('findSuperseded', () => {
  const older = { asOfDate: '2022-06-30', revision: '2023-03-31' }
  const newer = { asOfDate: '2023-06-30', revision: '2024-03-05' }

  it('keeps the newest as-of date, also over a later revision of an older one', () => {
    const files = [newer, { asOfDate: '2022-06-30', revision: '2024-12-31' }]
    expect(findSuperseded([group(0, 1), group(1, 1)], files)).toEqual([group(1, 1)])
  })

  it('keeps the newest revision of one as-of date', () => {
    const files = [{ ...older, revision: '2022-11-17' }, older]
    expect(findSuperseded([group(0, 1), group(1, 1)], files)).toEqual([group(0, 1)])
  })

  it('drops a provider that the newer file no longer holds', () => {
    expect(findSuperseded([group(0, 1), group(0, 2), group(1, 1)], [older, newer])).toEqual([group(0, 1), group(0, 2)])
  })

  it('leaves other technologies and states alone', () => {
    const groups = [group(0, 1, { technologyCode: 40 }), group(0, 1, { stateFips: '33' }), group(1, 1)]
    expect(findSuperseded(groups, [older, newer])).toEqual([])
  })

  it('lets a file of one provider replace that provider alone', () => {
    const files = [older, { ...newer, providerId: 2 }]
    expect(findSuperseded([group(0, 1), group(0, 2), group(1, 2)], files)).toEqual([group(0, 2)])
  })

  it('lets a whole file replace an older file of one provider', () => {
    const files = [{ ...older, providerId: 2 }, newer]
    expect(findSuperseded([group(0, 2), group(1, 1)], files)).toEqual([group(0, 2)])
  })

  it('keeps files of the same vintage together', () => {
    expect(findSuperseded([group(0, 1), group(1, 1)], [newer, newer])).toEqual([])
  })

  it('takes an unknown date as the oldest', () => {
    const files = [{}, { asOfDate: '2022-06-30' }, older]
    expect(findSuperseded([group(0, 1), group(1, 1), group(2, 1)], files)).toEqual([group(0, 1), group(1, 1)])
  })
})
