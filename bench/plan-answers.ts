/**
 * What plans, prices and links cost `POST /sessions`: Hum on the sandbox, and Hum on the same region without labels and
 * with links off, each against a bare Fastify route that answers its bytes, in turns in the same run.
 *
 * `fall` is by how much the ratio to the bare route is lower with them: by requests a second, and by processor time.
 */
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { measureLoad } from './post-sessions/measure-load.ts'
import type { Load } from './post-sessions/measure-load.ts'
import { startServer } from './post-sessions/start-server.ts'
import type { Server } from './post-sessions/start-server.ts'

const SANDBOX = resolve(import.meta.dirname, '../data/sandbox')
const BODY = JSON.stringify({ street1: '29090 Tiffany Drive E', city: 'Southfield', state: 'MI', zip: '48034' })
const HEADERS = { authorization: 'Bearer hum_test_sandbox', 'content-type': 'application/json' }

interface Contestant extends Server {
  readonly loads: Load[]
}

export default async function benchPlanAnswers([rounds = '7', seconds = '3']: string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hum-bench-plans-'))
  const servers: Contestant[] = []
  const start = async (...args: Parameters<typeof startServer>): Promise<Contestant> => {
    const contestant = { ...(await startServer(...args)), loads: [] }
    servers.push(contestant)
    return contestant
  }
  const startHum = (name: string, settings: Record<string, string>): Promise<Contestant> =>
    start(['src/cli/main.ts', 'serve'], {
      HUM_PORT: '0',
      HUM_STATE: join(folder, `${name}.sqlite`),
      HUM_RATE_LIMIT: '1000000000',
      HUM_LOG_LEVEL: 'warn',
      ...settings,
    })
  try {
    const plain = await buildWithoutLabels(folder)
    const withPlans = await startHum('with', {})
    const without = await startHum('without', { HUM_DATA: plain, HUM_LINKS: 'off' })
    const bareWith = await start(['bench/post-sessions/bare-route.ts'], { BARE_ANSWER: await answerOf(withPlans) })
    const bareWithout = await start(['bench/post-sessions/bare-route.ts'], { BARE_ANSWER: await answerOf(without) })
    for (let round = -1; round < Number(rounds); round++) {
      for (const { url, process, loads } of servers) {
        const load = await measureLoad({
          url: `${url}/sessions`,
          body: BODY,
          headers: HEADERS,
          seconds: Number(seconds),
          process,
        })
        // The first round warms all of them up.
        if (round >= 0) loads.push(load)
      }
    }
    const figures = { withPlans: compare(withPlans, bareWith), without: compare(without, bareWithout) }
    const fall = {
      byClock: rounded(1 - figures.withPlans.ratio / figures.without.ratio),
      byCpu: rounded(1 - figures.withPlans.cpuRatio / figures.without.cpuRatio),
    }
    for (const [name, { perSecond, cpuMicros, ratio, cpuRatio }] of Object.entries(figures))
      console.log(
        `${name.padEnd(10)} ${perSecond} requests/s, ${cpuMicros} µs of CPU each, ratio to the bare route ${ratio}, by CPU ${cpuRatio}`,
      )
    console.log(`With plans, prices and links the ratio falls by ${fall.byClock} by the clock, ${fall.byCpu} by CPU.`)
    console.log(JSON.stringify({ ...figures, fall }))
  } finally {
    for (const { process } of servers) process.kill('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
}

async function buildWithoutLabels(folder: string): Promise<string> {
  const sources = join(folder, 'sources')
  await cp(SANDBOX, sources, { recursive: true, filter: (path) => !path.includes('/sandbox/labels') })
  const out = join(folder, 'data-sets')
  await promisify(execFile)(process.execPath, ['src/cli/main.ts', 'data', 'build', sources, '--sandbox', '--out', out])
  return out
}

async function answerOf({ url }: Server): Promise<string> {
  const answer = await fetch(`${url}/sessions`, { method: 'POST', headers: HEADERS, body: BODY })
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(`POST /sessions answered ${answer.status}: ${text}`)
  return text
}

function compare({ loads }: Contestant, bare: Contestant) {
  const perSecond = Math.round(median(loads.map((load) => load.perSecond)))
  return {
    perSecond,
    cpuMicros: Math.round(median(loads.map(({ cpuMicros }) => cpuMicros))),
    ratio: rounded(perSecond / median(bare.loads.map((load) => load.perSecond))),
    cpuRatio: rounded(
      median(bare.loads.map(({ cpuMicros }) => cpuMicros)) / median(loads.map(({ cpuMicros }) => cpuMicros)),
    ),
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000
