/**
 * `POST /sessions` of a running server against a bare Fastify route that answers the same bytes, in turns in the same
 * run. The address is the sandbox's example; all agents are done in the answer, and the session is on disk.
 *
 * `ratio` is Hum's requests a second by the bare route's, of the medians.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureLoad } from './post-sessions/measure-load.ts'
import type { Load } from './post-sessions/measure-load.ts'
import { startServer } from './post-sessions/start-server.ts'
import type { Server } from './post-sessions/start-server.ts'

const ROUNDS = 7
const SECONDS = 4
const BODY = JSON.stringify({ street1: '29090 Tiffany Drive E', city: 'Southfield', state: 'MI', zip: '48034' })
const HEADERS = { authorization: 'Bearer hum_test_sandbox', 'content-type': 'application/json' }

export default async function benchPostSessions(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hum-bench-'))
  const servers: Server[] = []
  try {
    const hum = await startServer(['src/cli/main.ts', 'serve'], {
      HUM_PORT: '0',
      HUM_STATE: join(folder, 'state.sqlite'),
      HUM_RATE_LIMIT: '1000000000',
      HUM_LOG_LEVEL: 'warn',
    })
    servers.push(hum)
    const answer = await fetch(`${hum.url}/sessions`, { method: 'POST', headers: HEADERS, body: BODY })
    const text = await answer.text()
    if (answer.status !== 201) throw new Error(`POST /sessions answered ${answer.status}: ${text}`)
    const bare = await startServer(['bench/post-sessions/bare-route.ts'], { BARE_ANSWER: text })
    servers.push(bare)

    const loads = { hum: [] as Load[], bare: [] as Load[] }
    for (let round = -1; round < ROUNDS; round++) {
      for (const [name, { url, process }] of [
        ['bare', bare],
        ['hum', hum],
      ] as const) {
        const load = await measureLoad({
          url: `${url}/sessions`,
          body: BODY,
          headers: HEADERS,
          seconds: SECONDS,
          process,
        })
        // The first round warms both up.
        if (round >= 0) loads[name].push(load)
      }
    }
    const figures = {
      bytes: Buffer.byteLength(text),
      humPerSecond: median(loads.hum.map(({ perSecond }) => perSecond)),
      barePerSecond: median(loads.bare.map(({ perSecond }) => perSecond)),
      humCpuMicros: median(loads.hum.map(({ cpuMicros }) => cpuMicros)),
      bareCpuMicros: median(loads.bare.map(({ cpuMicros }) => cpuMicros)),
    }
    const ratio = round(figures.humPerSecond / figures.barePerSecond)
    const cpuRatio = round(figures.bareCpuMicros / figures.humCpuMicros)
    console.log(`POST /sessions, ${figures.bytes} bytes, medians of ${ROUNDS} rounds of ${SECONDS} s, 64 connections`)
    console.log(`  bare route  ${figures.barePerSecond} requests/s  ${figures.bareCpuMicros} µs of CPU each`)
    console.log(`  hum         ${figures.humPerSecond} requests/s  ${figures.humCpuMicros} µs of CPU each`)
    console.log(JSON.stringify({ ...figures, ratio, cpuRatio }))
  } finally {
    for (const { process } of servers) process.kill('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN)
}

const round = (value: number): number => Math.round(value * 1000) / 1000
