import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { CurrentLookUps } from '../../sessions/look-ups.ts'
import type { AgentWatcher } from '../../sessions/run-agents.ts'
import { nameOutcome } from '../../sessions/session-outcome.ts'
import type { WebhookWatcher } from '../../webhooks/webhook-courier.ts'

/** Counts what the server does, for Prometheus. No label holds an address, a token or a caller. */
export interface Metrics extends AgentWatcher, WebhookWatcher {
  observeRequest(route: string, method: string, status: number, milliseconds: number): void
  /** Takes the time of a call to the state, named like `sessions.find`. */
  observeStateCall(call: string, milliseconds: number, hasFailed: boolean): void
  readonly registry: Registry
}

/** Seconds: from what a local look-up takes to the longest wait that a caller can ask for. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5, 10, 30]

/** The meters, and Node's own beside them: processor time, memory, event loop lag. `docs/operating.md` explains each. */
export function createMetrics(lookUps: CurrentLookUps): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'hum_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers,
  })
  const agents = new Histogram({
    name: 'hum_agent_duration_seconds',
    help: 'Time that an agent took for a session.',
    labelNames: ['agent', 'outcome'],
    buckets: BUCKETS,
    registers,
  })
  const sessions = new Counter({
    name: 'hum_sessions_total',
    help: 'Sessions whose agents have all reported, by what became of them.',
    labelNames: ['outcome'],
    registers,
  })
  const webhookTries = new Histogram({
    name: 'hum_webhook_duration_seconds',
    help: 'Time that a try to deliver a message to a webhook took, by what came of it.',
    labelNames: ['result'],
    buckets: BUCKETS,
    registers,
  })
  const webhookLag = new Gauge({
    name: 'hum_webhook_lag_seconds',
    help: 'How long the message has waited that should have been sent first.',
    registers,
  })
  const stateCalls = new Histogram({
    name: 'hum_state_duration_seconds',
    help: 'Time that a call to the state took.',
    labelNames: ['call', 'result'],
    buckets: BUCKETS,
    registers,
  })
  const dataSet = new Gauge({
    name: 'hum_data_set_info',
    help: '1 for the data set that answers.',
    labelNames: ['version', 'is_sandbox'],
    registers,
    collect: () => {
      const { version, isSandbox } = lookUps('live')
      dataSet.reset()
      dataSet.set({ version, is_sandbox: String(isSandbox) }, 1)
    },
  })
  return {
    registry,
    observeRequest: (route, method, status, milliseconds) =>
      requests.observe({ route, method, status }, milliseconds / 1000),
    onAgent: (agent, outcome, milliseconds) => agents.observe({ agent, outcome }, milliseconds / 1000),
    onComplete: (session) => sessions.inc({ outcome: nameOutcome(session) }),
    onWebhookTry: (result, milliseconds) => webhookTries.observe({ result }, milliseconds / 1000),
    onWebhookLag: (milliseconds) => webhookLag.set(milliseconds / 1000),
    observeStateCall: (call, milliseconds, hasFailed) =>
      stateCalls.observe({ call, result: hasFailed ? 'failed' : 'ok' }, milliseconds / 1000),
  }
}

/** Serves the metrics at `/metrics`, without a token: let only your own network reach it. */
export function routeMetrics(server: FastifyInstance, { registry }: Metrics): void {
  const config = { access: 'open', isAlwaysAnswered: true } as const
  server.get('/metrics', { config, schema: { hide: true } }, async (_request, reply) =>
    reply.header('content-type', registry.contentType).send(await registry.metrics()),
  )
}
