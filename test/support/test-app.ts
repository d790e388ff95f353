import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { createApp } from '../../src/app.ts'
import type { App } from '../../src/app.ts'
import type { Traces } from '../../src/http/operations/traces.ts'
import { openLookUps } from '../../src/sessions/open-look-ups.ts'
import { ensureSandboxDataSet } from '../../src/cli/sandbox-data-set.ts'
import { SERVER_LIMITS } from '../../src/http/server-limits.ts'
import type { ServerLimits } from '../../src/http/server-limits.ts'
import { openDataSet } from '../../src/dataset/data-set.ts'
import type { LookUps } from '../../src/sessions/look-ups.ts'
import { openState } from '../../src/storage/open-state.ts'
import type { State } from '../../src/storage/open-state.ts'

/** The address of the API's published example, in the sandbox. */
export const EXAMPLE = { street1: '29090 Tiffany Drive E', city: 'Southfield', state: 'MI', zip: '48034' } as const

/** An app on the sandbox, with a clock that the test moves. */
export interface TestApp {
  readonly app: App
  readonly state: State
  readonly lookUps: LookUps
  /** Lines of the log, as JSON. */
  readonly log: readonly string[]
  now: number
  /** What the steady clock says, which goes along when `now` is set. */
  readonly steadyNow: number
  /** Moves the clock without that time passes. */
  jump(milliseconds: number): void
  /** Asks with the sandbox token, unless `headers` say otherwise. */
  ask(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    options?: InjectOptions,
  ): Promise<LightMyRequestResponse>
  /** Opens a session and gives its token. */
  open(params?: object): Promise<string>
  close(): Promise<void>
}

let sandboxFile: Promise<string> | undefined

/** The sandbox data set's file, built once for all tests of a worker. */
export function sandboxDataSetFile(): Promise<string> {
  return (sandboxFile ??= buildSandbox())
}

function buildSandbox(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'hum-sandbox-'))
  process.once('exit', () => rmSync(home, { recursive: true, force: true }))
  return ensureSandboxDataSet(home)
}

/** Opens an app on the sandbox data set, its state in memory unless one is given, which then stays open. */
export async function openTestApp({
  rateLimit = 1_000_000,
  metrics = 'off',
  page = 'on',
  links = 'on',
  publicUrl,
  trustedProxies,
  logos,
  retentionHours = 24,
  webhookNetworks,
  state,
  lookUps,
  live,
  traces,
  limits,
}: {
  rateLimit?: number
  metrics?: 'on' | 'off'
  page?: 'on' | 'off'
  links?: 'on' | 'off'
  publicUrl?: string
  trustedProxies?: readonly string[]
  logos?: string
  retentionHours?: number
  webhookNetworks?: readonly string[]
  state?: State
  /** What stands in for the sandbox. */
  lookUps?: (sandbox: LookUps) => LookUps
  /** Serves these as real data, and the sandbox beside them for test tokens. */
  live?: (sandbox: LookUps) => LookUps
  traces?: Traces
  limits?: Partial<ServerLimits>
} = {}): Promise<TestApp> {
  const dataSet = openDataSet(await sandboxDataSetFile())
  const sandbox = openLookUps(dataSet)
  const used = lookUps?.(sandbox) ?? sandbox
  const real = live?.(sandbox) ?? used
  const ownState = state ?? (await openState({ engine: 'sqlite', file: ':memory:' }))
  const log: string[] = []
  let now = Date.UTC(2026, 10, 23, 12)
  let jumped = 0
  const steadyClock = (): number => now - jumped
  const testApp: TestApp = {
    app: await createApp({
      settings: { rateLimit, retentionHours, metrics, page, links, publicUrl, trustedProxies, logos, webhookNetworks },
      state: ownState,
      lookUps: (kind) => (kind === 'live' ? real : used),
      clock: () => now,
      steadyClock,
      traces,
      limits: { ...SERVER_LIMITS, ...limits },
      log: { level: 'debug', stream: { write: (line) => void log.push(line) } },
    }),
    state: ownState,
    lookUps: used,
    log,
    get now() {
      return now
    },
    set now(time) {
      now = time
    },
    get steadyNow() {
      return steadyClock()
    },
    jump: (milliseconds) => {
      now += milliseconds
      jumped += milliseconds
    },
    ask: (method, url, { headers, ...options } = {}) =>
      testApp.app.server.inject({
        method,
        url,
        headers: { authorization: 'Bearer hum_test_sandbox', ...headers },
        ...options,
      }),
    open: async (params = EXAMPLE) => {
      const answer = await testApp.ask('POST', '/sessions', { payload: params })
      return answer.json<{ meta: { session_token: string } }>().meta.session_token
    },
    close: async () => {
      await testApp.app.close()
      if (state === undefined) await ownState.close()
      dataSet.close()
    },
  }
  return testApp
}
