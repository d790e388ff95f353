import type { InternetAnswer } from '../internet/internet-answer.ts'
import type { Confirmation } from '../internet/qualification/qualification.ts'
import type { AgentWork, LookUps } from './look-ups.ts'
import { findPlace } from './session.ts'
import type { AgentFailure, Geocoding, InternetOutcome, Session } from './session.ts'

const FAILURE: AgentFailure = { outcome: 'failed', reason: 'agent_failed' }

/** Told of what agents do, for figures about a running server. */
export interface AgentWatcher {
  onAgent(agent: AgentName, outcome: string, milliseconds: number): void
  /** All agents of a session have reported. */
  onComplete(session: Session): void
}

type AgentName = Parameters<LookUps['interfere']>[0]

/** One run of the agents, as its starter sees it. */
export interface AgentRun extends AgentWork, Pick<AgentWatcher, 'onAgent'> {
  /** An agent has reported later than at once; the session holds the report. */
  onReport(session: Session): void
  /** An agent threw. The session takes it as that agent's failure; the error is for the log. */
  onError(error: unknown): void
}

/** How far a run came at once, and what becomes of the rest. */
export interface Progress {
  readonly now: Session
  /** The session with all reports; absent when `now` has them. Never rejects. */
  readonly later?: Promise<Session>
}

/**
 * Lets the agents report that have not yet: geocoding, then internet at the place that was found.
 *
 * With local data everything is ready at once and no promise is made, which keeps the common case free of waiting and
 * of a second write. An agent may run again for the same session; `SessionStore.recordReport` says why that is safe.
 */
export function runAgents(lookUps: LookUps, session: Session, run: AgentRun): Progress {
  if (session.geocoding !== undefined) return runInternetAgent(lookUps, session, run)
  const geocoding = attempt<Geocoding>('geocoding', () => lookUps.geocode(session.params), lookUps, session, run)
  if (!(geocoding instanceof Promise)) return runInternetAgent(lookUps, { ...session, geocoding }, run)
  const later = geocoding.then((late) => {
    const located = { ...session, geocoding: late }
    run.onReport(located)
    const progress = runInternetAgent(lookUps, located, run)
    return progress.later ?? progress.now
  })
  return { now: session, later }
}

function runInternetAgent(lookUps: LookUps, session: Session, run: AgentRun): Progress {
  if (session.internet !== undefined) return { now: session }
  const place = findPlace(session)
  if (place === undefined) return { now: { ...session, internet: { outcome: 'failed', reason: 'place_unknown' } } }
  const lookUp = (): InternetOutcome | Promise<InternetOutcome> => {
    const answer = lookUps.findInternet(place)
    const confirmations = lookUps.confirm(place, answer, run)
    return confirmations instanceof Promise
      ? confirmations.then((late) => outcomeOf(answer, late))
      : outcomeOf(answer, confirmations)
  }
  const internet = attempt('internet', lookUp, lookUps, session, run)
  return internet instanceof Promise
    ? { now: session, later: internet.then((late) => ({ ...session, internet: late })) }
    : { now: { ...session, internet } }
}

function attempt<T extends { outcome: string }>(
  agent: AgentName,
  lookUp: () => T | Promise<T>,
  lookUps: LookUps,
  { params }: Session,
  run: AgentRun,
): T | AgentFailure | Promise<T | AgentFailure> {
  const begun = performance.now()
  const finish = <Report extends T | AgentFailure>(report: Report): Report => {
    run.onAgent(agent, report.outcome, performance.now() - begun)
    return report
  }
  const fail = (error: unknown): AgentFailure => {
    run.onError(error)
    return finish(FAILURE)
  }
  try {
    const held = lookUps.interfere(agent, params, run)
    const report = held === undefined ? lookUp() : held.then(lookUp)
    return report instanceof Promise ? report.then(finish).catch(fail) : finish(report)
  } catch (error) {
    return fail(error)
  }
}

/** Leaves the providers behind. */
function outcomeOf(answer: InternetAnswer, confirmations: readonly Confirmation[] = []): InternetOutcome {
  if (answer.outcome === 'failed') return { outcome: 'failed', reason: answer.reason }
  return { outcome: 'matched', ...(confirmations.length > 0 && { confirmations }) }
}
