import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine } from '../../src/cli/doctor/examine.ts'
import { manifestFile } from '../../src/dataset/manifest.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { hasPostgres, startPostgres } from '../support/postgres.ts'
import { startServer } from '../support/server-process.ts'
import { sandboxDataSetFile } from '../support/test-app.ts'

/** A server that answers each path with a status. */
async function startCollector(statusOf: (path: string) => number): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(statusOf(request.url ?? '')).end('{}'))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts')

describe('hum doctor', () => {
  let folder: string
  let healthy: Record<string, string>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hum-doctor-'))
    healthy = { HUM_PORT: '0', HUM_DATA: await sandboxDataSetFile(), HUM_STATE: join(folder, 'state.sqlite') }
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** What it says of one part, the settings changed by `env`. */
  const say = async (check: string, env: Record<string, string> = {}, clock = systemClock) =>
    (await examine({ ...healthy, ...env }, clock)).find((finding) => finding.check === check)

  it('finds nothing wrong where a server could start', async () => {
    const findings = await examine(healthy, systemClock)
    expect(findings.map(({ check }) => check)).toEqual(['settings', 'data set', 'state', 'clock', 'port'])
    // A busy disk makes the state a warning, which is not wrong.
    expect(findings.filter(({ check, status }) => status !== 'ok' && check !== 'state')).toEqual([])
    expect(findings.find(({ check }) => check === 'state')?.status).not.toBe('wrong')
  })

  it('names every setting that cannot be used', async () => {
    const [finding, ...others] = await examine({ HUM_PORT: 'x', HUM_METRICS: 'maybe' }, systemClock)
    expect(finding).toMatchObject({ check: 'settings', status: 'wrong' })
    expect(finding?.text).toMatch(/HUM_PORT.*HUM_METRICS/)
    expect(others).toEqual([])
  })

  it('tells a data set that is missing, cut off or no data set, and what to do', async () => {
    expect(await say('data set', { HUM_DATA: join(folder, 'none.sqlite') })).toMatchObject({
      status: 'wrong',
      text: expect.stringContaining('hum data build') as string,
    })
    const cut = join(folder, 'hum-26010101.sqlite')
    copyFileSync(healthy['HUM_DATA']!, cut)
    copyFileSync(manifestFile(healthy['HUM_DATA']!), manifestFile(cut))
    truncateSync(cut, 100_000)
    expect(await say('data set', { HUM_DATA: cut })).toMatchObject({
      status: 'wrong',
      text: expect.stringMatching(/100000 bytes.*Copy or build it again/) as string,
    })
    const other = join(folder, 'other.sqlite')
    writeFileSync(other, 'no database')
    expect(await say('data set', { HUM_DATA: other })).toMatchObject({ status: 'wrong' })
  })

  it('tells a state that cannot be written, is newer, or is kept in memory alone', async () => {
    const unwritable = await say('state', { HUM_STATE: join(healthy['HUM_DATA']!, 'state.sqlite') })
    expect(unwritable).toMatchObject({ status: 'wrong', text: expect.stringContaining('HUM_STATE') as string })
    const newer = join(folder, 'newer.sqlite')
    const db = new Database(newer)
    db.pragma('user_version = 1000')
    db.close()
    expect(await say('state', { HUM_STATE: newer })).toMatchObject({
      status: 'wrong',
      text: expect.stringContaining('Update Hum') as string,
    })
    expect(await say('state', { HUM_STATE: ':memory:' })).toMatchObject({ status: 'warning' })
  })

  it('tells a PostgreSQL server that cannot be reached, with the reason', async () => {
    expect(await say('state', { HUM_STATE: 'postgres://hum@127.0.0.1:1/hum' })).toMatchObject({
      status: 'wrong',
      text: expect.stringContaining('ECONNREFUSED') as string,
    })
  })

  it.skipIf(!hasPostgres)('compares the clock with that of the PostgreSQL server', async () => {
    const server = await startPostgres()
    try {
      const state = { HUM_STATE: await server.createDatabase('doctor') }
      expect(await say('clock', state)).toMatchObject({ status: 'ok' })
      const ahead = await say('clock', state, () => Date.now() + 60_000)
      expect(ahead).toMatchObject({ status: 'wrong', text: expect.stringMatching(/60 s ahead of/) as string })
      const behind = await say('clock', state, () => Date.now() - 60_000)
      expect(behind).toMatchObject({ status: 'wrong', text: expect.stringMatching(/60 s behind/) as string })
    } finally {
      await server.destroy()
    }
  })

  it('tells a clock that stands before Hum was made, or before its own files were written', async () => {
    expect(await say('clock', {}, () => 0)).toMatchObject({ status: 'wrong' })
    const anHourAgo = await say('clock', {}, () => Date.now() - 3_600_000)
    expect(anHourAgo).toMatchObject({ status: 'wrong', text: expect.stringContaining('was written') as string })
  })

  it('tells a port that another program has from one where Hum answers already', async () => {
    const other = createServer((_request, response) => response.end('{}'))
    await new Promise<void>((listening) => {
      other.listen(0, '127.0.0.1', listening)
    })
    const { port } = other.address() as AddressInfo
    expect(await say('port', { HUM_PORT: String(port) })).toMatchObject({ status: 'wrong' })
    other.close()

    const hum = await startServer({ HUM_STATE: ':memory:' })
    expect(await say('port', { HUM_PORT: new URL(hum.url).port })).toMatchObject({ status: 'ok' })
    await hum.end('SIGTERM')
  })

  it('tells whether the collector takes traces, and if not, what to do', async () => {
    expect(await say('traces')).toBeUndefined()
    const http = await startCollector((path) => (path === '/v1/traces' ? 200 : 404))
    const grpc = createTcpServer((socket) => socket.end('\0\0\x12\x04')).listen(0, '127.0.0.1')
    await once(grpc, 'listening')
    const locked = await startCollector(() => 401)
    try {
      for (const [HUM_TRACES, status, part] of [
        [http.url, 'ok', 'takes them'],
        [`${http.url}/v1/traces`, 'warning', '(status 404). Set HUM_TRACES to its address without /v1/traces'],
        [locked.url, 'warning', 'OTEL_EXPORTER_OTLP_HEADERS'],
        [`http://127.0.0.1:${(grpc.address() as AddressInfo).port}`, 'warning', '4317 is for gRPC'],
        ['http://127.0.0.1:1', 'warning', 'ECONNREFUSED'],
      ] as const) {
        const found = await say('traces', { HUM_TRACES })
        expect(found, HUM_TRACES).toMatchObject({ status, text: expect.stringContaining(part) as string })
      }
      const named = await say('traces', { HUM_TRACES: http.url.replace('//', '//user:secret@') })
      expect(named?.text).not.toContain('secret')
    } finally {
      for (const server of [http.server, grpc, locked.server]) server.close()
    }
  })

  it('ends with exit code 0 when nothing is wrong and 1 otherwise, and prints JSON when asked to', async () => {
    const run = (env: object) =>
      promisify(execFile)(process.execPath, [MAIN, 'doctor', '--json'], {
        env: { PATH: process.env['PATH'], ...healthy, ...env },
      })
    expect(JSON.parse((await run({})).stdout)).toHaveLength(5)
    const failure = await run({ HUM_DATA: 'nowhere' }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 1 })
    expect(JSON.parse((failure as { stdout: string }).stdout)).toContainEqual(
      expect.objectContaining({ check: 'data set', status: 'wrong' }),
    )
  })
})
