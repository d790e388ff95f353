import type { DeadMessage, DueMessage, Settlement, Webhook } from './webhook.ts'

/** A webhook, with when the next of its messages is to be sent, if one waits. */
export interface WebhookQueue {
  readonly webhook: Webhook
  readonly nextDueAt?: number | undefined
}

/** A webhook, with how many messages wait to be sent and how many were given up. */
export interface WebhookCounts {
  readonly webhook: Webhook
  readonly pending: number
  readonly dead: number
}

/**
 * Keeps webhooks, at most one for an account, and the messages to them. Messages come in through `SessionStore`, with
 * the change that they tell of.
 *
 * Every store owes what `test/contract/webhook-store.ts` says.
 */
export interface WebhookStore {
  /** Puts a webhook in, in the place of the account's earlier one. */
  put(webhook: Webhook): Promise<void>
  find(accountId: string): Promise<Webhook | undefined>
  /** Takes a webhook out, and all messages to it. @returns false when there is none. */
  remove(accountId: string): Promise<boolean>
  /** Says that a receiver is gone: the webhook is disabled, and what waits for it is given up. */
  disable(accountId: string, at: number): Promise<void>
  /** All webhooks, the oldest first. */
  list(): Promise<readonly WebhookCounts[]>
  /**
   * The webhooks in use at a time: not disabled, and of accounts that have a token in use then, or none of their own as
   * the sandbox's. Cheap enough to be asked each second.
   */
  listQueues(at: number): Promise<readonly WebhookQueue[]>
  /** The accounts with a webhook whose tokens are all revoked, so that none of them is ever in use again. */
  listRevoked(): Promise<readonly string[]>
  /** Takes messages out that are due, for one process: no other gets them until `leaseUntil`. */
  claim(accountId: string, claim: { now: number; leaseUntil: number; limit: number }): Promise<readonly DueMessage[]>
  /** Says what became of a message that was taken out. */
  settle(id: string, settlement: Settlement): Promise<void>
  /** Messages that were given up, the newest first; of one account when it is given. */
  listDead(accountId?: string): Promise<readonly DeadMessage[]>
  /** Sends a message again, from the first try on: one that was given up, or that was delivered not long ago. */
  replay(id: string, at: number): Promise<boolean>
  /**
   * Forgets messages that were delivered or given up before these times; those too that were to be sent before the latter,
   * and have not been, since their webhook was not in use. @returns how many.
   */
  forget(before: { deliveredBefore: number; diedBefore: number }): Promise<number>
}
