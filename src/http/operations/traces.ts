import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AgentWatcher } from '../../sessions/run-agents.ts'
import type { WebhookWatcher } from '../../webhooks/webhook-courier.ts'

/**
 * Records what the server does as spans of traces. Names and attributes hold route templates, agents, calls and how they
 * went: no path, address, token or caller.
 */
export interface Traces extends Pick<AgentWatcher, 'onAgent'>, Pick<WebhookWatcher, 'onWebhookTry'> {
  /** Begins a request's span, in the trace of the caller's `traceparent` if there is one; `next` runs within. */
  begin(request: FastifyRequest, next: () => void): void
  /** Runs `next` within the request's span again, which the arrival of a body leads out of. */
  resume(request: FastifyRequest, next: () => void): void
  /** Ends a request's span; without an answer where the caller left. */
  end(request: FastifyRequest, route: string, reply?: FastifyReply): void
  /** Takes the time of a call to the state, named like `sessions.find`. */
  observeStateCall(call: string, milliseconds: number, hasFailed: boolean): void
  /** Sends what has not been sent, and ends. */
  close(): Promise<void>
}
