import { statSync } from 'node:fs'
import { Command } from 'commander'
import { readSettings } from '../config.ts'
import type { Settings, StateLocation } from '../config.ts'
import { systemClock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { openState } from '../storage/open-state.ts'
import { openDataSetAt } from './open-data-set-at.ts'

/** A check's result: what was found, or what is wrong and what to do. */
interface Finding {
  readonly check: string
  readonly isFine: boolean
  readonly text: string
}

/** Data is older than two of the FCC's half-yearly filings. */
const STALE_DAYS = 400

const DAY_MS = 86_400_000

/** Before the first release of Hum no clock can stand. */
const EARLIEST_TIME = Date.UTC(2026, 0, 1)

/** `hum doctor`: looks at settings, data set, state and clock, and says what to do. Exit code 1 when something is wrong. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check settings, data set, state and clock, and say what to do')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine()
      if (json === true) console.log(JSON.stringify(findings, undefined, 2))
      else
        for (const { check, isFine, text } of findings) console.log(`${isFine ? 'ok   ' : 'WRONG'}  ${check}: ${text}`)
      if (findings.some(({ isFine }) => !isFine)) process.exitCode = 1
    })
}

async function examine(): Promise<Finding[]> {
  let settings: Settings
  try {
    settings = readSettings(process.env)
  } catch (error) {
    return [{ check: 'settings', isFine: false, text: explain(error) }]
  }
  return [
    { check: 'settings', isFine: true, text: `listens on ${settings.host}:${settings.port}` },
    await attempt('data set', () => examineDataSet(settings)),
    await attempt('state', () => examineState(settings.state)),
    examineClock(),
  ]
}

async function examineDataSet({ data }: Settings): Promise<Omit<Finding, 'check'>> {
  const dataSet = await openDataSetAt(data)
  try {
    const { version, isSandbox, sources } = dataSet
    if (isSandbox) {
      return { isFine: true, text: `${version}, the sandbox. Set HUM_DATA to serve data of your own.` }
    }
    const dates = [...sources.values()].flatMap(({ kind, vintage }) =>
      kind === 'bdc_availability' ? (vintage ?? []) : [],
    )
    const newest = dates.sort().at(-1)
    if (newest === undefined) {
      return {
        isFine: false,
        text: `${version} holds no FCC filings, so that no provider is known. Build it with --bdc.`,
      }
    }
    const days = Math.floor((systemClock() - Date.parse(newest)) / DAY_MS)
    return days > STALE_DAYS
      ? {
          isFine: false,
          text: `${version}: its newest filings are of ${newest}, ${days} days ago. Fetch and build newer ones.`,
        }
      : { isFine: true, text: `${version}, ${sources.size} sources, newest filings of ${newest}` }
  } finally {
    dataSet.close()
  }
}

async function examineState(location: StateLocation): Promise<Omit<Finding, 'check'>> {
  const state = await openState(location)
  try {
    const begun = performance.now()
    await state.sessions.recordSeen(new Map([['0', 0]]))
    const milliseconds = Math.ceil(performance.now() - begun)
    const inUse = (await state.tokens.list()).filter(({ revokedAt }) => revokedAt === undefined).length
    const place =
      location.engine === 'postgres'
        ? 'PostgreSQL'
        : `SQLite${location.file === ':memory:' ? ' in memory: sessions and tokens are gone when the server stops' : describeSize(location.file)}`
    return { isFine: true, text: `${place}, a write took ${milliseconds} ms, ${inUse} API tokens in use` }
  } finally {
    await state.close()
  }
}

function describeSize(file: string): string {
  return `, ${Math.ceil((statSync(file, { throwIfNoEntry: false })?.size ?? 0) / 1_000_000)} MB`
}

function examineClock(): Finding {
  const now = systemClock()
  const isFine = now >= EARLIEST_TIME
  const text = new Date(now).toISOString()
  return {
    check: 'clock',
    isFine,
    text: isFine ? text : `${text} cannot be. Set the machine's clock; sessions end by it.`,
  }
}

async function attempt(check: string, work: () => Promise<Omit<Finding, 'check'>>): Promise<Finding> {
  try {
    return { check, ...(await work()) }
  } catch (error) {
    return { check, isFine: false, text: explain(error) }
  }
}

/** What an operator may see, who is the one that asks: the cause too. */
function explain(error: unknown): string {
  if (!(error instanceof AppError)) throw error
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
