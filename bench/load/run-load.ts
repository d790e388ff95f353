import type { ChildProcess } from 'node:child_process'
import { readCpuMicros } from '../post-sessions/measure-load.ts'
import { openHttpConnection } from './http-connection.ts'
import type { HttpConnection } from './http-connection.ts'
import type { Visit } from './visits.ts'

/** How servers did. Times are milliseconds. */
export interface Measured {
  readonly perSecond: number
  /** Processor time of the servers for a request, in microseconds. */
  readonly cpuMicros: number
  readonly p50: number
  readonly p99: number
}

/** Servers, and how many connections there are to all of them together. */
export interface Target {
  readonly urls: readonly string[]
  readonly processes: readonly ChildProcess[]
  readonly connections: number
}

/** Closed loop: connections, spread over the servers, each visits again as soon as it was answered. */
export async function runClosedLoop(target: Target, visit: Visit, seconds: number): Promise<Measured> {
  const { processes } = target
  return withConnections(target, async (connections) => {
    const times: number[] = []
    const cpuBefore = sumCpu(processes)
    const begun = performance.now()
    const until = begun + seconds * 1000
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < until) await visit(connection, (_step, time) => times.push(time))
      }),
    )
    const lasted = (performance.now() - begun) / 1000
    return summarize(times, lasted, sumCpu(processes) - cpuBefore)
  })
}

/**
 * Open loop: visits begin at a steady rate whether or not earlier ones were answered, as callers do who know nothing of
 * each other. A visit that finds no free connection waits, and its waiting counts.
 */
export async function runOpenLoop(
  target: Target,
  visit: Visit,
  { requestsPerVisit, perSecond, seconds }: { requestsPerVisit: number; perSecond: number; seconds: number },
): Promise<Measured> {
  const { processes } = target
  return withConnections(target, async (free) => {
    const times: number[] = []
    const queue: number[] = []
    const running = new Set<Promise<void>>()
    const everyMs = (requestsPerVisit * 1000) / perSecond
    const cpuBefore = sumCpu(processes)
    const begun = performance.now()
    const total = Math.floor((seconds * 1000) / everyMs)

    async function work(connection: HttpConnection, due: number): Promise<void> {
      let from: number | undefined = due
      while (from !== undefined) {
        let waited = performance.now() - from
        await visit(connection, (_step, time) => {
          times.push(time + waited)
          waited = 0
        })
        from = queue.shift()
      }
      free.push(connection)
    }

    for (let started = 0; started < total;) {
      for (; started < total && begun + started * everyMs <= performance.now(); started++) {
        const connection = free.shift()
        const due = begun + started * everyMs
        if (connection === undefined) queue.push(due)
        else {
          const run = work(connection, due).finally(() => running.delete(run))
          running.add(run)
        }
      }
      // To wait by turning round and round would take a core from the servers.
      await new Promise((next) => {
        if (begun + started * everyMs - performance.now() > 1) setTimeout(next, 1)
        else setImmediate(next)
      })
    }
    await Promise.all(running)
    return summarize(times, (performance.now() - begun) / 1000, sumCpu(processes) - cpuBefore)
  })
}

async function withConnections<T>(
  { urls, connections: count }: Target,
  use: (all: HttpConnection[]) => Promise<T>,
): Promise<T> {
  const opening = Array.from({ length: count }, (_, index) => openHttpConnection(urls[index % urls.length] ?? ''))
  const connections = await Promise.all(opening)
  try {
    return await use([...connections])
  } finally {
    for (const connection of connections) connection.close()
  }
}

function summarize(times: number[], seconds: number, cpuMicros: number): Measured {
  times.sort((a, b) => a - b)
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return { perSecond: times.length / seconds, cpuMicros: cpuMicros / times.length, p50: at(0.5), p99: at(0.99) }
}

function sumCpu(processes: readonly ChildProcess[]): number {
  return processes.reduce((sum, process) => sum + readCpuMicros(process), 0)
}
