import type { GeocodeResult, Place } from '../geocode/geocode-result.ts'
import type { InternetAnswer } from '../internet/internet-answer.ts'
import type { SessionParams } from './session.ts'

/**
 * What agents look answers up in: one data set, with all that reads it opened.
 *
 * A look-up answers at once, or with a promise where it has to wait for something; what it cannot do it throws.
 */
export interface LookUps {
  /** `hum_data_set` of every answer from here. */
  readonly version: string
  readonly isSandbox: boolean
  geocode(params: SessionParams, work: AgentWork): GeocodeResult | Promise<GeocodeResult>
  findInternet(place: Place, params: SessionParams, work: AgentWork): InternetAnswer | Promise<InternetAnswer>
}

/** One run of the agents, as a look-up that has to wait sees it. */
export interface AgentWork {
  /** Aborted when the session is closed while the agents are at work; made when first asked for. */
  signal(): AbortSignal
}

/** The look-ups to use now; another data set may have been swapped in since the last call. */
export type CurrentLookUps = () => LookUps
