import { readSettings } from '../config.ts'
import type { Settings } from '../config.ts'
import { openState } from '../storage/open-state.ts'
import type { State } from '../storage/open-state.ts'

/** Opens the state that `HUM_STATE` names for some work, and closes it again. */
export async function withState(work: (state: State, settings: Settings) => Promise<void>): Promise<void> {
  const settings = readSettings(process.env)
  const state = await openState(settings.state)
  try {
    await work(state, settings)
  } finally {
    await state.close()
  }
}
