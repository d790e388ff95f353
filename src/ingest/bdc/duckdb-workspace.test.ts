import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { withDuckdbWorkspace } from './duckdb-workspace.ts'

// It would take longer than any test may.
const ENDLESS = 'SELECT count(*) FROM range(1_000_000_000) a, range(1_000_000_000) b WHERE (a.range * b.range) % 7 = 1'

it('ends what runs, refuses what follows and leaves nothing when its signal says so', async () => {
  const stopping = new AbortController()
  const reason = new Error('enough')
  let folder = ''
  const work = withDuckdbWorkspace({ signal: stopping.signal }, async (workspace) => {
    folder = workspace.folder
    setTimeout(() => stopping.abort(reason), 50)
    const ended = await workspace.run(ENDLESS).catch((error: unknown) => String(error))
    expect(ended).toMatch(/interrupt/i)
    await expect(workspace.rows('SELECT 1')).rejects.toBe(reason)
    for await (const chunk of workspace.chunks('SELECT 1')) expect(chunk).toBeUndefined()
  })
  await expect(work).rejects.toBe(reason)
  expect(existsSync(folder)).toBe(false)
})
