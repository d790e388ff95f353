import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SANDBOX_TOKEN } from '../../src/access/api-token.ts'
import { createApiToken, revokeApiToken, rotateApiToken } from '../../src/access/create-api-token.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { setWebhook } from '../../src/webhooks/manage-webhooks.ts'
import { createReach } from '../../src/webhooks/reach-url.ts'
import { openState } from '../../src/storage/open-state.ts'
import type { State } from '../../src/storage/open-state.ts'
import { runHum } from '../support/run-hum.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import type { WebhookReceiver } from '../support/webhook-receiver.ts'

const SECRET = /^whsec_[0-9A-Za-z+/=]{32,}\n$/

describe('hum webhooks', { timeout: 120_000 }, () => {
  let folder: string
  let state: State
  let receiver: WebhookReceiver
  let tokenId: string
  let accountId: string

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hum-cli-'))
    receiver = await startWebhookReceiver()
    state = await openState({ engine: 'sqlite', file: join(folder, 'state.sqlite') })
    const { token } = await createApiToken(needs(), { name: 'mover', kind: 'live' })
    tokenId = token.id
    accountId = token.accountId
  })

  afterEach(async () => {
    await state.close()
    await receiver.close()
    rmSync(folder, { recursive: true })
  })

  const needs = () => ({ ...state, clock: systemClock, reach: createReach(['loopback']) })

  /** Registers the receiver for a token. @returns the secret. */
  async function register(id = tokenId): Promise<string> {
    const { webhook } = await setWebhook(needs(), { tokenId: id, url: receiver.url })
    return webhook.secrets[0]!.secret
  }

  const webhooks = (...args: string[]) =>
    runHum(['webhooks', ...args], {
      env: { HUM_STATE: join(folder, 'state.sqlite'), HUM_WEBHOOK_NETWORKS: 'loopback' },
      cwd: folder,
    })

  const listJson = async (...args: string[]): Promise<unknown> =>
    JSON.parse((await webhooks(...args, '--json')).stdout) as unknown

  /** Leaves a message behind that was given up. */
  async function giveUp(id: string, account = accountId): Promise<void> {
    const at = systemClock()
    const times = { createdAt: at, updatedAt: at, lastSeenAt: at }
    const message = { id, accountId: account, type: 'session.completed', body: '{}', createdAt: at }
    const geocoding = { outcome: 'failed', reason: 'agent_failed' } as const
    await state.sessions.insert(
      {
        token: id,
        accountId: account,
        kind: 'live',
        params: { street1: 'x' },
        ...times,
        geocoding,
        internet: geocoding,
      },
      message,
    )
    await state.webhooks.settle(id, { state: 'dead', at, status: 500, reason: 'status' })
  }

  it('register a URL, print its secret once and alone, and change it with the secret kept', async () => {
    const first = await webhooks('set', tokenId, receiver.url)
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(SECRET) as string })
    const [stored] = (await state.webhooks.find(accountId))?.secrets ?? []
    expect(first.stdout).toBe(`${stored?.secret}\n`)
    const second = await webhooks('set', tokenId, `${receiver.url}/2`)
    expect(second).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('secrets stay') as string })
    expect(await state.webhooks.find(accountId)).toMatchObject({ url: `${receiver.url}/2`, secrets: [stored] })
  })

  it('refuse what cannot be told, with exit code 1 and what to do, and change nothing', async () => {
    const refusals = await Promise.all([
      webhooks('set', tokenId, 'https://10.0.0.1/'),
      webhooks('rotate', 'unknown'),
      webhooks('remove', tokenId),
      webhooks('replay'),
    ])
    for (const [index, part] of ['HUM_WEBHOOK_NETWORKS', 'hum tokens list', 'hum webhooks set', '--dead'].entries()) {
      expect(refusals[index]).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(part) as string })
      expect(refusals[index]?.stderr).toMatch(/^hum: [^\n]+\n$/)
    }
    expect(await state.webhooks.list()).toEqual([])
  })

  it('list what there is with the tokens that are in use, and no secret', async () => {
    const secret = await register()
    const fresh = await rotateApiToken(needs(), { id: tokenId, overlapMs: 60_000 })
    await revokeApiToken(needs(), tokenId)
    await register('sandbox')
    await giveUp('msg_one')
    expect(await listJson('list')).toEqual([
      {
        tokens: fresh.token.id,
        url: receiver.url,
        created: expect.any(String) as string,
        disabled: null,
        pending: 0,
        dead: 1,
      },
      expect.objectContaining({ tokens: 'sandbox', dead: 0 }),
    ])
    const { stdout } = await webhooks('list')
    expect(stdout).toContain(receiver.url)
    expect(stdout).not.toContain(secret)
  })

  it('send a signed message at once, and say how that went', async () => {
    const secret = await register()
    expect(await webhooks('test', tokenId)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^Delivered in \d+ ms \(status 204\)\.\n$/) as string,
    })
    expect(receiver.received).toMatchObject([{ type: 'webhook.test' }])
    expect(receiver.verify(secret, receiver.received[0]!)).toMatchObject({ type: 'webhook.test' })
    receiver.answer = (_request, response) => response.writeHead(500).end()
    expect(await webhooks('test', tokenId)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^hum: Not delivered after \d+ ms: status, status 500\.\n$/) as string,
    })
  })

  it('print a new secret, beside which the old one signs for the overlap', async () => {
    const old = await register()
    const { stdout: fresh } = await webhooks('rotate', tokenId, '--overlap', '1h')
    expect(fresh).toMatch(SECRET)
    expect(fresh).not.toContain(old)
    const [first, second] = (await state.webhooks.find(accountId))?.secrets ?? []
    expect(first).toEqual({ secret: fresh.trim() })
    expect(second?.secret).toBe(old)
    // Of an hour, with the time that the command and this line took.
    expect(second?.endsAt).toBeGreaterThan(systemClock())
    expect(second?.endsAt).toBeLessThanOrEqual(systemClock() + 3_600_000)
  })

  it('list what was given up, and send it again by id or all of a token', async () => {
    await register()
    await register('sandbox')
    for (const id of ['msg_one', 'msg_two', 'msg_three']) await giveUp(id)
    await giveUp('msg_other', 'sandbox')
    const own = (await listJson('dead', '--token', tokenId)) as { id: string }[]
    expect(own.map(({ id }) => id).toSorted()).toEqual(['msg_one', 'msg_three', 'msg_two'])
    expect(own[0]).toMatchObject({ tokens: tokenId, type: 'session.completed', status: 500, reason: 'status' })

    expect(await webhooks('replay', 'msg_two')).toMatchObject({ code: 0, stderr: '1 to be sent again.\n' })
    expect(await webhooks('replay', '--dead', tokenId)).toMatchObject({ code: 0, stderr: '2 to be sent again.\n' })
    expect((await state.webhooks.listDead()).map(({ id }) => id)).toEqual(['msg_other'])
    const pending = (await state.webhooks.list()).map((listed) => [listed.webhook.accountId, listed.pending])
    expect(Object.fromEntries(pending)).toEqual({ [accountId]: 3, [SANDBOX_TOKEN.accountId]: 0 })
  })

  it('remove a webhook with all that waits for it', async () => {
    await register()
    await giveUp('msg_one')
    expect(await webhooks('remove', tokenId)).toMatchObject({ code: 0, stderr: 'Removed.\n' })
    expect(await state.webhooks.find(accountId)).toBeUndefined()
    expect(await state.webhooks.listDead()).toEqual([])
  })
})
