import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runHum } from '../support/run-hum.ts'

describe('hum tokens', { timeout: 120_000 }, () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hum-cli-'))
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  const tokens = (...args: string[]) =>
    runHum(['tokens', ...args], { env: { HUM_STATE: join(folder, 'state.sqlite') }, cwd: folder })

  const list = async () => JSON.parse((await tokens('list', '--json')).stdout) as Record<string, unknown>[]

  it('creates a token, whose secret is printed alone, and changes what is named of it', async () => {
    const created = await tokens('create', '--name', 'mover', '--rate-limit', '7', '--expires', '1d')
    expect(created).toMatchObject({ code: 0, stdout: expect.stringMatching(/^hum_live_\w{36}\n$/) as string })
    const [before] = await list()
    const id = String(before?.['id'])
    const changed = await tokens('change', id, '--name', 'other', '--rate-window', '1h', '--expires', 'never')
    expect(changed).toEqual({ code: 0, stdout: '', stderr: 'Changed.\n' })
    expect(await list()).toEqual([{ ...before, name: 'other', windowSeconds: 3600, expires: null }])
    await tokens('change', id, '--rate-limit', 'default', '--rate-window', 'default', '--expires', '2h')
    const [after] = await list()
    expect(after).toEqual({
      ...before,
      name: 'other',
      limit: null,
      windowSeconds: null,
      expires: expect.any(String) as string,
    })
    const hours = (Date.parse(String(after?.['expires'])) - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(1)
    expect(hours).toBeLessThanOrEqual(2)
  })

  it('changes nothing where nothing is named, the token is unknown, or a setting cannot be', async () => {
    await tokens('create', '--name', 'mover')
    const [before] = await list()
    const id = String(before?.['id'])
    const refusals = await Promise.all([
      tokens('change', id),
      tokens('change', 'unknown', '--name', 'other'),
      tokens('change', id, '--origin', 'https://example.com'),
      tokens('change', id, '--name', 'other', '--rate-limit', 'many'),
    ])
    for (const [index, part] of ['--help', 'hum tokens list', 'publishable', 'whole number'].entries()) {
      expect(refusals[index]).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(part) as string })
    }
    expect(await list()).toEqual([before])
  })
})
