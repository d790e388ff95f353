import { ok, wrong } from './finding.ts'
import type { Finding } from './finding.ts'

const CHECK = 'clock'

/** Before that there was no Hum. */
const EARLIEST_TIME = Date.UTC(2026, 0, 1)

/** Sessions end, tokens expire and windows pass by the clocks of several machines, which may differ by so much. */
const MOST_APART_MS = 2_000

/** What else tells the time: the database server, and files that cannot have been written in the future. */
export interface OtherTimes {
  readonly engineTime: number | undefined
  readonly builtAt: number | undefined
  readonly changedAt: number | undefined
}

/** Whether this machine's clock can be right. */
export function examineClock(now: number, { engineTime, builtAt, changedAt }: OtherTimes): Finding {
  const time = new Date(now).toISOString()
  const fix = "Set the machine's clock and keep it right with NTP; sessions and tokens end by it."
  if (now < EARLIEST_TIME) return wrong(CHECK, `${time} cannot be. ${fix}`)
  if (engineTime !== undefined && Math.abs(engineTime - now) > MOST_APART_MS) {
    const seconds = Math.round(Math.abs(engineTime - now) / 1000)
    const direction = engineTime > now ? 'behind' : 'ahead of'
    return wrong(CHECK, `${time} is ${seconds} s ${direction} the database server's. ${fix}`)
  }
  for (const [file, written] of [
    ['data set', builtAt],
    ['state file', changedAt],
  ] as const) {
    if (written !== undefined && written - now > MOST_APART_MS) {
      return wrong(CHECK, `${time} is before the ${file} was written, at ${new Date(written).toISOString()}. ${fix}`)
    }
  }
  return ok(CHECK, engineTime === undefined ? time : `${time}, as the database server has it`)
}
