import type { StandardizedParts } from '../../address/index.ts'

/** What a provider itself says of an address. */
export type QualificationResult = 'confirmed' | 'refused'

/** A provider's own word on one technology at one address. */
export interface Confirmation {
  /** FCC provider id. */
  readonly providerId: number
  readonly technologyCode: number
  readonly result: QualificationResult
  /** Who was asked, by the operator's name for it. */
  readonly source: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Whether a provider serves an address, technology by technology. */
export interface QualificationQuestion {
  readonly address: StandardizedParts
  readonly technologyCodes: readonly number[]
}

/** A provider's own qualification service. */
export interface QualificationApi {
  readonly source: string
  /**
   * Asks, and gives what was answered by technology; a technology without a clear answer is left out.
   *
   * @throws QualificationError when there was no answer at all; what `signal` throws when it is aborted.
   */
  ask(question: QualificationQuestion, signal: AbortSignal): Promise<ReadonlyMap<number, QualificationResult>>
}

/** Why a provider could not be asked. The message holds no address. */
export class QualificationError extends Error {
  /** How long the provider wants to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(
    message: string,
    { retryAfterMs, ...options }: ErrorOptions & { retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options)
    this.name = 'QualificationError'
    this.retryAfterMs = retryAfterMs
  }
}
