import type { Provider } from '../answer/answer.ts'
import type { Suggestion } from './read-suggestion.ts'

export type AgentState = 'pending' | 'matched' | 'multiple' | 'failed'

/** Where the address is and how well it was matched. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
  /** `point`, `range`, `street` or `zip`. */
  readonly precision: string
  readonly uncertaintyMeters: number
  readonly blockGeoid?: string | undefined
  readonly h3?: string | undefined
  /** How the unit stands: `none` given, `known`, `unknown` or `needed`. */
  readonly unit: string
  /** Part of the address → how it stands against the data: `exact`, `abbreviated`, `missing`, `corrected`, `wrong`. */
  readonly parts: Readonly<Record<string, string>>
}

/** One of several places that the address may mean. */
export interface Candidate {
  readonly id: string
  readonly serviceAddress: string
  readonly latitude: number
  readonly longitude: number
}

/** Numbers that a street does have, offered where the one asked for does not exist. */
export interface RangeSuggestion {
  readonly street: string
  readonly lowNumber: string
  readonly highNumber: string
  readonly zip?: string | undefined
}

/** What a search came to: who serves the address. */
export interface Answer {
  /** Names the session; needed for the map. */
  readonly token: string
  readonly serviceAddress: string
  readonly dataSet: string
  readonly respondedAt: string
  readonly place?: Place | undefined
  readonly providers: readonly Provider[]
  /** Why there is no provider: `nobody_filed`, `area_not_loaded`, `agent_failed`. */
  readonly reason?: string | undefined
}

/** Why a search could not be carried out at all. */
export type StopCause = 'offline' | 'busy' | 'ended' | 'slow' | 'server'

/** How far a search is. */
export type SearchStage =
  | { readonly stage: 'idle' }
  | {
      readonly stage: 'working'
      readonly geocoding: AgentState
      readonly internet: AgentState
      readonly serviceAddress?: string | undefined
    }
  | { readonly stage: 'choosing'; readonly token: string; readonly candidates: readonly Candidate[] }
  | {
      readonly stage: 'unmatched'
      readonly serviceAddress: string
      readonly reason: string
      readonly suggestions: readonly RangeSuggestion[]
      /** Addresses that the line may have meant, once they are known. */
      readonly completions?: readonly Suggestion[] | undefined
    }
  | { readonly stage: 'answered'; readonly answer: Answer }
  /** The API refused the address as it was given; messages by field, in the API's words. */
  | {
      readonly stage: 'refused'
      readonly fields: Readonly<Record<string, readonly string[]>>
      readonly completions?: readonly Suggestion[] | undefined
    }
  | { readonly stage: 'stopped'; readonly cause: StopCause; readonly retryAfterSeconds?: number | undefined }
