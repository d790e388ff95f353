/**
 * Brings the agents of a session to their end, as far as they have not reported. Does nothing for a session that is
 * complete, has ended or is unknown, and may be called again at any time.
 *
 * Rejects when what the agents found could not be stored; the session is then to be carried on again.
 */
export type CarryOn = (token: string) => Promise<void>

/**
 * Hands out sessions whose agents outlived their request and the process that ran them.
 *
 * `SessionStore` puts a session in with the very write that leaves it with agents at work, and takes it out when they
 * have reported, so that none is lost between the two. What every queue owes stands in `test/contract/agent-queue.ts`.
 */
export interface AgentQueue {
  /** Begins to hand out, each session to one process at a time; `onError` gets what went wrong on the way. */
  start(carryOn: CarryOn, onError: (error: unknown) => void): Promise<void>
  /** Hands out no more, and comes back when what is being carried on has come to its end. */
  stop(): Promise<void>
}
