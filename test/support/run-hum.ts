import { execFile } from 'node:child_process'
import { resolve } from 'node:path'

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts')

/** How a command ended. */
export interface CommandOutcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `hum` as a process of its own, with these settings alone, and comes back when it has ended, however it did. */
export function runHum(
  args: readonly string[],
  { env, cwd }: { env: Readonly<Record<string, string>>; cwd?: string },
): Promise<CommandOutcome> {
  return new Promise((done) => {
    const options = { env: { PATH: process.env['PATH'], ...env }, cwd }
    execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}
