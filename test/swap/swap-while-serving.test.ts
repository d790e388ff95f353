import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTwoSandboxes } from '../support/changed-sandbox.ts'
import type { TwoDataSets } from '../support/changed-sandbox.ts'
import { publishDataSet, withdrawDataSet } from '../support/served-folder.ts'
import { startServer } from '../support/server-process.ts'

const HEADERS = { authorization: 'Bearer hum_test_sandbox', 'content-type': 'application/json' }

const ADDRESSES = [
  { street1: '29090 Tiffany Drive E', zip: '48034' },
  { street1: '29090 Tiffany Drive W', zip: '48034' },
  { street1: '24520 Lodestar Rd', street2: 'Apt 1A', zip: '48034' },
  { street1: '29001 Tiffany Dr E', city: 'Southfield', state: 'MI' },
]

const SWAPS = 4

interface Answer {
  readonly status: number
  readonly address: number
  readonly version: string
  /** All but `meta`, whose times differ from answer to answer. */
  readonly content: string
}

let folder: string
let served: string
let sets: TwoDataSets

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hum-swap-'))
  served = join(folder, 'served')
  mkdirSync(served)
  sets = await buildTwoSandboxes(folder)
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Links out are signed for each session: without them, the same data set answers alike. */
const settings = () => ({ HUM_DATA: served, HUM_LINKS: 'off' })

const publish = (dataSet: { path: string }): void => publishDataSet(served, dataSet)
const withdraw = (dataSet: { path: string }): void => withdrawDataSet(served, dataSet)

async function ask(url: string, address: number): Promise<Answer> {
  const response = await fetch(`${url}/sessions`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(ADDRESSES[address]),
  })
  const { meta, ...content } = (await response.json()) as { meta: { hum_data_set: string } }
  return { status: response.status, address, version: meta.hum_data_set, content: JSON.stringify(content) }
}

async function openSession(url: string, address: number): Promise<string> {
  const body = JSON.stringify(ADDRESSES[address])
  const response = await fetch(`${url}/sessions`, { method: 'POST', headers: HEADERS, body })
  return ((await response.json()) as { meta: { session_token: string } }).meta.session_token
}

async function waitForVersion(url: string, version: string): Promise<void> {
  await expect.poll(async () => (await ask(url, 0)).version, { timeout: 10_000 }).toBe(version)
}

/** Asks 1,000 times a second, less often where the machine cannot: no more than 100 questions are open at once. */
function startLoad(url: string): { stop: () => Promise<Answer[]> } {
  const answers: Promise<Answer>[] = []
  let open = 0
  const stop = new AbortController()
  async function run(): Promise<void> {
    const startedAt = performance.now()
    while (!stop.signal.aborted) {
      const due = performance.now() - startedAt
      while (answers.length < due && open < 100) {
        open++
        answers.push(ask(url, answers.length % ADDRESSES.length).finally(() => void open--))
      }
      await sleep(1)
    }
  }
  const running = run()
  return {
    stop: async () => {
      stop.abort()
      await running
      return await Promise.all(answers)
    },
  }
}

/** What every address's answer is while a data set stands still. */
async function readReference(url: string): Promise<string[]> {
  const answers = await Promise.all(ADDRESSES.map((_address, index) => ask(url, index)))
  return answers.map(({ content }) => content)
}

describe('swapping the data set while serving', () => {
  it('answers up to 1,000 requests a second without an error and without mixing two data sets', async () => {
    publish(sets.older)
    const server = await startServer({ ...settings(), HUM_STATE: join(folder, 'state.sqlite') })
    try {
      const references = new Map([[sets.older.version, await readReference(server.url)]])
      const load = startLoad(server.url)
      const startedAt = performance.now()
      for (let swap = 0; swap < SWAPS; swap++) {
        await sleep(1_000)
        if (swap % 2 === 0) publish(sets.newer)
        else withdraw(sets.newer)
        server.child.kill('SIGHUP')
        await waitForVersion(server.url, swap % 2 === 0 ? sets.newer.version : sets.older.version)
      }
      await sleep(1_000)
      const received = await load.stop()
      const rate = (received.length / (performance.now() - startedAt)) * 1_000
      publish(sets.newer)
      server.child.kill('SIGHUP')
      await waitForVersion(server.url, sets.newer.version)
      references.set(sets.newer.version, await readReference(server.url))

      expect(received.filter(({ status }) => status !== 201)).toEqual([])
      for (const address of ADDRESSES.keys()) {
        const [older, newer] = [...references.values()].map((contents) => contents[address])
        expect(older, `the two data sets answer differently for address ${address}`).not.toBe(newer)
      }
      const mixed = received.filter(({ address, version, content }) => references.get(version)?.[address] !== content)
      expect(mixed).toEqual([])
      const counts = Map.groupBy(received, ({ version }) => version)
      expect([...counts.keys()].sort()).toEqual([sets.older.version, sets.newer.version])
      for (const [version, { length }] of counts) expect(length, version).toBeGreaterThan(10)
      console.log(`${received.length} answers at ${Math.round(rate)} a second over ${SWAPS} swaps`)
    } finally {
      expect(await server.end('SIGTERM')).toBe(0)
    }
  }, 60_000)

  it('answers about sessions from before wholly from the new data set', async () => {
    rmSync(served, { recursive: true })
    mkdirSync(served)
    publish(sets.older)
    const server = await startServer({ ...settings(), HUM_STATE: ':memory:' })
    const read = async (token: string, path: string) => {
      const response = await fetch(`${server.url}/sessions/${token}${path}`, { headers: HEADERS })
      const { meta, ...content } = (await response.json()) as { meta: { hum_data_set: string } }
      return { status: response.status, version: meta.hum_data_set, content }
    }
    try {
      const before = await openSession(server.url, 0)
      const paths = ['', '/services/internet', '/evidence']
      const olderAnswers = await Promise.all(paths.map((path) => read(before, path)))
      publish(sets.newer)
      server.child.kill('SIGHUP')
      await waitForVersion(server.url, sets.newer.version)
      const after = await openSession(server.url, 0)
      for (const [index, path] of paths.entries()) {
        const answer = await read(before, path)
        expect(answer.version).toBe(sets.newer.version)
        expect(answer, path).toEqual(await read(after, path))
        expect(answer.content, path).not.toEqual(olderAnswers[index]?.content)
      }
    } finally {
      expect(await server.end('SIGTERM')).toBe(0)
    }
  }, 60_000)

  it('takes a new data set by itself, without a signal', async () => {
    rmSync(served, { recursive: true })
    mkdirSync(served)
    publish(sets.older)
    const server = await startServer({ ...settings(), HUM_STATE: ':memory:' })
    try {
      expect((await ask(server.url, 0)).version).toBe(sets.older.version)
      publish(sets.newer)
      await waitForVersion(server.url, sets.newer.version)
      expect(server.output()).toContain(
        `Data set ${sets.newer.version} answers from now on, instead of ${sets.older.version}.`,
      )
    } finally {
      expect(await server.end('SIGTERM')).toBe(0)
    }
  }, 60_000)
})
