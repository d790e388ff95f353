import { describe, expect, it } from 'vitest'
import { AppError } from '../../lib/errors.ts'
import { TransientFailure, withRetries } from './retry.ts'

/** Runs an attempt that fails in these ways, then works, and tells how long it waited each time. */
async function waitsFor(failures: readonly Error[], random = 0): Promise<number[]> {
  const waits: number[] = []
  const queue = [...failures]
  await withRetries(
    { sleep: async (milliseconds) => void waits.push(milliseconds), random: () => random },
    async () => {
      const failure = queue.shift()
      if (failure) throw failure
    },
    () => {},
  )
  return waits
}

const failures = (count: number, options = {}) =>
  Array.from({ length: count }, () => new TransientFailure('no', options))

describe('withRetries', () => {
  it('waits twice as long each time', async () => {
    expect(await waitsFor(failures(5))).toEqual([1000, 2000, 4000, 8000, 16_000])
  })

  it('shortens waits at random', async () => {
    expect(await waitsFor(failures(2), 0.5)).toEqual([750, 1500])
  })

  it('gives up after six attempts without progress', async () => {
    await expect(waitsFor(failures(6))).rejects.toThrow('no Tried 6 times.')
  })

  it('goes on for as long as there is progress', async () => {
    expect(await waitsFor(failures(20, { progressed: true }))).toEqual(Array(20).fill(1000))
  })

  it('waits as long as the server asks', async () => {
    expect(await waitsFor(failures(1, { retryAfterMs: 90_000 }))).toEqual([90_000])
  })

  it('does not wait for a server that asks for more than a quarter of an hour', async () => {
    const waiting = waitsFor(failures(1, { retryAfterMs: 3_600_000 }))
    await expect(waiting).rejects.toThrow('no It asks to come back in 60 minutes.')
  })

  it('does not try again what cannot get better', async () => {
    await expect(waitsFor([new AppError('source_unreadable', 'gone')])).rejects.toThrow('gone')
  })
})
