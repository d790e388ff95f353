import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPostMessage } from '../../src/webhooks/post-message.ts'
import { createReach } from '../../src/webhooks/reach-url.ts'
import { createWebhookSecret } from '../../src/webhooks/sign-message.ts'

const root = resolve(import.meta.dirname, '../..')

describe('the receiver in docs/webhooks.md', () => {
  const secret = createWebhookSecret()
  let port: number
  let receiver: ChildProcess
  let output = ''

  beforeAll(async () => {
    port = await findFreePort()
    const page = readFileSync(resolve(root, 'docs/webhooks.md'), 'utf8')
    const code = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
    receiver = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: root,
      env: { PATH: process.env['PATH'], PORT: String(port), HUM_WEBHOOK_SECRET: secret },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    receiver.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  })

  afterAll(() => receiver.kill())

  function send(with_: string, id: string) {
    const post = createPostMessage({ reach: createReach(['loopback']), clock: Date.now })
    const webhook = { url: `http://127.0.0.1:${port}/hum`, secrets: [{ secret: with_ }] }
    const body = '{"type":"session.completed","timestamp":"2026-11-26T12:00:00.000Z","data":{"session_token":"abc"}}'
    return post(webhook, { id, body })
  }

  it('takes what Hum signed, works once for each id, and refuses what others signed', async () => {
    await expect
      .poll(async () => (await send(createWebhookSecret(), 'msg_0')).reason, { timeout: 40_000 })
      .not.toBe('unreachable')
    expect(await send(createWebhookSecret(), 'msg_1')).toMatchObject({ outcome: 'failed', status: 401 })
    for (const id of ['msg_1', 'msg_1', 'msg_2']) {
      expect(await send(secret, id)).toEqual({ outcome: 'delivered', status: 204, reason: 'ok' })
    }
    const line = 'session.completed abc\n'
    await expect.poll(() => output, { timeout: 20_000 }).toBe(line + line)
  }, 90_000)
})

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => {
    server.close(closed)
  })
  return port
}
