import { Command } from 'commander'
import { readSettings } from '../config.ts'
import { systemClock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { openState } from '../storage/open-state.ts'

const DAY_MS = 24 * 3_600_000

/** `hum clicks`: how often links to providers were followed, out of the state that `HUM_STATE` names. */
export function clicksCommand(): Command {
  return new Command('clicks')
    .description('List how often links to providers were followed, by day (UTC), campaign and FCC provider id.')
    .option('--since <day>', 'the first day to list, such as 2026-11-01 (default: 30 days ago)')
    .option('--json', 'print JSON')
    .action(async ({ since, json }: { since?: string; json?: boolean }) => {
      if (since !== undefined && !isDay(since)) {
        throw new AppError('settings_invalid', '--since takes a day such as 2026-11-01.')
      }
      const state = await openState(readSettings(process.env).state)
      try {
        const counts = await state.clicks.list(since ?? toDay(systemClock() - 30 * DAY_MS))
        if (json === true) console.log(JSON.stringify(counts, undefined, 2))
        else if (counts.length === 0) console.log('No link was followed.')
        else console.table(counts)
      } finally {
        await state.close()
      }
    })
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(time) && toDay(time) === text
}

const toDay = (time: number): string => new Date(time).toISOString().slice(0, 10)
