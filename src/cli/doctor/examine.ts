import { readSettings } from '../../config.ts'
import type { Settings } from '../../config.ts'
import type { Clock } from '../../lib/clock.ts'
import { examineClock } from './examine-clock.ts'
import { examineDataSet } from './examine-data-set.ts'
import { examinePort } from './examine-port.ts'
import { examineState } from './examine-state.ts'
import { examineTraces } from './examine-traces.ts'
import { ok, toFinding } from './finding.ts'
import type { Finding } from './finding.ts'

/** Checks all that a server needs, one finding for each part; of settings that cannot be used, these alone. */
export async function examine(env: NodeJS.ProcessEnv, clock: Clock): Promise<Finding[]> {
  let settings: Settings
  try {
    settings = readSettings(env)
  } catch (error) {
    return [toFinding('settings', error)]
  }
  const data = await examineDataSet(settings.data, clock())
  const state = await examineState(settings.state)
  const times = { engineTime: state.engineTime, builtAt: data.builtAt, changedAt: state.changedAt }
  return [
    ok('settings', 'can be used'),
    data.finding,
    state.finding,
    examineClock(clock(), times),
    await examinePort(settings.host, settings.port),
    ...(settings.traces === undefined ? [] : [await examineTraces(settings.traces)]),
  ]
}
