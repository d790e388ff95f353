import { Command, Option } from 'commander'
import { readSettings } from '../config.ts'
import { withSnakeCaseNames } from '../http/snake-case.ts'
import { systemClock } from '../lib/clock.ts'
import { listUsage } from '../sessions/list-usage.ts'
import type { UsageWishes } from '../sessions/list-usage.ts'
import { openState } from '../storage/open-state.ts'
import { csvCell } from './csv-cell.ts'

interface UsageFlags extends UsageWishes {
  readonly json?: boolean
  readonly csv?: boolean
}

/** `hum usage`: how many sessions were created and links followed, out of the state that `HUM_STATE` names. */
export function usageCommand(): Command {
  return new Command('usage')
    .description('Count sessions and followed links.')
    .option('--from <day>', 'the first day in UTC, such as 2026-11-01 (default: 30 days before the last)')
    .option('--to <day>', 'the last day (default: today)')
    .option('--token <id>', 'only of the account of this token; sandbox and page are ids too')
    .option('--campaign <id>', "only of this campaign_id; '' for what has none")
    .option(
      '--by <list>',
      'what to tell apart: day, token, campaign, and either outcome (of sessions) or provider (of clicks)',
      'day,token,campaign',
    )
    .addOption(new Option('--json', 'print JSON').conflicts('csv'))
    .option('--csv', 'print CSV')
    .action(async ({ json, csv, ...wishes }: UsageFlags) => {
      const state = await openState(readSettings(process.env).state)
      try {
        const rows = (await listUsage({ ...state, clock: systemClock }, wishes)).map(withSnakeCaseNames) as object[]
        if (json === true) console.log(JSON.stringify(rows, undefined, 2))
        else if (csv === true) printCsv(rows)
        else if (rows.length === 0) console.log('There was no usage.')
        else console.table(rows)
      } finally {
        await state.close()
      }
    })
}

/** Rows with the same members; without a row there is no header either. */
function printCsv(rows: readonly object[]): void {
  const [first = {}] = rows
  const lines = [Object.keys(first), ...rows.map((row) => Object.values(row) as (string | number)[])]
  for (const line of rows.length === 0 ? [] : lines) console.log(line.map((cell) => csvCell(String(cell))).join(','))
}
