/** A secret that deliveries are signed with. */
export interface WebhookSecret {
  /** `whsec_` and the key in base64, as Standard Webhooks has it. */
  readonly secret: string
  /** Signs until then; without end when absent. */
  readonly endsAt?: number | undefined
}

/** Where the holder of a token is told what becomes of its sessions. Times are milliseconds since 1970. */
export interface Webhook {
  /** The account of the token, which a token that replaces it has too. */
  readonly accountId: string
  readonly url: string
  /** The newest first; each signs. */
  readonly secrets: readonly WebhookSecret[]
  readonly createdAt: number
  /** Set when the receiver said that it is gone: nothing is sent from then on. */
  readonly disabledAt?: number | undefined
}

/** Something to be told. It is sent as it stands, however often it has to be tried. */
export interface WebhookMessage {
  /** `webhook-id`: the same with each try, so that a receiver knows what it has had already. */
  readonly id: string
  readonly accountId: string
  readonly type: string
  /** JSON text. */
  readonly body: string
  readonly createdAt: number
}

/** A message that was taken out to be sent now, with how often that was tried, this time counted. */
export interface DueMessage extends WebhookMessage {
  readonly attempts: number
}

/** A message that was given up. */
export interface DeadMessage extends DueMessage {
  readonly diedAt: number
  /** The status of the last answer, if there was one. */
  readonly status?: number | undefined
  /** Why the last try failed, in a word. */
  readonly reason: string
}

/** What is to become of a message after a try. */
export type Settlement =
  | { readonly state: 'delivered'; readonly at: number }
  | { readonly state: 'pending'; readonly nextAttemptAt: number }
  | { readonly state: 'dead'; readonly at: number; readonly status?: number | undefined; readonly reason: string }
