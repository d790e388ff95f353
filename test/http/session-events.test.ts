import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import { openState } from '../../src/storage/open-state.ts'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface Event {
  event: string
  id: string
  data: { request_status: string; meta: { agent_status: Record<string, string>; session_status: string } }
}

const SLOW = { street1: '4100 Slowpoke Lane', zip: '48034' }

function parseEvents(body: string): Event[] {
  return body
    .split('\n\n')
    .filter((block) => block.startsWith('event:'))
    .map((block) => {
      const fields = new Map(
        block.split('\n').map((line) => [line.split(': ', 1)[0]!, line.slice(line.indexOf(': ') + 2)]),
      )
      return {
        event: fields.get('event') ?? '',
        id: fields.get('id') ?? '',
        data: JSON.parse(fields.get('data') ?? '{}') as Event['data'],
      }
    })
}

describe('GET /sessions/{token}/events', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  async function openPending(params: object = SLOW): Promise<string> {
    const opened = await test.ask('POST', '/sessions', { payload: params, headers: { prefer: 'wait=0' } })
    return String(opened.headers['session_token'])
  }

  const watch = (token: string, headers: Record<string, string> = {}) =>
    test.ask('GET', `/sessions/${token}/events`, { headers })

  it('tells of each report as it comes, and ends when all are there', async () => {
    const answer = await watch(await openPending())
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    expect(answer.headers['x-ratelimit-remaining']).toBeDefined()
    const events = parseEvents(answer.body)
    expect(events.map(({ event, data }) => [event, data.meta.agent_status['internet']])).toEqual([
      ['agent.updated', 'pending'],
      ['session.completed', 'matched'],
    ])
  }, 20_000)

  it('tells of a session that is complete already, once', async () => {
    const events = parseEvents((await watch(await test.open())).body)
    expect(events.map(({ event }) => event)).toEqual(['session.completed'])
  })

  it('goes on after the last event that was seen', async () => {
    const token = await openPending()
    const [first] = parseEvents((await watchFor(token, 600)).body)
    const events = parseEvents((await watch(token, { 'last-event-id': first?.id ?? '' })).body)
    expect(events.map(({ event }) => event)).toEqual(['session.completed'])
    const again = await watch(token, { 'last-event-id': events[0]?.id ?? '' })
    expect(parseEvents(again.body)).toEqual([])
  }, 20_000)

  it('tells that the session was closed, and ends', async () => {
    const token = await openPending()
    const watching = watch(token)
    await sleep(300)
    await test.ask('DELETE', `/sessions/${token}`)
    const events = parseEvents((await watching).body)
    expect(events.map(({ event }) => event)).toEqual(['agent.updated', 'session.closed'])
    expect(events[1]?.data.meta.session_status).toBe('closed')
  }, 20_000)

  it('is told of what another process does on the same state', async () => {
    const state = await openState({ engine: 'sqlite', file: ':memory:' })
    const [one, other] = [await openTestApp({ state }), await openTestApp({ state })]
    const opened = await one.ask('POST', '/sessions', { payload: SLOW, headers: { prefer: 'wait=0' } })
    const answer = await other.ask('GET', `/sessions/${String(opened.headers['session_token'])}/events`)
    expect(parseEvents(answer.body).at(-1)?.event).toBe('session.completed')
    await one.close()
    await other.close()
    await state.close()
  }, 30_000)

  it('ends when the server stops, so that stopping does not wait for it', async () => {
    const other = await openTestApp()
    const opened = await other.ask('POST', '/sessions', { payload: SLOW, headers: { prefer: 'wait=0' } })
    const watching = other.ask('GET', `/sessions/${String(opened.headers['session_token'])}/events`)
    await sleep(300)
    const closing = other.app.server.close()
    const answer = await watching
    expect(parseEvents(answer.body).map(({ event }) => event)).toEqual(['agent.updated'])
    await closing
    await other.close()
  }, 20_000)

  it('keeps others out as reading the session does', async () => {
    const token = await test.open()
    const needs = { tokens: test.state.tokens, clock: () => test.now }
    const { secret } = await createApiToken(needs, { name: 'other', kind: 'test' })
    expect((await watch(token, { authorization: `Bearer ${secret}` })).statusCode).toBe(404)
    expect((await watch(token, { authorization: 'Bearer wrong' })).statusCode).toBe(401)
    expect((await watch('unknown')).statusCode).toBe(404)
    await test.ask('DELETE', `/sessions/${token}`)
    expect((await watch(token)).statusCode).toBe(410)
  })

  /** Watches over a connection that is broken off after a while. */
  async function watchFor(token: string, ms: number): Promise<{ body: string }> {
    if (!test.app.server.server.listening) await test.app.server.listen({ host: '127.0.0.1', port: 0 })
    const address = test.app.server.server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const broken = new AbortController()
    const answer = await fetch(`http://127.0.0.1:${port}/sessions/${token}/events`, {
      headers: { authorization: 'Bearer hum_test_sandbox' },
      signal: broken.signal,
    })
    let body = ''
    setTimeout(() => broken.abort(), ms)
    try {
      for await (const chunk of answer.body!) body += Buffer.from(chunk).toString()
    } catch (error) {
      if (!broken.signal.aborted) throw error
    }
    return { body }
  }
})
