import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openState } from './open-state.ts'
import type { State } from './open-state.ts'

let folder: string
let file: string
let state: State

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hum-checkpoint-'))
  file = join(folder, 'state.sqlite')
  state = await openState({ engine: 'sqlite', file })
})

afterEach(async () => {
  await state.close()
  rmSync(folder, { recursive: true, force: true })
})

async function openSessions(from: number, count: number): Promise<void> {
  const opening = Array.from({ length: count }, (_, index) => {
    const token = `token${from + index}`
    const params = { street1: '1 Main St'.repeat(50) }
    return state.sessions.insert({
      token,
      accountId: 'account',
      kind: 'live',
      params,
      createdAt: 1,
      updatedAt: 1,
      lastSeenAt: 1,
    })
  })
  await Promise.all(opening)
}

it('brings what was written into the file while the server goes on, and loses nothing of it', async () => {
  const before = statSync(file).size
  await openSessions(0, 3000)
  await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(before + 1_000_000), { timeout: 60_000 })
  await openSessions(3000, 100)
  await state.close()
  state = await openState({ engine: 'sqlite', file })
  for (const number of [0, 2999, 3099]) expect(await state.sessions.find(`token${number}`)).toBeDefined()
}, 90_000)
