import { Command } from 'commander'
import { parseAddress } from '../address/index.ts'
import type { ParsedAddress } from '../address/index.ts'

/** `hum address parse "<text>"`: how a text is understood, part by part. */
export function addressCommand(): Command {
  const command = new Command('address').description('work on address text alone, without a data set')
  command
    .command('parse')
    .description('show the parts of an address, where they stand, its USPS form and how sure that is')
    .argument('<text>', 'an address, in any common way of writing')
    .option('--json', 'as one JSON object')
    .action((text: string, options: { json?: boolean }) => {
      const parsed = parseAddress(text)
      console.log(options.json ? JSON.stringify(parsed, null, 2) : describe(text, parsed))
    })
  return command
}

const COLUMN = 18

function describe(text: string, parsed: ParsedAddress): string {
  const standardized: Readonly<Record<string, unknown>> = {
    ...parsed.standardized,
    number: parsed.standardized.primaryNumber,
  }
  const rows = Object.entries(parsed.spans)
    .flatMap(([part, span]) => (span === undefined ? [] : [{ part, start: span[0], end: span[1] }]))
    .toSorted((a, b) => a.start - b.start)
    .map(({ part, start, end }) => {
      const written = text.slice(start, end)
      const form = standardized[part]
      const arrow = typeof form === 'string' && form !== written ? `  →  ${form}` : ''
      return `${part.padEnd(COLUMN)}${`${start}-${end}`.padEnd(9)}${written}${arrow}`
    })
  return [
    ...rows,
    `${'delivery line'.padEnd(COLUMN)}${parsed.deliveryLine || 'none'}`,
    `${'last line'.padEnd(COLUMN)}${parsed.lastLine || 'none'}`,
    `${'confidence'.padEnd(COLUMN)}${parsed.confidence.toFixed(2)}`,
  ].join('\n')
}
