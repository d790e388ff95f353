import type { Candidate } from '../geocode/geocode-result.ts'
import type { Eventual } from '../lib/when-there.ts'
import type { WebhookMessage } from '../webhooks/webhook.ts'
import type { Geocoding, InternetOutcome, Session } from './session.ts'

/** What one run of the agents has found so far. */
export interface AgentReport {
  readonly geocoding?: Geocoding | undefined
  readonly internet?: InternetOutcome | undefined
}

/**
 * Keeps sessions. When a promise resolves, what it promised survives the death of the process.
 *
 * A `message` comes into the `WebhookStore` with the change that it tells of, and not at all when there was none.
 *
 * Every store owes what `test/contract/session-store.ts` says.
 */
export interface SessionStore {
  /** Puts a new session in; one with agents at work goes into the `AgentQueue` along with it. */
  insert(session: Session, message?: WebhookMessage): Promise<void>
  /** Finds a session by its token, ended ones too until they are forgotten. */
  find(token: string): Eventual<Session | undefined>
  /**
   * Records what agents found. An answer already there stays, and an ended session takes none. With the last of them the
   * session leaves the `AgentQueue`.
   * @returns false when the session has ended, is unknown, or has all answers already.
   */
  recordReport(token: string, report: AgentReport, at: number, message?: WebhookMessage): Promise<boolean>
  /**
   * Settles which of several candidates was meant: it becomes the match, the internet agent is at work again, and the
   * session goes into the `AgentQueue` for it.
   * @returns false when the session has ended, is unknown, or does not stand at `multiple`.
   */
  recordChoice(token: string, candidate: Candidate, at: number): Promise<boolean>
  /** Records when sessions were last named by a request; never moves the time backwards. */
  recordSeen(seen: ReadonlyMap<string, number>): Promise<void>
  /**
   * Ends a session and drops what its agents found.
   * @returns false when it had ended before or is unknown.
   */
  end(token: string, at: number, message?: WebhookMessage): Promise<boolean>
  /** Which of these sessions have ended. */
  findEnded(tokens: readonly string[]): Promise<readonly string[]>
  /** Open sessions of some accounts that were last named before `idleSince`, at most so many. */
  findIdle(idleSince: number, accountIds: readonly string[], limit: number): Promise<readonly Session[]>
  /** Ends every open session that was last named before `idleSince`, those of `but` left out. @returns how many. */
  endIdle(idleSince: number, at: number, but?: readonly string[]): Promise<number>
  /** Forgets the address and all parameters of sessions that ended before `endedBefore`. @returns how many. */
  eraseParams(endedBefore: number): Promise<number>
  /** Forgets sessions that ended before `endedBefore` altogether, once `UsageStore` has counted them. @returns how many. */
  forget(endedBefore: number): Promise<number>
}
