import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { withFolder } from '../../test/support/with-folder.ts'
import { openState } from '../storage/open-state.ts'

const run = promisify(execFile)
const MAIN = resolve(import.meta.dirname, 'main.ts')

const listClicks = async (file: string, ...flags: string[]): Promise<string> =>
  (await run(process.execPath, [MAIN, 'clicks', ...flags], { env: { ...process.env, HUM_STATE: file } })).stdout

describe('hum clicks', () => {
  it('lists what was counted since a day', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'state.sqlite')
      const state = await openState({ engine: 'sqlite', file })
      for (const day of ['2026-01-01', '2026-01-02', '2026-01-02']) {
        await state.clicks.count({ day, campaignId: 'spring', providerId: 130_317 })
      }
      await state.close()
      expect(JSON.parse(await listClicks(file, '--since', '2026-01-02', '--json'))).toEqual([
        { day: '2026-01-02', campaignId: 'spring', providerId: 130_317, clicks: 2 },
      ])
      expect(await listClicks(file, '--since', '2026-01-03')).toBe('No link was followed.\n')
    }))

  it('refuses a day that there is not', () =>
    withFolder(async (folder) => {
      const listed = listClicks(join(folder, 'state.sqlite'), '--since', '2026-02-30')
      await expect(listed).rejects.toMatchObject({ stderr: expect.stringContaining('2026-11-01') as string })
    }))
})
