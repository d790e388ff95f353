/**
 * `npm run -s bench -- <name> [arguments]`: runs `bench/<name>.ts`.
 *
 * A benchmark prints what it measures, medians and ratios against a named reference in the same run, and as its last
 * line one JSON object with the figures.
 */
import { readdirSync } from 'node:fs'

const [name, ...args] = process.argv.slice(2)
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  .map((file) => file.slice(0, -'.ts'.length))

if (name === undefined || !names.includes(name)) {
  console.error(`Say which benchmark to run: ${names.join(', ')}.`)
  process.exitCode = 2
} else {
  const benchmark = (await import(`./${name}.ts`)) as { default: (args: string[]) => Promise<void> }
  await benchmark.default(args)
}
