import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'

/** A server in a process of its own. */
export interface Server {
  readonly url: string
  readonly process: ChildProcess
}

/** Runs a file of the repository with Node, and comes back when it has printed the address that it listens on. */
export async function startServer(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Server> {
  const child = spawn(process.execPath, args, {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((ready, fail) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = /http:\/\/[\d.]+:\d+/.exec(output)?.[0]
      if (found !== undefined) ready(found)
    })
    child.once('exit', () => fail(new Error(`${args.join(' ')} did not start.`)))
  })
  return { url, process: child }
}
