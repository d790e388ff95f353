/** A key that a caller gave to a request, and the session that the request opens. */
export interface IdempotencyClaim {
  readonly accountId: string
  readonly key: string
  /** Tells one request's parameters from another's without keeping them. */
  readonly fingerprint: string
  readonly sessionToken: string
  readonly claimedAt: number
}

/** Remembers which request a key was used for, so that the same request does not open a second session. */
export interface IdempotencyStore {
  /**
   * Claims a key of an account for a request, unless it was claimed since `since`.
   * @returns the claim that stands: this one, or the earlier.
   */
  claim(claim: IdempotencyClaim, since: number): Promise<IdempotencyClaim>
  /** Dates a claim back to `claimedAt`, as long as it still stands for that session. */
  redate(claim: IdempotencyClaim, claimedAt: number): Promise<void>
  /** Dates all claims since a time back to it. */
  redateSince(claimedAt: number): Promise<void>
  /** Forgets claims from before a time. @returns how many. */
  forget(claimedBefore: number): Promise<number>
}
