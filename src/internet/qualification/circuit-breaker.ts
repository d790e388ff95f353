import type { Clock } from '../../lib/clock.ts'
import { QualificationError } from './qualification.ts'
import type { QualificationApi, QualificationResult } from './qualification.ts'

const NONE: ReadonlyMap<number, QualificationResult> = new Map()

const MOST_FAILURES = 5
const PAUSE_MS = 30_000

/** A provider that asks for more is asked again after this all the same. */
const LONGEST_PAUSE_MS = 600_000

/**
 * A service that is left alone while it is down: after five failures in a row for thirty seconds, or for as long as it
 * asks for. It then has no answer to anything, until one question goes out again and its answer decides for the others.
 */
export function breakCircuit(api: QualificationApi, clock: Clock): QualificationApi {
  let failures = 0
  let closedUntil = 0
  let isTrying = false

  return {
    source: api.source,
    ask: async (question, signal) => {
      const waitMs = closedUntil - clock()
      // A pause longer than any was begun before the clock was set back.
      if ((waitMs > 0 && waitMs <= LONGEST_PAUSE_MS) || isTrying) return NONE
      const isTrial = closedUntil > 0
      isTrying = isTrial
      try {
        const answer = await api.ask(question, signal)
        failures = 0
        closedUntil = 0
        return answer
      } catch (error) {
        // A session that was closed says nothing about the service.
        if (signal.aborted) throw error
        failures++
        const asked = error instanceof QualificationError ? error.retryAfterMs : undefined
        if (asked !== undefined) closedUntil = clock() + Math.min(asked, LONGEST_PAUSE_MS)
        else if (failures >= MOST_FAILURES) closedUntil = clock() + PAUSE_MS
        throw error
      } finally {
        if (isTrial) isTrying = false
      }
    },
  }
}
