import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import type { ApiTokenKind } from '../../src/access/api-token.ts'
import { buildDataSet } from '../../src/ingest/build-data-set.ts'
import { openState } from '../../src/storage/open-state.ts'
import { startServer } from '../support/server-process.ts'
import { EXAMPLE } from '../support/test-app.ts'

/** Streets alone, which nobody has filed for. */
const TIGER = resolve(import.meta.dirname, '../../data/sandbox/tiger')

describe('a server on real data', () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hum-beside-'))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('builds the sandbox for itself and answers test tokens from it', async () => {
    const file = join(folder, 'state.sqlite')
    const state = await openState({ engine: 'sqlite', file })
    const create = async (kind: ApiTokenKind) =>
      (await createApiToken({ tokens: state.tokens, clock: Date.now }, { name: kind, kind })).secret
    const secrets = { live: await create('live'), test: await create('test') }
    await state.close()
    const real = await buildDataSet(
      { mixed: [TIGER], out: join(folder, 'real') },
      { clock: () => Date.UTC(2026, 0, 1), report: () => {} },
    )
    const server = await startServer({ HUM_DATA: real.path, HUM_STATE: file }, folder)
    try {
      const post = async (secret: string) => {
        const answer = await fetch(`${server.url}/sessions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
          body: JSON.stringify(EXAMPLE),
        })
        return {
          status: answer.status,
          body: (await answer.json()) as { data: object[]; meta: { hum_data_set: string } },
        }
      }
      const live = await post(secrets.live)
      expect(live).toMatchObject({ status: 201, body: { data: [], meta: { hum_data_set: real.version } } })
      const test = await post(secrets.test)
      expect(test.status).toBe(201)
      expect(test.body.data.length).toBeGreaterThan(0)
      expect(test.body.meta.hum_data_set).not.toBe(real.version)
      expect(server.output()).toContain(
        `Test tokens are answered from the sandbox, data set ${test.body.meta.hum_data_set}.`,
      )
      expect((await post('hum_test_sandbox')).status).toBe(401)
    } finally {
      expect(await server.end('SIGTERM')).toBe(0)
    }
  }, 120_000)
})
