import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runTogether } from './run-together.ts'

describe('runTogether', () => {
  it('makes one call of what comes in one turn, and gives each item its own result', async () => {
    const runs: (readonly number[])[] = []
    const double = runTogether(
      async (items: readonly number[]) => {
        runs.push(items)
        return items.map((item) => item * 2)
      },
      { lanes: 1 },
    )
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6])
    expect(await double(4)).toBe(8)
    expect(runs).toEqual([[1, 2, 3], [4]])
  })

  it('holds back what comes while all lanes are taken, and lets it go as one', async () => {
    const runs: (readonly number[])[] = []
    const ends: (() => void)[] = []
    const echo = runTogether(
      async (items: readonly number[]) => {
        runs.push(items)
        await new Promise<void>((end) => ends.push(end))
        return items
      },
      { lanes: 2 },
    )
    const results: Promise<number>[] = []
    for (const item of [1, 2, 3, 4]) {
      results.push(echo(item))
      await nextTurn()
      await nextTurn()
    }
    expect(runs).toEqual([[1], [2]])
    ends[0]?.()
    expect(await results[0]).toBe(1)
    await nextTurn()
    expect(runs).toEqual([[1], [2], [3, 4]])
    for (const end of ends) end()
    expect(await Promise.all(results)).toEqual([1, 2, 3, 4])
  })

  it('fails the items of a run that fails, and no other', async () => {
    const run = runTogether(
      async (items: readonly number[]) => {
        if (items.includes(13)) throw new Error('unlucky')
        return items
      },
      { lanes: 1 },
    )
    const failed = await Promise.allSettled([12, 13].map(run))
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await run(14)).toBe(14)
  })
})
