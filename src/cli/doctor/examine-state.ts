import { statSync } from 'node:fs'
import type { StateLocation } from '../../config.ts'
import { openState } from '../../storage/open-state.ts'
import type { State } from '../../storage/open-state.ts'
import { ok, toFinding, warning } from './finding.ts'
import type { Finding } from './finding.ts'

const CHECK = 'state'

/** A write to a disk or a database near by takes a few; above that, sessions are slow to open. */
const SLOW_WRITE_MS = 250

/**
 * Whether the state can be opened, has an up-to-date schema and can be written to. Opening brings the schema up to date,
 * as every other command does.
 *
 * `changedAt` is when its file was last written before; `engineTime` the time of its database server, if it has its own.
 */
export async function examineState(
  location: StateLocation,
): Promise<{ finding: Finding; changedAt?: number | undefined; engineTime?: number | undefined }> {
  const changedAt = location.engine === 'sqlite' ? modifiedAt(location.file) : undefined
  try {
    const state = await openState(location)
    try {
      return { finding: await judgeState(location, state), changedAt, engineTime: await state.readEngineTime?.() }
    } finally {
      await state.close()
    }
  } catch (error) {
    return { finding: toFinding(CHECK, error), changedAt }
  }
}

async function judgeState(location: StateLocation, { tokens, sessions }: State): Promise<Finding> {
  const begun = performance.now()
  await sessions.recordSeen(new Map([['0', 0]]))
  const writeMs = Math.ceil(performance.now() - begun)
  const inUse = (await tokens.list()).filter(({ revokedAt }) => revokedAt === undefined).length
  const engine = location.engine === 'postgres' ? 'PostgreSQL' : `SQLite in ${location.file}`
  const text = `${engine}, schema up to date, a write took ${writeMs} ms, ${inUse} API tokens in use`
  if (location.engine === 'sqlite' && location.file === ':memory:') {
    return warning(CHECK, `${text}. Sessions and tokens are gone when the server stops: set HUM_STATE to a file.`)
  }
  return writeMs > SLOW_WRITE_MS
    ? warning(CHECK, `${text}. That is slow: use a local disk, or a database nearer by.`)
    : ok(CHECK, text)
}

function modifiedAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs
}
