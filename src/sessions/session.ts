import type { ApiTokenKind } from '../access/api-token.ts'
import type { GeocodeResult, Place } from '../geocode/geocode-result.ts'
import type { InternetAnswer } from '../internet/internet-answer.ts'
import type { Confirmation } from '../internet/qualification/qualification.ts'
import type { Coordinates } from '../lib/coordinates.ts'
import { oncePerObject } from '../lib/once-per-object.ts'

/** The address as the caller gave it, and what goes with it. */
export interface SessionParams {
  readonly street1: string
  readonly street2?: string | undefined
  readonly city?: string | undefined
  readonly state?: string | undefined
  readonly zip?: string | undefined
  /** Settles between candidates that the address fits equally well; never overrules the address. */
  readonly coordinates?: Partial<Coordinates> | undefined
  readonly campaignId?: string | undefined
}

/** An agent that could not do its work; its session stays usable and says so. */
export interface AgentFailure {
  readonly outcome: 'failed'
  readonly reason: 'agent_failed'
}

/** How the geocoding agent ended. */
export type Geocoding = (GeocodeResult | AgentFailure) & {
  /** The version of the data set that it rests on; absent for a failure, and for a candidate that was chosen by hand. */
  readonly dataSet?: string | undefined
}

/**
 * How the internet agent ended, with what providers themselves said where they were asked. The filed providers themselves are not kept: they are read from the data set with each
 * answer, which takes microseconds and cannot disagree with the `hum_data_set` that the answer names.
 */
export type InternetOutcome =
  | { readonly outcome: 'matched'; readonly confirmations?: readonly Confirmation[] | undefined }
  | AgentFailure
  | { readonly outcome: 'failed'; readonly reason: (InternetAnswer & { outcome: 'failed' })['reason'] }

/** One look-up of one address. Times are milliseconds since 1970. */
export interface Session {
  readonly token: string
  readonly accountId: string
  /** Which data it is answered from, as its token says. */
  readonly kind: ApiTokenKind
  readonly params: SessionParams
  readonly createdAt: number
  /** When an agent last reported, or the session ended. */
  readonly updatedAt: number
  /** When an authenticated request last named the session. */
  readonly lastSeenAt: number
  readonly endedAt?: number | undefined
  /** Absent while the agent is at work. */
  readonly geocoding?: Geocoding | undefined
  readonly internet?: InternetOutcome | undefined
}

/** The one place that the address was found at, if the geocoding agent found one. */
export function findPlace({ geocoding }: Session): Place | undefined {
  return geocoding?.outcome === 'matched' ? geocoding.candidate.place : undefined
}

/** Names how far the agents are: the same for every process, and another one after each report. */
export const nameState = oncePerObject(
  ({ updatedAt, geocoding, internet }: Session) =>
    `${updatedAt.toString(36)}-${geocoding?.outcome ?? 'pending'}-${internet?.outcome ?? 'pending'}`,
)

/** Whether an agent is still to report. */
export function isPending({ geocoding, internet }: Session): boolean {
  return geocoding === undefined || internet === undefined
}
