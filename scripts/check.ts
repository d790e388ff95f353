/**
 * Holds the code to the rules that a machine can check: format, lint, types, import boundaries, dead code.
 * Fails when any step fails, and when a step looked at nothing.
 */
import { spawn } from 'node:child_process'

interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** How many files the step looked at, read off its output; a step that cannot say so has none. */
  readonly countChecked?: (output: string) => number
}

const firstNumber = (pattern: RegExp) => (output: string) => Number(pattern.exec(output)?.[1] ?? 0)

const STEPS: readonly Step[] = [
  { name: 'format', command: ['oxfmt', '--check'] },
  {
    name: 'lint',
    command: ['oxlint', '--type-aware', '--deny-warnings'],
    countChecked: firstNumber(/on (\d+) files?/),
  },
  {
    name: 'types',
    command: ['tsc', '--extendedDiagnostics'],
    countChecked: firstNumber(/Files:\s+(\d+)/),
  },
  {
    name: 'page types',
    command: ['tsc', '-p', 'web', '--extendedDiagnostics'],
    countChecked: firstNumber(/Files:\s+(\d+)/),
  },
  {
    name: 'imports',
    command: ['depcruise', '--config', '.dependency-cruiser.mjs', 'src', 'web', 'test', 'bench', 'scripts'],
    countChecked: firstNumber(/(\d+) modules/),
  },
  { name: 'dead code', command: ['knip', '--treat-config-hints-as-errors'] },
]

interface Result {
  readonly name: string
  readonly passed: boolean
  readonly summary: string
}

async function run({ name, command: [program, ...args], countChecked }: Step): Promise<Result> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const status = await new Promise<number | string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => resolve(code ?? 'killed'))
  })
  if (status !== 0) return { name, passed: false, summary: `failed (${status})\n${output}` }
  if (!countChecked) return { name, passed: true, summary: 'ok' }
  const checked = countChecked(output)
  if (checked === 0) return { name, passed: false, summary: `failed: it checked no file\n${output}` }
  return { name, passed: true, summary: `ok, ${checked} files` }
}

let failed = 0
for (const step of STEPS) {
  const { name, passed, summary } = await run(step)
  if (!passed) failed++
  console.log(`${name.padEnd(11)} ${summary}`)
}
if (failed > 0) {
  console.error(`${failed} of ${STEPS.length} checks failed.`)
  process.exitCode = 1
}
