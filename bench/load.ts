/**
 * A session's life over HTTP (open, read, services, close) against bare Fastify routes that answer the same bytes, in
 * turns in the same run; the time of answers at half of what the server can do, by open loop; two processes on PostgreSQL by one.
 *
 * Two processes on a machine whose cores the database and the client use up as well cannot do twice as much. Whether they
 * can on machines of their own shows when each has the same small share of a core.
 *
 * Ratios are Hum's requests a second by the reference's, of the medians. On a machine whose cores also carry the client
 * and the database, requests a second say less than processor time does, so that both stand there.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasPostgres, startPostgres } from '../test/support/postgres.ts'
import { openHttpConnection, writeRequest } from './load/http-connection.ts'
import { holdToShare } from './load/processor-budget.ts'
import { runClosedLoop, runOpenLoop } from './load/run-load.ts'
import type { Measured, Target } from './load/run-load.ts'
import { openSession, visitAll, visitToOpen, visitToRead } from './load/visits.ts'
import type { Visit } from './load/visits.ts'
import { startServer } from './post-sessions/start-server.ts'
import type { Server } from './post-sessions/start-server.ts'

const ROUNDS = 3
const SECONDS = 2
const OPEN_LOOP_SECONDS = 5

const CONNECTIONS = 64

/** One server that waits for its database has more to do only with more callers; these are enough for one and for two. */
const POSTGRES_CONNECTIONS = 256

/** Of a core, for each server on PostgreSQL: two of them leave enough of two cores to the database and the client. */
const SHARE = 0.25

/** `npm run -s bench -- load [sqlite|postgres]`: one of the two, or both. */
export default async function benchLoad([engine]: string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hum-load-'))
  try {
    const onSqlite = engine === 'postgres' ? undefined : await measureSqlite(join(folder, 'state.sqlite'))
    const onPostgres = engine === 'sqlite' || !hasPostgres ? undefined : await measurePostgres()
    console.log(JSON.stringify({ cores: availableParallelism(), ...onSqlite, ...onPostgres }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureSqlite(file: string): Promise<object> {
  const hum = await startHum(file)
  const { answers, token } = await collectAnswers(hum.url)
  const bare = await startServer(['bench/load/bare-route.ts'], { BARE_ANSWERS: JSON.stringify(answers) })
  try {
    const figures: Record<string, Measured | number> = {}
    const visits = { post: visitToOpen, get: visitToRead(token), mixed: visitAll }
    for (const [name, visit] of Object.entries(visits)) {
      const [bareLoad, humLoad] = await takeTurns([[bare], [hum]], visit)
      const ratio = round(humLoad!.perSecond / bareLoad!.perSecond)
      const cpuRatio = round(bareLoad!.cpuMicros / humLoad!.cpuMicros)
      print(`${name}, bare routes`, bareLoad!)
      print(`${name}, SQLite`, humLoad!)
      console.log(`${''.padEnd(28)} ratio ${ratio}, of processor time ${cpuRatio}`)
      Object.assign(figures, {
        [`${name}Ratio`]: ratio,
        [`${name}CpuRatio`]: cpuRatio,
        [`${name}Saturation`]: Math.round(humLoad!.perSecond),
      })
    }
    const perSecond = Number(figures['mixedSaturation']) / 2
    const rate = { requestsPerVisit: 4, perSecond, seconds: OPEN_LOOP_SECONDS }
    const bareHalf = await runOpenLoop(targetOf([bare]), visitAll, rate)
    print('mixed, half, bare routes', bareHalf)
    const half = await runOpenLoop(targetOf([hum]), visitAll, rate)
    print('mixed, half, SQLite', half)
    return {
      ...figures,
      halfPerSecond: Math.round(half.perSecond),
      halfP50Ms: round(half.p50),
      halfP99Ms: round(half.p99),
      bareHalfP99Ms: round(bareHalf.p99),
    }
  } finally {
    for (const { process } of [hum, bare]) process.kill('SIGTERM')
  }
}

async function measurePostgres(): Promise<object> {
  const postgres = await startPostgres()
  const state = await postgres.createDatabase('load')
  const servers = [await startHum(state), await startHum(state)]
  const measureGrowth = async (name: string): Promise<number> => {
    const [one, two] = await takeTurns([servers.slice(0, 1), servers], visitAll, POSTGRES_CONNECTIONS)
    print(`mixed, PostgreSQL, 1, ${name}`, one!)
    print(`mixed, PostgreSQL, 2, ${name}`, two!)
    const growth = round(two!.perSecond / one!.perSecond)
    console.log(`${''.padEnd(30)} two by one ${growth}`)
    return growth
  }
  try {
    const shared = await measureGrowth('shared cores')
    const budget = holdToShare(
      servers.map(({ process }) => process),
      SHARE,
    )
    if (budget === undefined) return { postgresTwoByOneOnSharedCores: shared }
    const own = await measureGrowth(`${SHARE} core each`)
    budget.lift()
    return { postgresTwoByOneOnSharedCores: shared, postgresTwoByOne: own }
  } finally {
    const ended = servers.map(({ process }) => new Promise((end) => process.once('exit', end)))
    for (const { process } of servers) process.kill('SIGTERM')
    await Promise.all(ended)
    await postgres.destroy()
  }
}

const startHum = (state: string): Promise<Server> =>
  startServer(['src/cli/main.ts', 'serve'], {
    HUM_PORT: '0',
    HUM_STATE: state,
    HUM_RATE_LIMIT: '1000000000',
    HUM_LOG_LEVEL: 'warn',
  })

/** The answers to each step, which the reference repeats, and the token of a session that stays open. */
async function collectAnswers(url: string): Promise<{ answers: Record<string, string>; token: string }> {
  const connection = await openHttpConnection(url)
  const send = async (request: string): Promise<string> => {
    const { body } = await connection.send(request)
    return Buffer.from(body, 'latin1').toString()
  }
  const token = await openSession(connection)
  const answers = {
    GET: await send(writeRequest('GET', `/sessions/${token}`)),
    services: await send(writeRequest('GET', `/sessions/${token}/services/internet`)),
    DELETE: await send(writeRequest('DELETE', `/sessions/${token}`)),
  }
  const post = await fetch(`${url}/sessions`, {
    method: 'POST',
    headers: { authorization: 'Bearer hum_test_sandbox', 'content-type': 'application/json' },
    body: JSON.stringify({ street1: '29090 Tiffany Drive E', city: 'Southfield', state: 'MI', zip: '48034' }),
  })
  const open = await openSession(connection)
  connection.close()
  return { answers: { ...answers, POST: await post.text() }, token: open }
}

/** Medians of each group of servers, measured in turns; a first round warms all up. */
async function takeTurns(
  groups: readonly (readonly Server[])[],
  visit: Visit,
  connections = CONNECTIONS,
): Promise<Measured[]> {
  const rounds: Measured[][] = groups.map(() => [])
  for (let number = -1; number < ROUNDS; number++) {
    for (const [index, servers] of groups.entries()) {
      const measured = await runClosedLoop(targetOf(servers, connections), visit, SECONDS)
      if (number >= 0) rounds[index]?.push(measured)
    }
  }
  return rounds.map((all) => ({
    perSecond: median(all.map(({ perSecond }) => perSecond)),
    cpuMicros: median(all.map(({ cpuMicros }) => cpuMicros)),
    p50: median(all.map(({ p50 }) => p50)),
    p99: median(all.map(({ p99 }) => p99)),
  }))
}

function targetOf(servers: readonly Server[], connections = CONNECTIONS): Target {
  return { urls: servers.map(({ url }) => url), processes: servers.map(({ process }) => process), connections }
}

function print(name: string, { perSecond, cpuMicros, p50, p99 }: Measured): void {
  const times = `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
  console.log(
    `${name.padEnd(30)} ${perSecond.toFixed(0).padStart(6)} requests/s, ${cpuMicros.toFixed(0)} µs of CPU each, ${times}`,
  )
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const round = (value: number): number => Math.round(value * 1000) / 1000
