import { Command } from 'commander'
import { systemClock } from '../lib/clock.ts'
import { examine } from './doctor/examine.ts'

const MARKS = { ok: 'ok     ', warning: 'WARNING', wrong: 'WRONG  ' } as const

/** `hum doctor`: checks what a server needs and says what to do. Exit code 1 when something is wrong. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check settings, data set, state, clock, port and traces, and say what to do')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine(process.env, systemClock)
      if (json === true) console.log(JSON.stringify(findings, undefined, 2))
      else for (const { check, status, text } of findings) console.log(`${MARKS[status]}  ${check}: ${text}`)
      if (findings.some(({ status }) => status === 'wrong')) process.exitCode = 1
    })
}
