import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRawConnection, sendRaw } from '../support/raw-connection.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const HEAD = 'Host: x\r\nAuthorization: Bearer hum_test_sandbox\r\n'
const POST = `POST /sessions HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n`

describe('a caller that is slow', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp({ limits: { requestMs: 500, silenceMs: 1500 } })
  })

  afterAll(() => test.close())

  /** Sends a text and then a byte again and again, until the connection is closed. */
  async function dribble(begin: string, byte: string): Promise<string> {
    const { socket, received } = await openRawConnection(test)
    socket.write(begin)
    const isOver = new AbortController()
    void received.then(() => isOver.abort())
    while (!isOver.signal.aborted) {
      if (socket.writable) socket.write(byte)
      await sleep(20)
    }
    return received
  }

  it.each([
    ['headers', 'GET /ping HTTP/1.1\r\nHost: x\r\nX-Padding: ', 'x'],
    ['a body', POST, ' '],
  ])('with %s is given up', async (_what, begin, byte) => {
    const received = await dribble(begin, byte)
    expect(received).toMatch(/^HTTP\/1\.1 400 /)
    expect(received).toContain('The request took too long to arrive.')
  })

  it('with its first byte is given up, and many of them keep nobody from being served', async () => {
    const connections = await Promise.all(Array.from({ length: 300 }, () => openRawConnection(test)))
    const body = JSON.stringify(EXAMPLE)
    const type = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n`
    expect(await sendRaw(test, `POST /sessions HTTP/1.1\r\n${HEAD}${type}\r\n${body}`)).toMatch(/^HTTP\/1\.1 201 /)
    await Promise.all(connections.map(({ received }) => received))
  })

  it('to read its answers is let go', async () => {
    const token = await test.open()
    const { socket, received } = await openRawConnection(test)
    socket.pause()
    // More than the system's buffers take on either side.
    const request = `GET /sessions/${token}/services/internet HTTP/1.1\r\n${HEAD}\r\n`
    socket.write(request.repeat(400))
    const countConnections = promisify(test.app.server.server.getConnections.bind(test.app.server.server))
    await expect.poll(() => countConnections(), { timeout: 60_000 }).toBe(0)
    socket.destroy()
    await received
  }, 90_000)

  it('to take up an agent\u2019s report is not taken for silent', async () => {
    const { socket, received } = await openRawConnection(test)
    const body = JSON.stringify({ street1: '4100 Slowpoke Lane', zip: '48034' })
    socket.write(
      `POST /sessions HTTP/1.1\r\n${HEAD}Prefer: wait=1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    expect(await received).toMatch(/^HTTP\/1\.1 201 /)
  })
})
