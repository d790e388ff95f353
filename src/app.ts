import type { FastifyInstance } from 'fastify'
import { createAuthenticator } from './access/authenticator.ts'
import { createPageTokens } from './access/page-token.ts'
import { createLastUsed } from './access/last-used.ts'
import type { Settings } from './config.ts'
import { createAnnouncer } from './http/create-announcer.ts'
import { createCallerGate } from './http/caller-gate.ts'
import { createServer } from './http/create-server.ts'
import { openLog } from './http/operations/open-log.ts'
import type { LogSettings } from './http/operations/open-log.ts'
import { createMetrics } from './http/operations/metrics.ts'
import type { Traces } from './http/operations/traces.ts'
import { createProviderRenderer } from './http/providers/provider-renderer.ts'
import { SERVER_LIMITS } from './http/server-limits.ts'
import type { ServerLimits } from './http/server-limits.ts'
import { watchForJumps } from './lib/clock.ts'
import type { Clock, SteadyClock } from './lib/clock.ts'
import { createAgentDesk } from './sessions/agent-desk.ts'
import { keepHouse } from './sessions/housekeeping.ts'
import { createLastSeen, IDLE_MS } from './sessions/last-seen.ts'
import type { CurrentLookUps } from './sessions/look-ups.ts'
import { createOutboundLinks } from './sessions/outbound-links.ts'
import type { Session } from './sessions/session.ts'
import type { State } from './storage/open-state.ts'
import { timeCalls } from './storage/time-calls.ts'
import { createPostMessage } from './webhooks/post-message.ts'
import { createReach } from './webhooks/reach-url.ts'
import { createWebhookCourier } from './webhooks/webhook-courier.ts'

/** The running parts of a Hum server. */
export interface App {
  /** Answers `inject` at once, and requests from outside after its `listen`. */
  readonly server: FastifyInstance
  /** Takes no more requests, lets what runs finish, and writes down what is only in memory. The state stays open. */
  close(): Promise<void>
}

/** Builds the server out of the settings, over a state and data that the caller opened and closes. */
export async function createApp({
  settings,
  state,
  lookUps,
  clock,
  steadyClock,
  log: logSettings,
  traces,
  limits = SERVER_LIMITS,
}: {
  settings: Pick<
    Settings,
    | 'rateLimit'
    | 'retentionHours'
    | 'metrics'
    | 'page'
    | 'logos'
    | 'links'
    | 'publicUrl'
    | 'trustedProxies'
    | 'webhookNetworks'
  >
  state: State
  lookUps: CurrentLookUps
  clock: Clock
  steadyClock: SteadyClock
  log: LogSettings
  /** Absent when nothing is traced. The caller closes them. */
  traces?: Traces | undefined
  limits?: ServerLimits
}): Promise<App> {
  const metrics = settings.metrics === 'on' ? createMetrics(lookUps) : undefined
  const watchCalls = watchBoth(metrics?.observeStateCall, traces?.observeStateCall)
  const timed = <Store extends object>(name: string, store: Store): Store =>
    watchCalls === undefined ? store : timeCalls(name, store, watchCalls)
  const sessions = timed('sessions', state.sessions)
  const tokens = timed('tokens', state.tokens)
  const idempotency = timed('idempotency', state.idempotency)
  const usage = timed('usage', state.usage)
  const log = openLog(logSettings)
  const onError = (error: unknown): void => log.warn({ err: error }, 'work behind the answer failed')
  const webhooks = timed('webhooks', state.webhooks)
  const reach = createReach(settings.webhookNetworks)
  const post = createPostMessage({ reach, clock })
  const webhookWatcher = {
    onWebhookTry: watchBoth(metrics?.onWebhookTry, traces?.onWebhookTry),
    onWebhookLag: metrics?.onWebhookLag,
  }
  const courier = createWebhookCourier({ webhooks, post, clock, watcher: webhookWatcher, onError })
  const announcer = createAnnouncer(courier)
  const onAgent = watchBoth(metrics?.onAgent, traces?.onAgent)
  const watcher = onAgent && { onAgent, onComplete: (session: Session) => metrics?.onComplete(session) }
  const desk = createAgentDesk({ sessions, lookUps, clock, onError, watcher, announcer })
  const onJump = (milliseconds: number): void =>
    log.warn({ seconds: Math.round(milliseconds / 1000) }, 'the clock has jumped')
  const jumpAhead = watchForJumps({ clock, steadyClock, rememberMs: IDLE_MS, onJump })
  const lastSeen = createLastSeen({ sessions, clock, jumpAhead })
  const lastUsed = createLastUsed({ tokens, clock })
  const pageTokens =
    settings.page === 'off' ? undefined : createPageTokens({ clock, secret: await state.getSecret('pages') })
  const authenticate = createAuthenticator({
    tokens,
    clock,
    servesTests: () => lookUps('test').isSandbox,
    isSandbox: () => lookUps('live').isSandbox,
  })
  const limiter = state.createRateLimiter(clock)
  const gate = createCallerGate({
    authenticate: (secret) => pageTokens?.open(secret) ?? authenticate(secret),
    limiter,
    rateLimit: settings.rateLimit,
    clock,
    onUsed: (token) => lastUsed.touch(token),
  })
  const links =
    settings.links === 'off' ? undefined : createOutboundLinks({ secret: await state.getSecret('links'), clock })
  const server = await createServer({
    sessions,
    tokens,
    idempotency,
    lastSeen,
    desk,
    announcer,
    webhooks,
    courier,
    reach,
    post,
    lookUps,
    gate,
    pageTokens,
    clock,
    log,
    limits,
    logos: settings.logos,
    trustedProxies: settings.trustedProxies,
    metrics,
    traces,
    usage,
    links,
    renderProviders: createProviderRenderer(links, settings.publicUrl),
  })
  await courier.start()
  const house = await keepHouse({
    sessions,
    usage,
    idempotency,
    lastSeen,
    lastUsed,
    limiter,
    desk,
    queue: state.agentQueue,
    announcer,
    clock,
    onError,
    retentionMs: settings.retentionHours * 3_600_000,
  })
  return {
    server,
    close: async () => {
      await server.close()
      await house.close()
      await desk.settle()
      await courier.stop()
    },
  }
}

/** One watcher for both, where there are both. */
function watchBoth<Event extends readonly unknown[]>(
  first: ((...event: Event) => void) | undefined,
  second: ((...event: Event) => void) | undefined,
): ((...event: Event) => void) | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return (...event) => {
    first(...event)
    second(...event)
  }
}
