import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openState } from '../../src/storage/open-state.ts'
import { startServer } from '../support/server-process.ts'
import { EXAMPLE } from '../support/test-app.ts'

const HEADERS = { authorization: 'Bearer hum_test_sandbox', 'content-type': 'application/json' }

describe('SIGTERM under load', () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hum-shutdown-'))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('answers what has arrived, keeps every session that it opened, lets agents finish, and ends with 0', async () => {
    const file = join(folder, 'state.sqlite')
    const server = await startServer({ HUM_STATE: file })
    const post = async (params: object) => {
      const answer = await fetch(`${server.url}/sessions`, {
        method: 'POST',
        headers: HEADERS,
        body: JSON.stringify(params),
      })
      return { status: answer.status, token: answer.headers.get('session_token') ?? '', text: await answer.text() }
    }
    const slow = Array.from({ length: 10 }, () => post({ street1: '4100 Slowpoke Lane', zip: '48034' }))
    let isStopping = false
    const statuses: number[] = []
    const tokens: string[] = []
    const callers = Array.from({ length: 20 }, async () => {
      for (;;) {
        try {
          const { status, token } = await post(EXAMPLE)
          statuses.push(status)
          tokens.push(token)
        } catch (error) {
          // Once it stops listening, new connections are refused; nothing else may fail.
          if (!isStopping) throw error
          return
        }
      }
    })
    await new Promise((resolve) => {
      setTimeout(resolve, 1000)
    })
    isStopping = true
    const code = await server.end('SIGTERM')
    await Promise.all(callers)
    const slowAnswers = await Promise.all(slow)
    expect(code, server.output()).toBe(0)
    expect(new Set(statuses)).toEqual(new Set([201]))
    expect(slowAnswers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201))

    const state = await openState({ engine: 'sqlite', file })
    for (const token of tokens) expect(await state.sessions.find(token)).toBeDefined()
    for (const { token } of slowAnswers) {
      expect(await state.sessions.find(token)).toMatchObject({ internet: { outcome: 'matched' } })
    }
    await state.close()
  }, 60_000)
})
