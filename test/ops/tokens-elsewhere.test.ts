import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnPostgres } from '../support/each-engine.ts'
import { startServer } from '../support/server-process.ts'
import type { ServerProcess } from '../support/server-process.ts'

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts')

/** What is promised: so long after a change was answered, every process goes by it. */
const PROMISED_MS = 1000

/** How long tokens live here that end by themselves: long enough to be used some times on a busy machine. */
const LIFE_SECONDS = 8

/** So many requests, sent when the promised time is over, show that a token is refused. */
const REFUSED_AFTER = 20

interface Token {
  readonly id: string
  readonly secret: string
}

/** A use of a token; times are milliseconds since 1970, as the server's clock has them. */
interface Use {
  readonly sentAt: number
  readonly answeredAt: number
  readonly status: number
}

describeOnPostgres('a token that is changed through one of two servers', (createDatabase) => {
  let place: string
  let one: ServerProcess
  let other: ServerProcess
  let admin: string

  beforeAll(async () => {
    place = await createDatabase()
    ;[one, other] = await Promise.all([startServer({ HUM_STATE: place }), startServer({ HUM_STATE: place })])
    admin = await hum('tokens', 'create', '--name', 'operator', '--admin')
  })

  afterAll(async () => {
    for (const server of [one, other]) await server?.end('SIGTERM')
  })

  /** Runs a command in a process of its own. */
  async function hum(...args: readonly string[]): Promise<string> {
    const env = { PATH: process.env['PATH'], HUM_STATE: place }
    return (await promisify(execFile)(process.execPath, [MAIN, ...args], { env })).stdout.trim()
  }

  async function administer(method: string, path: string, body?: object): Promise<Token> {
    const answer = await fetch(`${one.url}/admin/tokens${path}`, {
      method,
      headers: { authorization: `Bearer ${admin}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const { data } = (await answer.json()) as { data: Token }
    expect(answer.status).toBeLessThan(300)
    return data
  }

  const create = (wishes: object = {}) => administer('POST', '', { name: 'caller', ...wishes })

  async function ping(secret: string): Promise<number> {
    const answer = await fetch(`${other.url}/ping`, { headers: { authorization: `Bearer ${secret}` } })
    await answer.arrayBuffer()
    return answer.status
  }

  /**
   * Uses a token at the other server without a pause, from before `change` on until long enough after it. `change` comes
   * back with when the token was to end.
   */
  async function useDuring(
    { secret }: Token,
    change: () => Promise<number>,
  ): Promise<{ uses: readonly Use[]; endedAt: number }> {
    const uses: Use[] = []
    let endedAt = Infinity
    const failing = new AbortController()
    const later = () => uses.filter(({ sentAt }) => sentAt > endedAt + PROMISED_MS)
    async function use(): Promise<void> {
      const sentAt = Date.now()
      const status = await ping(secret)
      uses.push({ sentAt, answeredAt: Date.now(), status })
    }
    async function useOn(): Promise<void> {
      while (!failing.signal.aborted && later().length < REFUSED_AFTER) {
        await use()
        await sleep(10)
      }
    }
    async function changeMeanwhile(): Promise<void> {
      try {
        endedAt = await change()
      } catch (error) {
        failing.abort()
        throw error
      }
    }
    await use()
    await Promise.all([useOn(), changeMeanwhile()])
    expect([...new Set(later().map(({ status }) => status))]).toEqual([401])
    expect(uses[0]?.status).toBe(200)
    return { uses, endedAt }
  }

  /** Uses that were over before a time. */
  const usesBefore = (uses: readonly Use[], time: number) => uses.filter(({ answeredAt }) => answeredAt < time)

  it('is refused by the other within a second of the answer that it is revoked', async () => {
    const token = await create()
    await useDuring(token, async () => {
      await administer('DELETE', `/${token.id}`)
      return Date.now()
    })
  }, 120_000)

  it('is refused within a second of `hum tokens revoke` in a third process', async () => {
    const token = await create()
    await useDuring(token, async () => {
      await hum('tokens', 'revoke', token.id)
      return Date.now()
    })
  }, 120_000)

  it('is let in at once when it is new, and so long as it overlaps with the one that takes its place', async () => {
    const token = await create()
    let rotatedAt = 0
    const { uses } = await useDuring(token, async () => {
      rotatedAt = Date.now()
      const { secret } = await administer('POST', `/${token.id}/rotate`, { overlap_seconds: LIFE_SECONDS })
      const endsAt = Date.now() + LIFE_SECONDS * 1000
      expect(await ping(secret)).toBe(200)
      return endsAt
    })
    const inTime = usesBefore(uses, rotatedAt + LIFE_SECONDS * 1000)
    expect(inTime.filter(({ sentAt }) => sentAt > rotatedAt + PROMISED_MS)).not.toEqual([])
    expect([...new Set(inTime.map(({ status }) => status))]).toEqual([200])
  }, 120_000)

  it('is let in until it expires', async () => {
    const expiresAt = Date.now() + LIFE_SECONDS * 1000
    const token = await create({ expires_at: new Date(expiresAt).toISOString() })
    const { uses } = await useDuring(token, async () => expiresAt)
    expect([...new Set(usesBefore(uses, expiresAt).map(({ status }) => status))]).toEqual([200])
    // Both processes have one clock here, and nothing has to be looked up for it.
    const late = uses.filter(({ sentAt }) => sentAt > expiresAt)
    expect([...new Set(late.map(({ status }) => status))]).toEqual([401])
  }, 120_000)
})
