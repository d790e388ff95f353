import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'
import { EXAMPLE, sandboxDataSetFile } from './test-app.ts'

/** Of requests with a body, from whoever holds the sandbox's token. */
export const HEADERS = { authorization: 'Bearer hum_test_sandbox', 'content-type': 'application/json' } as const

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts')

/** A Hum server in a process of its own. */
export interface ServerProcess {
  /** `http://127.0.0.1:…` */
  readonly url: string
  readonly child: ChildProcess
  /** Opens a session with the sandbox's token and gives its own; rejects unless it was answered with 201. */
  open(params?: object, headers?: Readonly<Record<string, string>>): Promise<string>
  /** What it has written to both outputs so far. */
  output(): string
  /** Sends a signal and comes back with the exit code when the process has ended; `null` when a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/**
 * Starts `hum serve` on a free port, on the sandbox unless `HUM_DATA` says otherwise, and waits until it is ready. It
 * keeps what it makes for itself below `cwd`.
 */
export async function startServer(env: Readonly<Record<string, string>>, cwd?: string): Promise<ServerProcess> {
  const settings = { HUM_PORT: '0', HUM_RATE_LIMIT: '1000000', HUM_DATA: await sandboxDataSetFile(), ...env }
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
  })
  let output = ''
  const ended = new Promise<number | null>((end) => {
    child.once('exit', (code) => end(code))
  })
  const url = await new Promise<string>((ready, fail) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const found = /ready at (http:\S+?),/.exec(output)?.[1]
      if (found !== undefined) ready(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    // Not `exit`, after which the last of what it wrote may still come.
    child.once('close', (code, signal) => fail(new Error(`The server ended with ${code ?? signal}:\n${output}`)))
  })
  return {
    url,
    child,
    open: async (params = EXAMPLE, headers = {}) => {
      const answer = await fetch(`${url}/sessions`, {
        method: 'POST',
        headers: { ...HEADERS, ...headers },
        body: JSON.stringify(params),
      })
      await answer.arrayBuffer()
      if (answer.status !== 201) throw new Error(`POST /sessions answered ${answer.status}`)
      return answer.headers.get('session_token') ?? ''
    },
    output: () => output,
    end: (signal) => {
      child.kill(signal)
      return ended
    },
  }
}
