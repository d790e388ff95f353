import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectDocumentedAnswer } from '../contract/api-document.ts'
import { sendRaw } from '../support/raw-connection.ts'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

describe('DELETE /sessions/{token}', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  async function close(token: string, headers: Record<string, string> = {}) {
    const answer = await test.ask('DELETE', `/sessions/${token}`, { headers })
    expectDocumentedAnswer('closeSession', answer)
    return answer
  }

  it('closes a session and says so', async () => {
    const token = await test.open()
    const answer = await close(token)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      message: 'Session closed successfully',
      request_status: 'ok',
      data: {},
      meta: {
        session_token: token,
        session_status: 'closed',
        service_address: '29090 TIFFANY DR E, SOUTHFIELD, MI 48034',
      },
    })
  })

  it('leaves nothing to read behind', async () => {
    const token = await test.open()
    await close(token)
    for (const path of ['', '/services/internet']) {
      const answer = await test.ask('GET', `/sessions/${token}${path}`)
      expect(answer.statusCode).toBe(410)
      expect(answer.body).not.toContain('Tiffany')
    }
    expect((await close(token)).statusCode).toBe(410)
    const kept = await test.state.sessions.find(token)
    expect(kept?.geocoding).toBeUndefined()
    expect(kept?.internet).toBeUndefined()
  })

  it('takes a request that is labelled JSON and has no body', async () => {
    expect((await close(await test.open(), { 'content-type': 'application/json' })).statusCode).toBe(200)
  })

  it('takes a request over a connection that is labelled JSON and says nothing of a body', async () => {
    const token = await test.open()
    const head = `host: hum\r\nauthorization: Bearer hum_test_sandbox\r\ncontent-type: application/json\r\n`
    const text = await sendRaw(
      test,
      `DELETE /sessions/${token} HTTP/1.1\r\n${head}\r\n`,
      `POST /sessions HTTP/1.1\r\n${head}connection: close\r\n\r\n`,
    )
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 422'])
  })

  it('stops agents at work, which then report nothing', async () => {
    const token = await test.open({ street1: '4200 Slowpoke Lane', zip: '48034' })
    expect((await close(token)).statusCode).toBe(200)
    await sleep(2500)
    expect((await test.state.sessions.find(token))?.geocoding).toBeUndefined()
    expect((await test.ask('GET', `/sessions/${token}`)).statusCode).toBe(410)
  }, 15_000)

  it('lets exactly one of many requests at the same moment close it', async () => {
    const token = await test.open()
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await close(token)).statusCode))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 410)).toHaveLength(9)
  })

  it('answers 404 for an unknown session', async () => {
    expect((await close('unknown')).statusCode).toBe(404)
  })
})
