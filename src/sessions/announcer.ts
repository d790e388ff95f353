import type { WebhookMessage } from '../webhooks/webhook.ts'
import type { Session } from './session.ts'

/** What the owner of a session may be told of: all agents have reported, it was closed, it was idle for too long. */
export type SessionNews = 'session.completed' | 'session.closed' | 'session.expired'

/** Writes messages about sessions, for whoever asked to be told. They are stored with the change that they tell of. */
export interface Announcer {
  /**
   * The message that tells of a session as it is at `at`; `undefined` where nobody is told. `dataSet` is the version that
   * the session was answered from.
   */
  announce(news: SessionNews, session: Session, at: number, dataSet?: string): WebhookMessage | undefined
  /** The accounts whose sessions somebody is told of. */
  accountIds(): readonly string[]
}
