import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { withFolder } from '../../test/support/with-folder.ts'
import { createApiToken } from '../access/create-api-token.ts'
import { openState } from '../storage/open-state.ts'

const run = promisify(execFile)
const MAIN = resolve(import.meta.dirname, 'main.ts')

const listUsage = async (file: string, ...flags: string[]): Promise<string> =>
  (await run(process.execPath, [MAIN, 'usage', ...flags], { env: { ...process.env, HUM_STATE: file } })).stdout

describe('hum usage', () => {
  it(
    'lists what was counted, told apart as asked, as JSON, CSV and for people',
    () =>
      withFolder(async (folder) => {
        const file = join(folder, 'state.sqlite')
        const state = await openState({ engine: 'sqlite', file })
        const { token } = await createApiToken(
          { tokens: state.tokens, clock: () => 1 },
          { name: 'Moving app', kind: 'live' },
        )
        const { accountId } = token
        const at = Date.UTC(2026, 0, 2, 23)
        await state.sessions.insert({
          token: 'x',
          accountId,
          kind: 'live',
          params: { street1: '1 Main St', zip: '48034', campaignId: 'a, "b"' },
          createdAt: at,
          updatedAt: at,
          lastSeenAt: at,
        })
        for (const day of [0, 1, 1]) {
          await state.usage.countClick({
            at: at + day * 86_400_000,
            accountId,
            campaignId: 'a, "b"',
            providerId: 130_317,
          })
        }
        await state.close()

        const days = ['--from', '2026-01-02', '--to', '2026-01-03']
        const unknown = listUsage(file, '--by', 'week')
        unknown.catch(() => {})
        const [json, csv, table, nothing] = await Promise.all([
          listUsage(file, ...days, '--json'),
          listUsage(file, ...days, '--csv', '--by', 'campaign,provider', '--token', token.id),
          listUsage(file, ...days, '--by', 'outcome'),
          listUsage(file, '--to', '2025-12-31'),
        ])
        expect(JSON.parse(json)).toEqual([
          {
            day: '2026-01-02',
            account_id: accountId,
            token_name: 'Moving app',
            campaign_id: 'a, "b"',
            sessions: 1,
            clicks: 1,
          },
          {
            day: '2026-01-03',
            account_id: accountId,
            token_name: 'Moving app',
            campaign_id: 'a, "b"',
            sessions: 0,
            clicks: 2,
          },
        ])
        expect(csv).toBe('campaign_id,provider_id,sessions,clicks\n"a, ""b""",130317,0,3\n')
        expect(table).toContain('open')
        expect(nothing).toBe('There was no usage.\n')
        await expect(unknown).rejects.toMatchObject({ stderr: expect.stringContaining('not by week') as string })
      }),
    120_000,
  )
})
