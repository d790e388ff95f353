import { execFile } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import autocannon from 'autocannon'

const CONNECTIONS = 64

/** How a server did under load. */
export interface Load {
  readonly perSecond: number
  /** CPU that the server's process took for a request, in microseconds; NaN where the system does not tell. */
  readonly cpuMicros: number
}

interface Request {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly seconds: number
  readonly process: ChildProcess
}

/** Sends POST requests over 64 connections for a while, with wrk where it is installed, else with autocannon. */
export async function measureLoad(request: Request): Promise<Load> {
  const cpuBefore = readCpuMicros(request.process)
  const send = existsSync('/usr/bin/wrk') ? sendWithWrk : sendWithAutocannon
  const { requests, failures, seconds } = await send(request)
  if (failures > 0) throw new Error(`${failures} of ${requests} requests failed.`)
  return { perSecond: requests / seconds, cpuMicros: (readCpuMicros(request.process) - cpuBefore) / requests }
}

interface Sent {
  readonly requests: number
  readonly failures: number
  readonly seconds: number
}

async function sendWithWrk({ url, body, headers, seconds }: Request): Promise<Sent> {
  const folder = await mkdtemp(join(tmpdir(), 'hum-wrk-'))
  const script = join(folder, 'post.lua')
  const lines = Object.entries(headers).map(
    ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
  )
  const report = `done = function(summary) local e = summary.errors
    print("sent " .. summary.requests .. " " .. (e.connect + e.read + e.write + e.status + e.timeout) .. " " .. summary.duration)
  end`
  await writeFile(script, [`wrk.method = "POST"`, `wrk.body = ${JSON.stringify(body)}`, ...lines, report].join('\n'))
  try {
    const args = ['-t1', '--timeout', '10s', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', script, url]
    const { stdout } = await promisify(execFile)('/usr/bin/wrk', args)
    const [requests = 0, failures = 0, micros = 0] = (/^sent (.*)$/m.exec(stdout)?.[1] ?? '').split(' ').map(Number)
    return { requests, failures, seconds: micros / 1_000_000 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function sendWithAutocannon({ url, body, headers, seconds }: Request): Promise<Sent> {
  const result = await autocannon({ url, method: 'POST', body, headers, duration: seconds, connections: CONNECTIONS })
  return { requests: result.requests.total, failures: result.errors + result.non2xx, seconds: result.duration }
}

/** User and system time of a process so far, as Linux counts it in hundredths of a second. */
export function readCpuMicros({ pid }: ChildProcess): number {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return Number.NaN
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}
