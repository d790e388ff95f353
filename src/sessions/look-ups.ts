import type { ApiTokenKind } from '../access/api-token.ts'
import type { Source } from '../dataset/source.ts'
import type { StreetMap } from '../dataset/streets/street-map.ts'
import type { GeocodeResult, Place } from '../geocode/geocode-result.ts'
import type { Suggestion } from '../geocode/suggest.ts'
import type { Offers } from '../internet/describe-offers.ts'
import type { InternetAnswer } from '../internet/internet-answer.ts'
import type { Confirmation } from '../internet/qualification/qualification.ts'
import type { SessionParams } from './session.ts'

/** What agents look answers up in: one data set, with all that reads it opened. */
export interface LookUps extends Offers {
  /** `hum_data_set` of every answer from here. */
  readonly version: string
  readonly isSandbox: boolean
  /** Where an address is, marked as found in this data set; the same object for the same address while it is remembered. */
  geocode(params: SessionParams): GeocodeResult & { readonly dataSet: string }
  findInternet(place: Place): InternetAnswer
  /**
   * What providers of an answer themselves say of the address; `undefined` when none is asked, which is so unless an
   * operator has named some.
   */
  confirm(
    place: Place,
    answer: InternetAnswer,
    work: AgentWork,
  ): readonly Confirmation[] | Promise<readonly Confirmation[]> | undefined
  /** The name that people know a provider by; `undefined` for an id that the data does not have. */
  findProviderName(providerId: number): string | undefined
  /** Completes an address that is being typed; at most ten ways. */
  suggest(typed: string): Suggestion[]
  /** The streets around places, for drawing maps. */
  readonly streetMap: StreetMap
  /** The files that the facts came from, by id. */
  readonly sources: ReadonlyMap<number, Source>
  /** How the data's makers ask to be named, each once. */
  readonly attributions: readonly string[]
  /**
   * Runs before an agent looks anything up. At the sandbox's test addresses it takes its time, or throws, so that
   * waiting and failing can be tried; elsewhere it does nothing.
   */
  interfere(agent: 'geocoding' | 'internet', params: SessionParams, work: AgentWork): Promise<void> | undefined
}

/** One run of the agents, as a step that has to wait sees it. */
export interface AgentWork {
  /** Aborted when the session is closed while the agents are at work; made when first asked for. */
  signal(): AbortSignal
}

/**
 * The look-ups to use now for tokens of a kind; another data set may have been swapped in since the last call. Where the
 * sandbox is not to be had beside the operator's data, `test` gives the latter, and no test token is let in.
 */
export type CurrentLookUps = (kind: ApiTokenKind) => LookUps
